"""Where the points of the throughline stand in the picture. Pure: from a line to places, in the picture's units."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from throughline.elements.line.graph import Column, Line, Point
from throughline.records.drawing.text import wrapped

WIDTH = 1162
HEAD = 44  # where the names of the columns stand
LEFT = (0, 214, 432, 690, 986)
WIDE = (180, 180, 152, 222, 176)
LETTER = 13.0  # size of a name
LEADING = 16.0
PADDING = 7.0
GAP = 7.0  # between two boxes, at least
AIR = 40.0  # and what they may have besides
GROUP = 24.0  # a group's name above its boxes
WIDEST = 260.0  # between two columns, at most
MANY = 30  # points in a column, above which each name has one line only


@dataclass(frozen=True, slots=True)
class Box:
    """A point's place: its upper left corner, its size, and its name in lines."""

    point: Point
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """Where threads come in and go out."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class GroupName:
    """The name of a group above its first box."""

    name: str
    hue: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Every box by its point, the names of groups, and how high the picture is."""

    boxes: dict[UUID, Box]
    groups: tuple[GroupName, ...]
    height: float


def laid_out(line: Line) -> Layout:
    """Every column begins at the top, so that a small screen shows how the line begins, and has as much air as the longest
    column leaves it, up to a measure."""
    columns = {column: _sized(line.column(column)) for column in Column}
    height = HEAD + max((_length(each) for each in columns.values()), default=0.0)
    left = lefts(line)
    boxes: dict[UUID, Box] = {}
    for column, sized in columns.items():
        boxes |= _placed(sized, column, left.get(column, 0.0), height)
    return Layout(boxes, tuple(_groups(boxes.values())), height + GAP)


def lefts(line: Line) -> dict[Column, float]:
    """Where each column that has points begins. Those of a line in which some are missing stand as far apart as there is room."""
    there = [column for column in Column if line.column(column)]
    if len(there) in (0, 1, len(Column)):
        return {column: float(LEFT[column]) for column in there}
    room = WIDTH - sum(WIDE[column] for column in there)
    between = min(room / (len(there) - 1), WIDEST)
    found, at = {}, 0.0
    for column in there:
        found[column] = at
        at += WIDE[column] + between
    return found


Sized = tuple[Point, tuple[str, ...], float]


def _sized(points: list[Point]) -> list[Sized]:
    most = 1 if len(points) > MANY else 3
    found = []
    for point in points:
        room = WIDE[point.column] - 2 * PADDING - _marks(point)
        lines = wrapped(point.name, room / LETTER, most) or ("–",)
        found.append((point, lines, len(lines) * LEADING + PADDING))
    return found


def _marks(point: Point) -> float:
    """The room that marks beside the name take: a standing before it, a dot for each criterion after it."""
    return 18.0 if point.standing else min(len(point.criteria), 6) * 9.0


def _head(sized: list[Sized], at: int) -> float:
    group = sized[at][0].group
    return GROUP if group and (at == 0 or sized[at - 1][0].group != group) else 0.0


def _length(sized: list[Sized]) -> float:
    return sum(_head(sized, at) + each[2] + GAP for at, each in enumerate(sized))


def _placed(sized: list[Sized], column: Column, left: float, height: float) -> dict[UUID, Box]:
    air = min(AIR, (height - HEAD - _length(sized)) / max(1, len(sized) - 1))
    at, found = float(HEAD), {}
    for place, (point, lines, size) in enumerate(sized):
        at += _head(sized, place)
        found[point.id] = Box(point, left, at, WIDE[column], size, lines)
        at += size + GAP + air
    return found


def _groups(boxes: Iterable[Box]) -> list[GroupName]:
    found: list[GroupName] = []
    seen: set[tuple[int, str]] = set()
    for box in sorted(boxes, key=lambda each: (each.x, each.y)):
        key = (box.point.column, box.point.group)
        if box.point.group and key not in seen:
            seen.add(key)
            found.append(GroupName(box.point.group, box.point.hue, box.x, box.y - 7))
    return found
