"""Where everything stands in the credit profile: pure geometry, no colour and no words.

A circle; sectors clockwise from twelve o'clock, as wide as their number of items; the inner band foundational, the
outer band advanced, like seats around a stage. The picture is 640 units wide with its middle at 0, 0, whatever
size it is shown at, so every shape depends only on how many items there are and is kept (`lru_cache`): drawing
the same framework for a thousand learners computes its arcs once.

Gaps have the same width from the hub to the rim (a gap measured in degrees would open like a fan), which is what
makes the blocks look cut from one ring. Angles are radians, clockwise, 0 at twelve o'clock.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, pi, sin
from typing import NamedTuple

HALF = 320.0
HUB, INNER_RIM = 112.0, 194.0
OUTER_FOOT, RIM = 200.0, 283.0
STRIP = 15.0
STRIP_GAP = 3.6
SECTOR_GAP, BLOCK_GAP = 11.0, 5.6
CORNER, SHARP = 3.5, 0.5
NUMBER = 17.0
SMALLEST_NUMBER = 10.0
MOST_NUMBERED = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """One block: its shapes as SVG path data, and the places of its number and its mark.

    `whole` is the block; `strip` and `body` are the same block parted in two, the strip at the inner edge for the
    earlier standing and the body outside it, since time grows outwards as in a tree. `number` is a font size, 0
    when the block is too small to carry one.
    """

    whole: str
    strip: str
    body: str
    number: float
    middle: tuple[float, float]
    body_middle: tuple[float, float]
    mark: tuple[float, float]
    mark_radius: float


@dataclass(frozen=True, slots=True)
class Wedge:
    """One sector: its angles and its blocks, by band (foundational first)."""

    start: float
    end: float
    inner: tuple[Spot, ...]
    outer: tuple[Spot, ...]


@lru_cache(maxsize=512)
def wedges(counts: tuple[tuple[int, int], ...]) -> tuple[Wedge, ...]:
    """The sectors for `(foundational, advanced)` item counts, in order; an empty sector takes no room."""
    total = sum(map(sum, counts))
    if total == 0:
        return tuple(Wedge(0.0, 0.0, (), ()) for _ in counts)
    gap = min(SECTOR_GAP, pi * HUB / total)  # at most half of what one item gets at the hub
    result, passed = [], 0
    for foundational, advanced in counts:
        start, end = (2 * pi * at / total for at in (passed, passed + foundational + advanced))
        passed += foundational + advanced
        numbered = foundational + advanced <= MOST_NUMBERED
        result.append(
            Wedge(
                start,
                end,
                _band(start, end, foundational, (HUB, INNER_RIM), gap, numbered),
                _band(start, end, advanced, (OUTER_FOOT, RIM), gap, numbered),
            )
        )
    return tuple(result)


class Edge(NamedTuple):
    """A side of a block: it runs beside the ray at `angle`, at a constant distance clockwise from it."""

    angle: float
    aside: float

    def at(self, radius: float) -> float:
        """The angle at which this edge crosses a radius."""
        return self.angle + asin(self.aside / radius)


def _band(
    start: float, end: float, items: int, radii: tuple[float, float], gap: float, numbered: bool
) -> tuple[Spot, ...]:
    """Blocks that share the arc of one sector in one band; the outermost edges keep the wider sector gap."""
    if items == 0:
        return ()
    step = (end - start) / items
    thin = min(BLOCK_GAP, gap, radii[0] * step * 0.3) / 2
    rays = [start + step * i for i in range(items + 1)]
    lefts = [Edge(rays[0], gap / 2), *(Edge(ray, thin) for ray in rays[1:-1])]
    rights = [*(Edge(ray, -thin) for ray in rays[1:-1]), Edge(rays[-1], -gap / 2)]
    return tuple(_spot(left, right, radii, numbered) for left, right in zip(lefts, rights, strict=True))


def _spot(left: Edge, right: Edge, radii: tuple[float, float], numbered: bool) -> Spot:
    inner, outer = radii
    parting = inner + STRIP
    middle_radius, body_radius = (inner + outer) / 2, (parting + STRIP_GAP + outer) / 2
    mid = (left.at(middle_radius) + right.at(middle_radius)) / 2
    number = min(NUMBER, _width(left, right, middle_radius) * 0.62) if numbered else 0.0
    mark = min(9.0, _width(left, right, outer) * 0.4)
    mark_radius = outer - mark - min(5.0, mark * 0.6)
    # in a corner where there is room, else in the middle of a narrow block
    corner = Edge(right.angle, right.aside - min(mark + 5.0, _width(left, right, mark_radius) / 2))
    return Spot(
        whole=ring_piece(left, right, inner, outer),
        strip=ring_piece(left, right, inner, parting, (CORNER, SHARP)),
        body=ring_piece(left, right, parting + STRIP_GAP, outer, (SHARP, CORNER)),
        number=round(number, 1) if number >= SMALLEST_NUMBER else 0.0,
        middle=point(middle_radius, mid),
        body_middle=point(body_radius, mid),
        mark=point(mark_radius, corner.at(mark_radius)),
        mark_radius=mark,
    )


def point(radius: float, angle: float) -> tuple[float, float]:
    """The place at a distance from the middle and an angle from twelve o'clock."""
    return radius * sin(angle), -radius * cos(angle)


def ring_piece(
    left: Edge, right: Edge, inner: float, outer: float, corners: tuple[float, float] = (CORNER, CORNER)
) -> str:
    """Path of a piece of ring between two edges, its corners (inner, outer) softened as far as there is room."""
    most = min(_width(left, right, inner) * 0.25, (outer - inner) * 0.3)
    soft_foot, soft_rim = (min(soft, most) for soft in corners)
    rim = _softened_arc(left, right, outer, -soft_rim)
    foot = _softened_arc(left, right, inner, soft_foot)[::-1]
    wide = int(right.at(inner) - left.at(inner) > pi)
    return (
        f"M{rim[0]}Q{rim[1]} {rim[2]}A{outer:g} {outer:g} 0 {wide} 1 {rim[3]}Q{rim[4]} {rim[5]}"
        f"L{foot[0]}Q{foot[1]} {foot[2]}A{inner:g} {inner:g} 0 {wide} 0 {foot[3]}Q{foot[4]} {foot[5]}Z"
    )


def _softened_arc(left: Edge, right: Edge, radius: float, inwards: float) -> list[str]:
    """Six places along one arc, clockwise: on the left edge, its corner, the arc's two ends, corner, right edge."""
    turn, beside = abs(inwards) / radius, radius + inwards
    a, b = left.at(radius), right.at(radius)
    places = (
        (beside, left.at(beside)),
        (radius, a),
        (radius, a + turn),
        (radius, b - turn),
        (radius, b),
        (beside, right.at(beside)),
    )
    return ["{:.2f} {:.2f}".format(*point(*place)) for place in places]


def _width(left: Edge, right: Edge, radius: float) -> float:
    return radius * (right.at(radius) - left.at(radius))
