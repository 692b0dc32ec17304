"""A whole text that somebody made of an older version, and what others wrote meanwhile: both, wherever that can be. Pure.

What was changed is found block by block and word by word and moved over the others' steps. Only where both changed the same
words of one block is there something to decide: a `Clash`, with both versions of the block.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from prosemirror.model import Fragment, Node, Slice
from prosemirror.transform import Mapping, ReplaceStep, Step, StepMap

from throughline.elements.editing.steps import accepted, differences, forget
from throughline.elements.writing.schema import SCHEMA

Piece = tuple[int, int, Fragment]


@dataclass(frozen=True, slots=True)
class Clash:
    """Blocks that both changed: how they read with one's changes and with the others', and with both as far as that can
    be (`both`, to be looked at). `start` and `end` say where the others' stand in the text as it is after everything else
    was merged."""

    mine: list[dict[str, Any]]
    theirs: list[dict[str, Any]]
    both: list[dict[str, Any]]
    start: int
    end: int


@dataclass(slots=True)
class Merged:
    """The steps that bring what could be merged into the newest text, that text, and what could not be."""

    document: Node
    steps: list[Step] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """The changes within the same blocks of the base."""

    start: int
    end: int
    pieces: list[Piece]


def merge(base: Node, wanted: Node, over: Sequence[StepMap], now: Node) -> Merged:
    """Bring what `wanted` changed in `base` into `now`, which others made of it by steps with these maps."""
    found = Merged(now)
    held: list[_Group] = []
    mapping = Mapping(list(over))
    try:
        for group in reversed(_groups(base, differences(base, wanted))):
            mine = _within(base, group)
            theirs = _range(now, mapping.map(group.start, 1), mapping.map(group.end, -1))
            if mine == theirs and any(_meets(piece, over) for piece in group.pieces):
                continue  # all have written the same
            if any(_meets(piece, over) for piece in group.pieces):
                held.append(group)
                continue
            for start, end, content in reversed(group.pieces):
                first = mapping.map(start, 1 if end > start else -1)
                step = ReplaceStep(first, max(first, mapping.map(end, -1)), Slice(content, 0, 0))
                found.document = accepted(step, found.document)
                found.steps.append(step)
        after = Mapping([*over, *(step.get_map() for step in found.steps)])
        for group in reversed(held):
            start, end = after.map(group.start, 1), after.map(group.end, -1)
            end = max(start, end)
            theirs = _range(found.document, start, end)
            mine = _within(base, group)
            both = _proposed(group, over, after, found.document, (start, end)) or [*theirs, *mine]
            found.clashes.append(Clash(mine, theirs, both, start, end))
    finally:
        forget()
    return found


def decided(merged: Merged, choices: Sequence[list[dict[str, Any]]]) -> Node:
    """The text with what was decided about each clash in its place: the nodes that are to stand there."""
    document = merged.document
    for clash, nodes in sorted(
        zip(merged.clashes, choices, strict=True), key=lambda pair: pair[0].start, reverse=True
    ):
        content = Fragment.from_json(document.type.schema, nodes)
        if content.size or clash.end > clash.start:
            document = accepted(ReplaceStep(clash.start, clash.end, Slice(content, 0, 0)), document)
    return document


def _groups(base: Node, pieces: Sequence[Piece]) -> list[_Group]:
    """The changes by the block directly in the text that they stand in; new blocks between two stand for themselves."""
    edges, place = [], 0
    for child in base.content.content:
        edges.append((place, place + child.node_size))
        place += child.node_size
    found: list[_Group] = []
    for piece in pieces:
        start, end = piece[0], piece[1]
        inside = [edge for edge in edges if edge[0] < end and start < edge[1]] if end > start else []
        inside = inside or [edge for edge in edges if edge[0] < start < edge[1]]
        if inside:
            start, end = inside[0][0], inside[-1][1]
        if found and found[-1].end > start:
            found[-1].end = max(found[-1].end, end)
            found[-1].pieces.append(piece)
        else:
            found.append(_Group(start, end, [piece]))
    return found


def _meets(piece: Piece, over: Sequence[StepMap]) -> bool:
    """Whether others changed what this changes: the same words, or words put into the very same place of a line."""
    start, end, content = piece
    words = bool(content.content) and content.content[0].is_inline
    for step in over:
        ranges = step.ranges
        for at in range(0, len(ranges), 3):
            first, last = ranges[at], ranges[at] + ranges[at + 1]
            if first < end and start < last:
                return True
            if first == last and (
                start < first < end or (words and ranges[at + 2] and start == first == end)
            ):
                return True
            if start == end and first < start < last:
                return True
        same = start == end
        start = step.map(start, 1)
        end = start if same else max(start, step.map(end, -1))
    return False


def _within(base: Node, group: _Group) -> list[dict[str, Any]]:
    """The blocks of a group with its own changes alone."""
    document, before = base, base.content.size
    for start, end, content in reversed(group.pieces):
        document = accepted(ReplaceStep(start, end, Slice(content, 0, 0)), document)
    return _range(document, group.start, group.end + document.content.size - before)


def _proposed(
    group: _Group, over: Sequence[StepMap], after: Mapping, now: Node, place: tuple[int, int]
) -> list[dict[str, Any]]:
    """The others' blocks with one's own changes: where both changed the same words, one's own follow theirs behind a stroke.

    Nothing where that cannot be, because those blocks are gone or others by now."""
    document = now
    try:
        for start, end, content in reversed(group.pieces):
            if not _meets((start, end, content), over):
                first = after.map(start, 1 if end > start else -1)
                step = ReplaceStep(first, max(first, after.map(end, -1)), Slice(content, 0, 0))
            elif content.size:
                first, last = after.map(start, -1), after.map(end, 1)
                if first < last and now.slice(first, last).content.eq(content):
                    continue  # both wrote this word
                stroke = [SCHEMA.text(" / ")] if first < last and content.content[0].is_inline else []
                said = [*stroke, *content.content]
                step = ReplaceStep(last, last, Slice(Fragment.from_array(said), 0, 0))
            else:
                continue  # taken out here, changed there: what they made of it stays
            document = accepted(step, document)
    except ValidationError:
        return []
    return _range(document, place[0], place[1] + document.content.size - now.content.size)


def _range(document: Node, start: int, end: int) -> list[dict[str, Any]]:
    """The whole blocks between two places."""
    found: list[dict[str, Any]] = []
    place = 0
    for child in document.content.content:
        if start <= place and place + child.node_size <= end:
            found.append(dict(child.to_json()))
        place += child.node_size
    return found
