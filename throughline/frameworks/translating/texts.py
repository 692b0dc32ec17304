"""The texts of a framework one by one, and what a translation says to each. Pure, no database.

A text has a path (`competencies/soil/indicators/2`). An entry keeps what was translated, by fingerprint, so that it is
known for every text whether its translation says the same (*current*), something older (*behind*) or nothing.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from throughline.frameworks.blueprint import Blueprint

HEAD = ("title", "summary", "attribution")
PARTS = {"steps": ("label", "hint"), "design_elements": ("name", "summary")}
LISTS = ("steps", "indicators", "evidence")
Nested = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A translated text; `of` is the fingerprint of the words that it says, `was` those words, `since` their version."""

    said: str
    of: str
    was: str = ""
    since: str = ""

    def kept(self) -> dict[str, str]:
        """As it is stored."""
        told = {"said": self.said, "of": self.of, "was": self.was, "since": self.since}
        return {key: value for key, value in told.items() if value}


Entries = dict[str, Entry]


def entries_of(stored: Mapping[str, Mapping[str, str]]) -> Entries:
    """What was stored, read back."""
    return {path: Entry(**row) for path, row in stored.items()}


def mark_of(text: str) -> str:
    """The fingerprint of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def sources_of(plan: Blueprint) -> dict[str, str]:
    """Every text of a framework that can be translated, by its path, in order. Steps that are the product's own are not."""
    return {path: text for path, text in _texts(plan) if text.strip()}


def _texts(plan: Blueprint) -> Iterator[tuple[str, str]]:
    yield "title", plan.title
    for key in HEAD[1:]:
        yield key, str(plan.content.get(key, ""))
    for part, keys in PARTS.items():
        if part == "steps" and plan.borrows_steps:
            continue
        for each in plan.content.get(part, []):
            for key in keys:
                yield _path(part, each["code"], key), str(each.get(key, ""))
    for domain in plan.domains:
        yield _path("domains", domain.code, "name"), domain.name
        yield _path("domains", domain.code, "question"), domain.question
        for item in domain.competencies:
            yield _path("competencies", item.code, "name"), item.name
            yield _path("competencies", item.code, "description"), item.description
            lists = (
                item.steps,
                [each.text for each in item.indicators],
                [text for _m, text in item.evidence],
            )
            for name, texts in zip(LISTS, lists, strict=True):
                for number, text in enumerate(texts, start=1):
                    yield _path("competencies", item.code, name, str(number)), text


def _path(*parts: str) -> str:
    return "/".join(quote(part, safe="") for part in parts)


def competency_path(code: str) -> str:
    """How the paths of a competency's texts begin."""
    return _path("competencies", code)


def domain_path(code: str) -> str:
    """How the paths of a domain's own texts begin."""
    return _path("domains", code)


def flat_of(plan: Blueprint, nested: Nested) -> dict[str, str]:
    """A translation file's texts by path."""
    found: dict[str, str] = {}
    codes = _codes(plan)
    for path in sources_of(plan):
        text = _found(nested, codes, path)
        if isinstance(text, str) and text.strip():
            found[path] = text
    return found


def _found(nested: Nested, codes: Mapping[str, str], path: str) -> Any:
    parts = path.split("/")
    here: Any = nested
    for place, part in enumerate(parts):
        if isinstance(here, list):
            here = here[int(part) - 1] if int(part) <= len(here) else None
        elif isinstance(here, Mapping):
            here = here.get(codes.get(part, part) if place == 1 else part)
        else:
            return None
    return here


def _codes(plan: Blueprint) -> dict[str, str]:
    """Codes as they stand in paths → as they are."""
    codes = [each.code for each in plan.domains] + [each.code for each in plan.competencies]
    codes += [each["code"] for part in PARTS for each in plan.content.get(part, [])]
    return {quote(code, safe=""): code for code in codes}


def nested_of(plan: Blueprint, current: Mapping[str, str]) -> Nested:
    """Texts by path in the shape that trees read. In a list, what is not translated stands in the source language."""
    sources, codes = sources_of(plan), _codes(plan)
    nested: Nested = {}
    for path, text in current.items():
        if path not in sources:
            continue
        parts = path.split("/")
        if len(parts) == 1:
            nested[path] = text
            continue
        here = nested.setdefault(parts[0], {}).setdefault(codes[parts[1]], {})
        if len(parts) == 3:
            here[parts[2]] = text
        elif parts[2] not in here:
            before = "/".join(parts[:3]) + "/"
            here[parts[2]] = [current.get(p, source) for p, source in sources.items() if p.startswith(before)]
    return nested


@dataclass(frozen=True, slots=True)
class State:
    """How far a translation is: how many texts there are, which have no current translation, and why."""

    total: int
    behind: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def done(self) -> int:
        """How many texts say in the other language what they say in the source."""
        return self.total - len(self.behind) - len(self.missing)


def is_current(entry: Entry | None, source: str) -> bool:
    """Whether a translation says these words."""
    return entry is not None and entry.of == mark_of(source)


def current_of(sources: Mapping[str, str], entries: Entries) -> dict[str, str]:
    """The translations that may be shown as such."""
    return {path: entries[path].said for path, text in sources.items() if is_current(entries.get(path), text)}


def state_of(sources: Mapping[str, str], entries: Entries) -> State:
    """Which texts are current, behind or missing."""
    behind = [
        path for path, text in sources.items() if path in entries and not is_current(entries[path], text)
    ]
    missing = [path for path in sources if path not in entries]
    return State(len(sources), tuple(behind), tuple(missing))


def carried_over(
    old_sources: Mapping[str, str],
    old: Entries,
    new_sources: Mapping[str, str],
    origins: Mapping[str, Sequence[str]],
    number: str,
) -> Entries:
    """What a new version takes over of a translation of the version `number` before it.

    A text whose words are unchanged keeps its translation, wherever the words stand now; any other keeps the old one
    of the same place as *behind*. `origins` gives for a competency's code those that it continues.
    """
    by_words: dict[str, list[str]] = {}
    for path, text in old_sources.items():
        if is_current(old.get(path), text):
            by_words.setdefault(mark_of(text), []).append(path)
    found: Entries = {}
    for path, text in new_sources.items():
        places = list(_places(path, origins))
        same = by_words.get(mark_of(text), [])
        if same:
            best = next((place for place in places if place in same), same[0])
            found[path] = Entry(old[best].said, mark_of(text))
            continue
        place = next((place for place in places if place in old), None)
        if place is not None:
            before = old[place]
            was = before.was or old_sources.get(place, "")
            found[path] = Entry(before.said, before.of, was, before.since or number)
    return found


def _places(path: str, origins: Mapping[str, Sequence[str]]) -> Iterator[str]:
    parts = path.split("/")
    if parts[0] != "competencies":
        yield path
        return
    for code in origins.get(parts[1], ()):
        yield "/".join(["competencies", code, *parts[2:]])


def path_origins(origins: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Origins with codes as they stand in paths."""
    return {quote(new, safe=""): [quote(old, safe="") for old in olds] for new, olds in origins.items()}
