"""Two texts word by word: paragraphs are aligned, those that moved are found, and within those that changed the words.

Read in order, what stayed and what went makes the old text, what stayed and what came the new one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from throughline.elements.editing.pairing import WORD, likeness, pairs, words_in
from throughline.elements.writing.schema import textblocks

TOKEN = re.compile(r"(\w+|[^\w\s]|^(?=\s))(\s*)")  # a word or sign, and the space behind it
SAME, GONE, NEW = "same", "gone", "new"
MOVED = 0.75  # how much alike one that went and one that came are when it moved


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, heading or image of one text."""

    kind: str
    level: int
    text: str
    fingerprint: str
    path: tuple[int, ...]

    @cached_property
    def words(self) -> Counter[str]:
        """Its words, for telling how much alike two are."""
        return words_in(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one paragraph: same, changed, formatted, added, removed, moved-here or moved-away."""

    kind: str
    old: Paragraph | None
    new: Paragraph | None
    pieces: tuple[tuple[str, str], ...] = ()
    number: int = 0

    @property
    def before(self) -> int:
        """The change before this one."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The change after this one."""
        return self.number + 1

    @property
    def shown(self) -> Paragraph | None:
        """The paragraph as it is now, or was."""
        return self.new or self.old


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows in order, and how much of each kind there is."""

    rows: list[Row]
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def changes(self) -> int:
        """How many places one can jump to."""
        return (self.rows and max(row.number for row in self.rows)) or 0


def compare(old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    """What differs between two texts."""
    rows = _numbered(_with_moves(list(_rows(_paragraphs(old), _paragraphs(new)))))
    counts = Counter(row.kind for row in rows)
    for row in rows:
        if row.kind == "moved-away":
            continue
        for kind, words in row.pieces:
            if kind != SAME:
                counts[f"words-{kind}"] += len(WORD.findall(words))
    return Comparison(rows, counts)


def _paragraphs(document: dict[str, Any]) -> list[Paragraph]:
    return [
        Paragraph(
            block.node["type"],
            block.node.get("attrs", {}).get("level", 0),
            _text(block.node),
            block.fingerprint,
            block.path,
        )
        for block in textblocks(document)
    ]


def _text(node: dict[str, Any]) -> str:
    if node["type"] == "image":
        return str(node["attrs"].get("caption") or node["attrs"].get("alt") or "")
    return "".join(map(_inline, node.get("content", ())))


def _inline(node: dict[str, Any]) -> str:
    if node["type"] == "footnote":
        told = " ".join(filter(None, (node["attrs"].get("text"), node["attrs"].get("url"))))
        return f" [{told}]"
    return "\n" if node["type"] == "hard_break" else str(node.get("text", ""))


def _rows(old: list[Paragraph], new: list[Paragraph]) -> Iterator[Row]:
    ours, theirs = [each.fingerprint for each in old], [each.fingerprint for each in new]
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            for one, other in zip(old[a:b], new[c:d], strict=True):
                yield Row("same", one, other, ((SAME, other.text),))
        else:
            yield from _region(old[a:b], new[c:d])


def _region(old: list[Paragraph], new: list[Paragraph]) -> Iterator[Row]:
    """Paragraphs between two that stayed: pairs that are alike, in order, and what is left over."""
    at, to = 0, 0
    for one, other in [
        *pairs([each.words for each in old], [each.words for each in new]),
        (len(old), len(new)),
    ]:
        yield from (_gone(each) for each in old[at:one])
        yield from (_new(each) for each in new[to:other])
        if one < len(old):
            yield _changed(old[one], new[other])
        at, to = one + 1, other + 1


def _gone(paragraph: Paragraph) -> Row:
    return Row("removed", paragraph, None, ((GONE, paragraph.text),))


def _new(paragraph: Paragraph) -> Row:
    return Row("added", None, paragraph, ((NEW, paragraph.text),))


def _changed(old: Paragraph, new: Paragraph, kind: str = "changed") -> Row:
    if old.text == new.text:
        return Row("formatted" if kind == "changed" else kind, old, new, ((SAME, new.text),))
    return Row(kind, old, new, tuple(pieces_between(old.text, new.text)))


def pieces_between(old: str, new: str) -> Iterator[tuple[str, str]]:
    """What stayed, went and came between two texts, word by word."""
    same, gone, came = "", "", ""
    for kind, words in _edits(TOKEN.findall(old), TOKEN.findall(new)):
        if kind == SAME and (gone or came):
            yield from _told(same, gone, came)
            same, gone, came = "", "", ""
        if kind == SAME:
            same += words
        elif kind == GONE:
            gone += words
        else:
            came += words
    yield from _told(same, gone, came)


def _told(same: str, gone: str, came: str) -> Iterator[tuple[str, str]]:
    yield from ((kind, words) for kind, words in ((SAME, same), (GONE, gone), (NEW, came)) if words)


def _edits(ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Words are matched without the space behind them: matching all those spaces took most of the time."""
    told = [[word for word, _space in tokens] for tokens in (ours, theirs)]
    for kind, a, b, c, d in SequenceMatcher(None, told[0], told[1], autojunk=False).get_opcodes():
        if kind != "equal":
            yield GONE, "".join(word + space for word, space in ours[a:b])
            yield NEW, "".join(word + space for word, space in theirs[c:d])
            continue
        for (word, was), (_word, now) in zip(ours[a:b], theirs[c:d], strict=True):
            yield SAME, word + (was if was == now else "")
            if was != now:
                yield GONE, was
                yield NEW, now


def _with_moves(rows: list[Row]) -> list[Row]:
    """A paragraph that went and one that came, nearly the same: it moved."""
    left = [place for place, row in enumerate(rows) if row.kind == "removed" and row.old and row.old.words]
    for place, row in enumerate(rows):
        if row.kind != "added" or row.new is None or not row.new.words:
            continue
        new = row.new
        best = max(left, key=lambda at: likeness(_old(rows[at]).words, new.words), default=None)
        if best is not None and likeness(_old(rows[best]).words, new.words) >= MOVED:
            left.remove(best)
            old = _old(rows[best])
            rows[best] = Row("moved-away", old, None, ((GONE, old.text),))
            rows[place] = _changed(old, new, "moved-here")
    return rows


def _old(row: Row) -> Paragraph:
    assert row.old is not None
    return row.old


def _numbered(rows: Sequence[Row]) -> list[Row]:
    number, found = 0, []
    for row in rows:
        number += row.kind != "same"
        found.append(replace(row, number=number if row.kind != "same" else 0))
    return found
