"""Where a sector's name stands: along its arc, upright, in the largest size that fits, in one line or two."""

from dataclasses import dataclass
from functools import lru_cache
from math import pi

from throughline.records.drawing.geometry import INNER_RIM, RIM, SECTOR_GAP, point
from throughline.records.drawing.text import em_width, halved

GAP = 9.0
SIZES = (20.0, 18.5, 17.0, 15.5, 14.0)
TWO_LINES = 13.5
LEADING = 1.1


@dataclass(frozen=True, slots=True)
class ArcLine:
    """One line of a name: its words, the path that they follow, the font size."""

    words: str
    path: str
    size: float


@lru_cache(maxsize=2048)
def name_lines(name: str, start: float, end: float, has_advanced: bool) -> tuple[ArcLine, ...]:
    """The lines of a sector's name, from outside in; none when no readable size fits, since the table has it.

    A sector without advanced items carries its name in the empty outer arc when it fits there: beside its blocks
    it reads as *none defined*, out at the rim it would name a hole.
    """
    for rim in (RIM,) if has_advanced else (INNER_RIM, RIM):
        room = (end - start) * (rim + GAP) - 2 * SECTOR_GAP
        for size in SIZES:
            if em_width(name) * size <= room:
                return (ArcLine(name, _arc(start, end, rim, size, 0.0), size),)
    lines = halved(name)
    room = (end - start) * (RIM + GAP) - SECTOR_GAP
    if len(lines) < 2 or max(map(em_width, lines)) * TWO_LINES > room:
        return ()
    outside_in = (LEADING * TWO_LINES, 0.0)
    if _upside_down(start, end):
        outside_in = outside_in[::-1]
    return tuple(
        ArcLine(line, _arc(start, end, RIM, TWO_LINES, lift), TWO_LINES)
        for line, lift in zip(lines, outside_in, strict=True)
    )


def _upside_down(start: float, end: float) -> bool:
    """Whether words along the clockwise arc would stand on their heads: in the lower half."""
    return pi / 2 < (start + end) / 2 < 3 * pi / 2


def _arc(start: float, end: float, rim: float, size: float, lift: float) -> str:
    """The baseline: in the lower half it runs backwards, and further out by the height of the letters."""
    mid, reach = (start + end) / 2, min((end - start) / 2, pi * 0.9)
    backwards = _upside_down(start, end)
    radius = rim + GAP + lift + size * (0.7 if backwards else 0.2)  # capitals above, descenders below
    ends = (mid + reach, mid - reach) if backwards else (mid - reach, mid + reach)
    (x0, y0), (x1, y1) = point(radius, ends[0]), point(radius, ends[1])
    flags = f"{int(reach > pi / 2)} {int(not backwards)}"
    return f"M{x0:.2f} {y0:.2f}A{radius:.2f} {radius:.2f} 0 {flags} {x1:.2f} {y1:.2f}"
