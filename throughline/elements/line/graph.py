"""The throughline as a graph: five columns from the reason to change to the competencies of the journey. Pure.

Points stand in columns; a thread goes from a point to one that carries it on. A point is *broken* when nothing carries it on,
or it carries on nothing, although there is something in the column beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from uuid import UUID


class Column(IntEnum):
    """Where a point stands, from the reason on."""

    REASON = 0
    VISION = 1
    ATTRIBUTE = 2
    CREDIT = 3
    COMPETENCY = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One thing on the line. `group` is what it stands under in its column (a credit's area, a competency's domain).

    `hue` tells groups apart, from 1. `criteria` are the names of a credit's criteria, each with whether its levels are described.
    `gaps` are sentences about what is missing there. `standing` is a competency's.
    """

    id: UUID
    column: Column
    name: str
    group: str = ""
    hue: int = 0
    kind: str = ""
    text: str = ""
    href: str = ""
    criteria: tuple[tuple[str, bool], ...] = ()
    gaps: tuple[str, ...] = ()
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The points of each column in order, and the threads (from, to) between them."""

    points: tuple[Point, ...]
    threads: tuple[tuple[UUID, UUID], ...]
    by_id: Mapping[UUID, Point] = field(default_factory=dict)
    onward: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    back: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)

    def column(self, column: Column) -> list[Point]:
        """The points of one column, in order."""
        return [point for point in self.points if point.column == column]


def line_of(points: Iterable[Point], threads: Iterable[tuple[UUID, UUID]]) -> Line:
    """A line of points in the order given; threads that lead nowhere, lead backwards or stand twice are left out."""
    kept = tuple(points)
    by_id = {point.id: point for point in kept}
    found = [
        (start, end)
        for start, end in dict.fromkeys(threads)
        if start in by_id and end in by_id and by_id[start].column < by_id[end].column
    ]
    onward: dict[UUID, list[UUID]] = defaultdict(list)
    back: dict[UUID, list[UUID]] = defaultdict(list)
    for start, end in found:
        onward[start].append(end)
        back[end].append(start)
    return Line(
        kept,
        tuple(found),
        by_id,
        {key: tuple(each) for key, each in onward.items()},
        {key: tuple(each) for key, each in back.items()},
    )


def through(line: Line, at: UUID) -> Line:
    """What lies on the threads that pass through one point: all that leads to it and all that it leads to."""
    reached = _reach(line.onward, at) | _reach(line.back, at)
    return line_of(
        (point for point in line.points if point.id in reached),
        ((start, end) for start, end in line.threads if start in reached and end in reached),
    )


def _reach(steps: Mapping[UUID, tuple[UUID, ...]], at: UUID) -> set[UUID]:
    found, waiting = {at}, [at]
    while waiting:
        for each in steps.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def untangled(line: Line) -> Line:
    """The same line with its reasons, and the credits within each area, ordered by what they are tied to, so that fewer threads
    cross. Visions, attributes and competencies keep the school's own order, which people know by heart."""
    places = {point.id: at for column in Column for at, point in enumerate(line.column(column))}
    groups: dict[tuple[Column, str], int] = {}
    for point in line.points:
        groups.setdefault((point.column, point.group), len(groups))

    def key(point: Point) -> tuple[int, int, float, int]:
        group = groups[point.column, point.group]
        sides = {Column.REASON: line.onward, Column.CREDIT: line.back}.get(point.column)
        beside = [places[each] for each in sides.get(point.id, ())] if sides is not None else []
        middle = sum(beside) / len(beside) if beside else float(places[point.id]) if sides is None else 1e9
        return point.column, group, middle, places[point.id]

    return replace(line, points=tuple(sorted(line.points, key=key)))


def broken(line: Line, point: Point) -> tuple[bool, bool]:
    """Whether the line breaks before a point, and after it. An empty neighboring column breaks nothing: it is not written
    yet. A credit may serve no competency of the journey, so it is where the line may end."""
    before = Column.REASON < point.column < Column.COMPETENCY and _is_there(line, point.column - 1)
    after = point.column < Column.CREDIT and _is_there(line, point.column + 1)
    comes = any(line.by_id[each].column == point.column - 1 for each in line.back.get(point.id, ()))
    goes = any(line.by_id[each].column == point.column + 1 for each in line.onward.get(point.id, ()))
    return before and not comes, after and not goes


def _is_there(line: Line, column: int) -> bool:
    return any(point.column == column for point in line.points)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a way along the line as far as it goes; what it shares with the row above is left to that one."""

    cells: tuple[Point | None, ...]
    same: int = 0  # how many of its first cells are those of the row above


def rows(line: Line) -> list[Row]:
    """Every credit once under each attribute that it serves, every attribute under each vision …, with its reasons and
    competencies beside it; what is broken stands in a row of its own."""
    ways: list[tuple[Point | None, ...]] = []
    for vision in [*line.column(Column.VISION), None]:
        for attribute in _carried(line, vision, Column.ATTRIBUTE):
            credits = _carried(line, attribute, Column.CREDIT) if attribute else [None]
            ways += [(vision, attribute, each) for each in credits]
    ways += [
        (None, None, each) for each in line.column(Column.CREDIT) if not _from(line, each, Column.ATTRIBUTE)
    ]
    ways = [way for way in ways if any(way)]
    return [Row(way, _shared(ways[at - 1], way) if at else 0) for at, way in enumerate(ways)]


def _carried(line: Line, point: Point | None, column: Column) -> list[Point | None]:
    if point is None:
        return [each for each in line.column(column) if not _from(line, each, Column(column - 1))]
    ahead = set(line.onward.get(point.id, ()))
    found: list[Point | None] = [each for each in line.column(column) if each.id in ahead]
    return found or [None]


def _from(line: Line, point: Point, column: Column) -> list[Point]:
    return [line.by_id[each] for each in line.back.get(point.id, ()) if line.by_id[each].column == column]


def _shared(above: tuple[Point | None, ...], way: tuple[Point | None, ...]) -> int:
    same = 0
    for one, other in zip(above, way, strict=True):
        if (one and one.id) != (other and other.id):
            break
        same += 1
    return same


def reasons_of(line: Line, vision: Point) -> list[Point]:
    """The facts and voices that a vision answers."""
    return _from(line, vision, Column.REASON)


def competencies_of(line: Line, point: Point) -> list[Point]:
    """The competencies of the journey that a point serves."""
    return [
        line.by_id[each]
        for each in line.onward.get(point.id, ())
        if line.by_id[each].column == Column.COMPETENCY
    ]
