"""Passages of a text, carried along when it changes: exactly as the editor in a browser carries them.

The start of a passage leans to what follows it and its end to what comes before, so that what is written at its edges
stays outside. When nothing is left between them, the passage is gone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from throughline.elements.writing.places import Splice, splices


@dataclass(frozen=True, slots=True)
class Passage:
    """The positions from `start` to `end`; `gone` when nothing is left of it."""

    start: int
    end: int
    gone: bool = False


def carried(passages: Sequence[Passage], steps: Iterable[dict[str, Any]]) -> list[Passage]:
    """Where passages of a text stand after some stored steps."""
    told = [splices(step) for step in steps]
    if not told or not passages:
        return list(passages)
    starts = _carried({each.start for each in passages}, told, forward=True)
    ends = _carried({each.end for each in passages}, told, forward=False)
    return [_standing(each, starts[each.start], ends[each.end]) for each in passages]


def _standing(before: Passage, start: int, end: int) -> Passage:
    if before.gone or start >= end:
        return Passage(end, end, gone=True)
    return Passage(start, end)


def _carried(places: set[int], told: list[list[Splice]], *, forward: bool) -> dict[int, int]:
    """Where each place is afterwards; `forward` leans to what follows."""
    before = sorted(places)
    now = list(before)
    for step in told:
        for splice in step:
            _carry(now, splice, forward=forward)
    return dict(zip(before, now, strict=True))


def _carry(now: list[int], splice: Splice, *, forward: bool) -> None:
    """Move a sorted list of places past one splice."""
    after = splice.start + len(splice.new)
    if splice.start == splice.end:
        first, last = bisect_left(now, splice.start), bisect_right(now, splice.start)
    else:
        # An edge of what was replaced is an edge of what stands there now.
        first, last = bisect_right(now, splice.start), bisect_left(now, splice.end)
    now[first:last] = [after if forward else splice.start] * (last - first)
    more = len(splice.new) - (splice.end - splice.start)
    if more:
        now[last:] = [place + more for place in now[last:]]
