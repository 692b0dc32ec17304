"""Where something stands in a text, counted as steps count: in UTF-16 units, one for each edge of a node and each leaf.

A text is also one long *line*: a character for every position, so that a step is a splice of it. What is no text stands
in it as a mark that no text may hold.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

EDGE, BREAK, NOTE, PICTURE = "\x01", "\x02", "\x03", "\x04"
_LEAVES = {"hard_break": BREAK, "footnote": NOTE, "image": PICTURE}
_TEXT_BLOCKS = frozenset({"paragraph", "heading"})
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_MARKS = re.compile(f"[{EDGE}-{PICTURE}]+")


@dataclass(frozen=True, slots=True)
class Splice:
    """What a step does to the line: `new` stands where `start` to `end` stood."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph or heading: its content from `start` to `end`, and the key of the section that it stands in."""

    start: int
    end: int
    node: dict[str, Any]
    section: str
    line: str

    @property
    def words(self) -> str:
        """Its text to read."""
        return readable(self.line)


def spread(text: str) -> str:
    """A text with a character for each UTF-16 unit."""
    if not _WIDE.search(text):
        return text
    return "".join(map(chr, array("H", text.encode("utf-16-le"))))


def gathered(line: str) -> str:
    """The text of what was spread; half a character becomes a sign for it."""
    return line.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def readable(line: str) -> str:
    """The words of a part of the line: a space where blocks and lines end."""
    return gathered(_MARKS.sub(lambda found: "" if set(found.group()) == {NOTE} else " ", line)).strip()


def line_of(document: dict[str, Any]) -> str:
    """The content of a whole text as one line."""
    return "".join(_line(document.get("content", ())))


def _line(nodes: Iterable[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        kind = node["type"]
        if kind == "text":
            yield spread(node["text"])
        elif kind in _LEAVES:
            yield _LEAVES[kind]
        else:
            yield EDGE
            yield from _line(node.get("content", ()))
            yield EDGE


def splices(step: dict[str, Any]) -> list[Splice]:
    """What a stored step does to the line, from the end to the beginning; marks change nothing."""
    kind = step.get("stepType")
    if kind not in ("replace", "replaceAround"):
        return []
    piece = step.get("slice") or {}
    line = "".join(_line(piece.get("content") or ()))
    new = line[piece.get("openStart", 0) : len(line) - piece.get("openEnd", 0)]
    if kind == "replace":
        return [Splice(step["from"], step["to"], new)]
    insert = step["insert"]
    return [
        Splice(step["gapTo"], step["to"], new[insert:]),
        Splice(step["from"], step["gapFrom"], new[:insert]),
    ]


def text_blocks(document: dict[str, Any]) -> Iterator[TextBlock]:
    """Every paragraph and heading, however deep, in order."""
    section, place = "", 0
    for node in document.get("content", ()):
        if node["type"] == "heading" and node.get("attrs", {}).get("key"):
            section = node["attrs"]["key"]
        found = list(_blocks(node, place, section))
        yield from found
        place += _size(node)


def _blocks(node: dict[str, Any], place: int, section: str) -> Iterator[TextBlock]:
    content = node.get("content", ())
    if node["type"] in _TEXT_BLOCKS:
        line = "".join(_line(content))
        yield TextBlock(place + 1, place + 1 + len(line), node, section, line)
    elif node["type"] != "image":
        place += 1
        for inner in content:
            yield from _blocks(inner, place, section)
            place += _size(inner)


def _size(node: dict[str, Any]) -> int:
    return len("".join(_line((node,))))
