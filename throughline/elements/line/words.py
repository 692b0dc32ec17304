"""What the throughline says in words: to a screen reader about each point, and in the table. No database."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.elements.line.graph import (
    Column,
    Line,
    Point,
    broken,
    competencies_of,
    reasons_of,
    rows,
)
from throughline.records.models import StandingValue


def column_names() -> dict[Column, str]:
    """The columns of the picture."""
    return {
        Column.REASON: _("Reason to change"),
        Column.VISION: _("Vision"),
        Column.ATTRIBUTE: _("Attribute"),
        Column.CREDIT: _("Mastery credit"),
        Column.COMPETENCY: _("Our journey"),
    }


def label_of(line: Line, point: Point) -> str:
    """All that the picture shows of a point, for those who do not see it."""
    said = [_("%(kind)s: %(name)s.") % {"kind": _capital(point.kind), "name": point.name}]
    if point.standing:
        said.append(f"{_capital(str(StandingValue(point.standing).label))}.")
    if point.criteria:
        count = len(point.criteria)
        said.append(ngettext("%(n)d criterion.", "%(n)d criteria.", count) % {"n": count})
    if names := [line.by_id[each].name for each in line.onward.get(point.id, ())]:
        said.append(_("Leads to: %(names)s.") % {"names": ", ".join(names)})
    return " ".join([*said, *what_breaks(line, point)])


def what_breaks(line: Line, point: Point) -> list[str]:
    """Where the line breaks at a point, in sentences, and what else is missing there."""
    before, after = broken(line, point)
    found = []
    if before and not point.gaps:
        found.append(_("Nothing leads here yet."))
    if after and not point.gaps:
        found.append(_("Nothing carries it on yet."))
    return [*found, *point.gaps]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Cell:
    """A point in the table; `same` when the row above says it already, `None` where the line has not come."""

    point: Point | None
    same: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A way along the line: reasons, vision, attribute, credit with its criteria, competencies, and what is missing."""

    reasons: list[Point]
    vision: Cell
    attribute: Cell
    credit: Cell
    competencies: list[Point]
    missing: list[str]


def cells_of(line: Line) -> list[TableRow]:
    """The table, and below it in rows of their own the reasons that no vision answers."""
    found = []
    for row in rows(line):
        vision, attribute, credit = row.cells
        own = [point for at, point in enumerate(row.cells) if point and at >= row.same]
        found.append(
            TableRow(
                reasons_of(line, vision) if vision and row.same < 1 else [],
                Cell(vision, row.same > 0),
                Cell(attribute, row.same > 1),
                Cell(credit),
                _once(each for point in own for each in competencies_of(line, point)),
                [sentence for point in own for sentence in what_breaks(line, point)],
            )
        )
    for reason in line.column(Column.REASON):
        if not any(line.by_id[each].column == Column.VISION for each in line.onward.get(reason.id, ())):
            found.append(
                TableRow(
                    [reason],
                    Cell(None),
                    Cell(None),
                    Cell(None),
                    competencies_of(line, reason),
                    what_breaks(line, reason),
                )
            )
    return found


def empty_columns(line: Line, rows: Iterable[TableRow]) -> list[str]:
    """Columns of the table that would say nothing, where a part of the line is not there."""
    names = ((Column.ATTRIBUTE, "attribute"), (Column.CREDIT, "credit"), (Column.COMPETENCY, "competency"))
    found = [name for column, name in names if not line.column(column)]
    return found if any(row.missing for row in rows) else [*found, "missing"]


def _once(points: Iterable[Point]) -> list[Point]:
    return list({point.id: point for point in points}.values())
