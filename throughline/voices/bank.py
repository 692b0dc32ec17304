"""The questions that ship with the product: one for each indicator and each group that can witness it.

They are data (`data/items/<domain>.toml`, and `<domain>.<language>.toml` for each further language) and belong to the
framework that ships with the product. How they are written: docs/building/questions.md.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FRAMEWORK = "journeys-to-mastery-learning"
SOURCE = "en"
FOLDER = Path(__file__).parent / "data" / "items"


@dataclass(frozen=True, slots=True)
class Words:
    """A question in one language; `simple` is how learners under twelve are asked, empty for other groups."""

    text: str
    simple: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question: `code` is competency.indicator.group, `words` language → words."""

    code: str
    domain: str
    scale: str
    words: dict[str, Words] = field(hash=False)

    @property
    def competency(self) -> str:
        return self.code.split(".")[0]

    @property
    def indicator(self) -> str:
        return self.code.split(".")[1]

    @property
    def group(self) -> str:
        return self.code.split(".")[2]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What a group is asked in its own words about a domain; nobody has to answer."""

    domain: str
    group: str
    words: dict[str, Words] = field(hash=False)


@cache
def items() -> tuple[Item, ...]:
    """Every question with steps to choose from, in the order of the files."""
    found = []
    for domain, languages in _domains().items():
        for told in languages[SOURCE].get("items", []):
            words = {SOURCE: _words(told)}
            for language, table in languages.items():
                if language != SOURCE and told["code"] in table.get("items", {}):
                    words[language] = _words(table["items"][told["code"]])
            found.append(Item(told["code"], domain, told["scale"], words))
    return tuple(found)


@cache
def open_items() -> tuple[OpenItem, ...]:
    """Every question that is answered in one's own words."""
    found = []
    for domain, languages in _domains().items():
        for group in languages[SOURCE].get("open", {}):
            words = {
                language: _words(table["open"][group])
                for language, table in languages.items()
                if group in table.get("open", {})
            }
            found.append(OpenItem(domain, group, words))
    return tuple(found)


@cache
def languages() -> tuple[str, ...]:
    """The languages in which every question can be asked, the source first."""
    spoken = [set(item.words) for item in items()]
    common = set.intersection(*spoken) if spoken else {SOURCE}
    return (SOURCE, *sorted(common - {SOURCE}))


def _words(told: dict[str, str]) -> Words:
    return Words(told["text"], told.get("simple", ""))


def _domains() -> dict[str, dict[str, dict[str, Any]]]:
    """Domain → language → what its file holds."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        domain, _dot, language = path.stem.partition(".")
        found.setdefault(domain, {})[language or SOURCE] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found
