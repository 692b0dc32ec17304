"""Who wrote what: every position of a text has an author, and a step is a splice of both.

Words that stay in what is replaced keep their author, and so do words that were taken out and come back as they were (a
paragraph that is moved, an earlier version that is restored).
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate, groupby
from typing import Any

from throughline.elements.writing.places import EDGE, PICTURE, Splice, splices

WORD = re.compile(r"\w[\w'’-]*")
PIECE = re.compile(r"\s+|\w+|[^\w\s]")
BETWEEN = re.compile(f"[^{EDGE}-{PICTURE}]+")
LONG = 12  # characters: shorter ones come back by chance
Who = array  # of unsigned shorts: for each position a place in the list of authors


@dataclass(slots=True)
class Ledger:
    """The line of a text, and for each position its author as a place in `authors`."""

    line: str = f"{EDGE}{EDGE}"
    who: "Who[int]" = field(default_factory=lambda: array("H", [0, 0]))
    authors: list[str] = field(default_factory=lambda: [""])
    version: int = 0
    gone: dict[str, "Who[int]"] = field(default_factory=dict)

    def take(self, steps: Iterable[dict[str, Any]], by: str) -> tuple[int, int]:
        """Take the steps of one change by its author; how many words it added and removed."""
        if by not in self.authors:
            self.authors.append(by)
        author, added, removed = self.authors.index(by), 0, 0
        for step in steps:
            for each in splices(step):
                more, less = measured(self.line, each)
                added, removed = added + more, removed + less
                self._take(each, author)
            self.version += 1
        return added, removed

    def _take(self, splice: Splice, author: int) -> None:
        old, was = self.line[splice.start : splice.end], self.who[splice.start : splice.end]
        self._bury(old, was)
        self.who[splice.start : splice.end] = self._authors_of(splice.new, old, was, author)
        self.line = self.line[: splice.start] + splice.new + self.line[splice.end :]

    def _bury(self, old: str, was: "Who[int]") -> None:
        for found in BETWEEN.finditer(old):
            words = found.group()
            start = found.start() + len(words) - len(words.lstrip())
            core = words.strip()
            if len(core) >= LONG:
                self.gone[core] = was[start : start + len(core)]

    def _authors_of(self, new: str, old: str, was: "Who[int]", author: int) -> "Who[int]":
        found = array("H", [author]) * len(new)
        if not new:
            return found
        for start, end, place in _kept(old, new):
            found[start:end] = was[place : place + end - start]
        for piece in BETWEEN.finditer(new):
            words = piece.group()
            start = piece.start() + len(words) - len(words.lstrip())
            core = words.strip()
            if core in self.gone and core not in old:
                found[start : start + len(core)] = self.gone[core]
        return found

    def words(self) -> Counter[str]:
        """How many words of the text are whose: by the author of their first letter."""
        return self.words_between(0, len(self.line))

    def words_between(self, start: int, end: int) -> Counter[str]:
        """The same for a part of the text."""
        whose = set(self.who[start:end])
        if len(whose) == 1:  # as most paragraphs are: nothing has to be looked up for each word
            return Counter({self.authors[whose.pop()]: len(WORD.findall(self.line, start, end))})
        counted = Counter([self.who[found.start()] for found in WORD.finditer(self.line, start, end)])
        return Counter({self.authors[place]: number for place, number in counted.items()})

    @property
    def runs(self) -> list[tuple[int, int]]:
        """How many positions in a row are whose: pairs of a length and a place in `authors`."""
        return [(len(list(same)), place) for place, same in groupby(self.who)]


def from_runs(runs: Sequence[Sequence[int]]) -> "Who[int]":
    """The authors of all positions, of what `Ledger.runs` gave."""
    found = array("H")
    for length, place in runs:
        found.extend(array("H", [place]) * length)
    return found


def _kept(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """What of the old stands in the new: from and to in the new, and where it stood in the old."""
    if not old:
        return
    first = _shared(old, new)
    last = _shared(old[first:][::-1], new[first:][::-1])
    yield 0, first, 0
    yield len(new) - last, len(new), len(old) - last
    ours, theirs = PIECE.findall(old[first : len(old) - last]), PIECE.findall(new[first : len(new) - last])
    if not ours or not theirs:
        return
    starts = [first, *(first + place for place in accumulate(map(len, ours)))]
    places = [first, *(first + place for place in accumulate(map(len, theirs)))]
    for match in SequenceMatcher(None, ours, theirs).get_matching_blocks():
        if match.size:
            yield places[match.b], places[match.b + match.size], starts[match.a]


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def measured(line: str, splice: Splice) -> tuple[int, int]:
    """How many words a splice adds and removes: a letter typed into a word is no new word."""
    first, last = splice.start, splice.end
    while first and _in_word(line[first - 1]):
        first -= 1
    while last < len(line) and _in_word(line[last]):
        last += 1
    before = WORD.findall(line[first:last])
    after = WORD.findall(line[first : splice.start] + splice.new + line[splice.end : last])
    if splice.start == splice.end or not splice.new:
        more = len(after) - len(before)
        return max(more, 0), max(-more, 0)
    ours, theirs = Counter(before), Counter(after)
    return (theirs - ours).total(), (ours - theirs).total()


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "_'’-"
