"""Reading a framework from a table (CSV or XLSX): bytes in; out come every row with what it becomes or what is wrong
with it, and the whole when nothing is wrong. No ORM.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import Blueprint
from throughline.frameworks.case.reading import CasePackage
from throughline.frameworks.markup import flattened
from throughline.frameworks.tables.case_package import Making, Told, finish
from throughline.frameworks.tables.case_tables import case_making
from throughline.frameworks.tables.cells import Cells, cells_of
from throughline.frameworks.tables.layout import canvas_headings, case_headings, moodle_headings, own_headings
from throughline.frameworks.tables.own_layout import own_table
from throughline.frameworks.tables.platforms import canvas_making, moodle_making
from throughline.frameworks.tables.row_result import SAID, Line
from throughline.kit.text import clean_line

_OTHERS: tuple[tuple[Callable[[list[str]], int], Callable[[Cells, str], Making]], ...] = (
    (case_headings, case_making),
    (moodle_headings, moodle_making),
    (canvas_headings, canvas_making),
)


@dataclass(slots=True)
class Reading:
    """A table that was read. `plan` or, from a table of another program, `package` is there when no line has a problem.

    `columns` are the headings that were found in row `at` with what each means; `doubts` are guesses to be looked at.
    """

    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    plan: Blueprint | None = None
    package: CasePackage | None = None
    columns: list[tuple[str, str]] = field(default_factory=list)
    at: int = 0
    doubts: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[Line]:
        """The rows that cannot be taken as they are."""
        return [line for line in self.lines if line.problem]


def read_table(raw: bytes, title: str) -> Reading:
    """The table in `raw`; `title` names a framework that does not say its own name.

    Raises `FrameworkProblem` when it is no table at all; whatever is wrong with single rows stands in the reading.
    """
    cells = cells_of(raw)
    own = own_headings(cells.headings)
    for headings, make in _OTHERS:
        if headings(cells.headings) > own:
            reading = _of_another_program(make(cells, title))
            break
    else:
        table = own_table(cells, title)
        reading = Reading(table.lines, table.notes, plan=table.plan, columns=table.columns)
    aside = [Line(at, ("headings",)) for at, _row in cells.again]
    for at, row in cells.passed:
        words = flattened(" · ".join(filter(None, map(clean_line, row))), SAID)
        aside.append(Line(at, ("",), words, lost=(_("It is above the headings."),)))
    reading.lines = sorted([*reading.lines, *aside], key=lambda line: line.row) if aside else reading.lines
    reading.notes = [*cells.notes, *reading.notes]
    reading.at, reading.doubts = cells.at, cells.doubts
    return reading


def _of_another_program(making: Making) -> Reading:
    package = finish(making)
    lines = [_line(told) for told in [*making.told.values(), *making.also]]
    return Reading(lines, [] if package else making.notes, package=package, columns=making.columns)


def _line(told: Told) -> Line:
    return Line(
        told.row, (told.kind,), told.says, told.problem, tuple(told.lost), tuple(told.remarks), told.item
    )
