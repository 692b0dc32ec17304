"""The texts of the elements as they were after each sitting.

The file says how a text ended. Each sitting says which sections it began, and which words it changed with what stood
there before: undoing the later ones tells what was written by then.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from throughline.elements.setup.sections import heading
from throughline.elements.writing.reading.fitting import fitted
from throughline.elements.writing.reading.markdown import read_markdown
from throughline.elements.writing.rules import Document

HERE = Path(__file__).parent
KINDS = (
    "call-to-action",
    "learning-framework",
    "graduate-profile",
    "building-blocks",
    "implementation-plan",
)
_HEADING = re.compile(r"^## .*\{#([a-z-]+)\}$", re.MULTILINE)
_DAY = re.compile(r"\{(day|month) (-?\d+)\}")
Told = dict[str, Any]
# How a day that is counted from the base is said: as a date, or as its month.
Dated = Callable[[str, int], str]


def told_of(kind: str) -> Told:
    """What happened to an element."""
    return tomllib.loads((HERE / f"{kind}.toml").read_text(encoding="utf-8"))


def sections_of(name: str) -> dict[str, str]:
    """What a text says at its end, section by section, as Markdown."""
    _before, *parts = _HEADING.split((HERE / f"{name}.md").read_text(encoding="utf-8"))
    return dict(zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True))


def after_sitting(sections: Mapping[str, str], sittings: list[Told], number: int) -> dict[str, str]:
    """What had been written when a sitting ended, by section; what nobody had begun is left out."""
    begun = {key for each in sittings[: number + 1] for key in each.get("writes", ())}
    changes = [change for each in sittings[number + 1 :] for change in each.get("changes", ())]
    return {key: _undone(said, changes) for key, said in sections.items() if key in begun}


def _undone(said: str, changes: Iterable[tuple[str, str]]) -> str:
    for now, before in changes:
        said = said.replace(now, before)
    return said


def document_of(outline: Iterable[Mapping[str, str]], written: Mapping[str, str], dated: Dated) -> Document:
    """A text under the headings of its outline; a section without words holds an empty paragraph."""
    content: list[Document] = []
    for section in outline:
        said = _DAY.sub(lambda found: dated(found[1], int(found[2])), written.get(section["key"], ""))
        content.append(heading(section["title"], section["key"]))
        content += _blocks(said) if said else [{"type": "paragraph"}]
    return {"type": "doc", "content": content}


@lru_cache(maxsize=200)
def _blocks(said: str) -> list[Document]:
    return list(fitted(read_markdown(said))["content"])
