"""The values of a measure as a line: a pure function from numbers to SVG, without script and without inline style.

Its colors are those of the page (`plans/measuring.css`), so it is light or dark as the page is. A table stands beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Place = Callable[[date, Decimal], tuple[float, float]]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 8, 8, 16, 16


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day."""

    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn. Baseline and target are values on a day where they have one; else they hold for the whole time."""

    points: Sequence[Point]
    baseline: Decimal | None = None
    target: Decimal | None = None
    target_on: date | None = None


def line(drawn: Drawn, title: str, about: str = "") -> SafeString:
    """The picture; nothing without a value. `title` and `about` are read aloud."""
    if not drawn.points:
        return mark_safe("")
    place = _places(drawn)
    spots = [place(each.on, each.value) for each in drawn.points]
    parts = [_level(place, drawn, drawn.baseline, "baseline"), _level(place, drawn, drawn.target, "target")]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    if len(spots) > 1:
        parts.append(f'<polyline class="way" points="{way}"/>')
    parts += [f'<circle class="value" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in spots]
    if drawn.target is not None and drawn.target_on:
        x, y = place(drawn.target_on, drawn.target)
        parts.append(f'<circle class="aim" cx="{x:.1f}" cy="{y:.1f}" r="6"/>')
    told = f"<title>{escape(title)}</title>" + (f"<desc>{escape(about)}</desc>" if about else "")
    inside = "".join(parts)
    return mark_safe(  # noqa: S308  (words are escaped, the rest are numbers)
        f'<svg class="measure-line" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">{told}{inside}</svg>'
    )


def _span(drawn: Drawn) -> tuple[Decimal, Decimal]:
    """The lowest and the highest of what is drawn, never the same."""
    values = [each.value for each in drawn.points] + [
        each for each in (drawn.baseline, drawn.target) if each is not None
    ]
    low, high = min(values), max(values)
    return (low, high) if low < high else (low - 1, high + 1)


def _places(drawn: Drawn) -> Place:
    """How a day and a value become a place in the picture."""
    days = [each.on for each in drawn.points] + ([drawn.target_on] if drawn.target_on else [])
    first, last = min(days), max(days)
    length = (last - first).days
    low, high = _span(drawn)

    def place(on: date, value: Decimal) -> tuple[float, float]:
        along = (on - first).days / length if length else 0.5
        up = float((value - low) / (high - low))
        return LEFT + 6 + along * (WIDTH - LEFT - RIGHT - 12), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    return place


def _level(place: Place, drawn: Drawn, value: Decimal | None, name: str) -> str:
    if value is None:
        return ""
    _x, y = place(drawn.points[0].on, value)
    return f'<line class="{name}" x1="0" y1="{y:.1f}" x2="{WIDTH}" y2="{y:.1f}"/>'
