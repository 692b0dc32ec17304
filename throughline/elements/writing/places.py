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
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_BETWEEN = re.compile(f"[^{EDGE}{PICTURE}]+")
_MARKS = re.compile(f"[{EDGE}-{PICTURE}]+")


@dataclass(frozen=True, slots=True)
class Splice:
    """What a step does to the line: `new` stands where `start` to `end` stood."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands in one paragraph or heading: the positions from `start` to `end`."""

    start: int
    end: int
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
    return shown(line).strip()


def shown(line: str) -> str:
    """The same with the spaces at its edges."""
    return gathered(_MARKS.sub(lambda found: "" if set(found.group()) == {NOTE} else " ", line))


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


def spliced(line: str, steps: Iterable[dict[str, Any]]) -> str:
    """The line after some stored steps."""
    for step in steps:
        for each in splices(step):
            line = line[: each.start] + each.new + line[each.end :]
    return line


def segments(line: str) -> Iterator[Segment]:
    """Every paragraph and heading that says something, in order."""
    for found in _BETWEEN.finditer(line):
        yield Segment(found.start(), found.end(), found.group())


def segment_at(line: str, place: int) -> Segment:
    """The paragraph or heading around a place."""
    start = max(line.rfind(EDGE, 0, place), line.rfind(PICTURE, 0, place)) + 1
    ends = [end for end in (line.find(EDGE, place), line.find(PICTURE, place)) if end >= 0]
    end = min(ends, default=len(line))
    return Segment(start, end, line[start:end])
