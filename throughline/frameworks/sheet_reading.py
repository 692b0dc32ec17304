"""Reading a framework from a table (CSV or XLSX): bytes in; out come every row with what it becomes or what is wrong
with it, and the whole when nothing is wrong. No ORM.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.blueprint import STEPS, Blueprint, FrameworkProblem, check
from throughline.frameworks.case_reading import CasePackage
from throughline.frameworks.sheet_building import FOUR_STEPS, Building, Row, RowProblem
from throughline.frameworks.sheet_case import case_package
from throughline.frameworks.sheet_cells import Cells, cells_of
from throughline.frameworks.sheet_layout import (
    OWN_COLUMNS,
    Kind,
    case_headings,
    heading,
    own_headings,
)
from throughline.frameworks.statements import flattened

SAID = 120


@dataclass(slots=True)
class Line:
    """A row of the table: what it becomes (kinds, broadest first) and its words, or the problem with it."""

    row: int
    becomes: tuple[str, ...] = ()
    says: str = ""
    problem: str = ""


@dataclass(slots=True)
class Reading:
    """A table that was read. `plan` or, from a table of a CASE tool, `package` is there when no line has a problem."""

    lines: list[Line]
    notes: list[str] = field(default_factory=list)
    plan: Blueprint | None = None
    package: CasePackage | None = None

    @property
    def problems(self) -> list[Line]:
        """The rows that cannot be taken as they are."""
        return [line for line in self.lines if line.problem]


def read_sheet(raw: bytes, title: str) -> Reading:
    """The table in `raw`; `title` names a framework that does not say its own name.

    Raises `FrameworkProblem` when it is no table at all; whatever is wrong with single rows stands in the reading.
    """
    cells = cells_of(raw)
    if case_headings(cells.headings) > own_headings(cells.headings):
        found = case_package(cells, title)
        lines = [Line(row, ("item",), said[:SAID], problem) for row, said, problem in found.lines]
        return Reading(lines, [*cells.notes, *found.notes], package=found.package)
    return _own(cells, title)


def _own(cells: Cells, title: str) -> Reading:
    columns = _columns(cells)
    building = Building()
    lines: list[Line] = []
    full = "kind" in columns.values()
    for number, row in cells.rows:
        given = {name: row[place] for place, name in columns.items() if place < len(row)}
        line = Line(number, problem=cells.wrong.get(number, ""))
        if not line.problem and any(text.strip() for text in row[len(cells.headings) :]):
            line.problem = _("This row has more cells than there are headings.")
        if not line.problem:
            _take(building, given, line, full=full)
        lines.append(line)
    if 0 < len(building.steps) < STEPS:
        last = [line for line in lines if line.becomes == (Kind.STEP.value,)][-1]
        last.problem = last.problem or str(FOUR_STEPS)
    reading = Reading(lines, cells.notes)
    if not reading.problems:
        reading.plan = building.blueprint(title)
        _finish(reading, building)
    return reading


def _columns(cells: Cells) -> dict[int, str]:
    """The column at each place; headings that are not known are said, a heading used twice is refused."""
    columns: dict[int, str] = {}
    unknown: list[str] = []
    for place, cell in enumerate(cells.headings):
        name = heading(cell)
        if name in columns.values():
            raise FrameworkProblem(_("Two columns are headed “%(name)s”.") % {"name": name[:40]})
        if name in OWN_COLUMNS:
            columns[place] = name
        elif name:
            unknown.append(cell.strip()[:40])
    if unknown:
        cells.notes.append(
            ngettext(
                "A column was left out because its heading is not known: %(names)s.",
                "%(count)d columns were left out because their headings are not known: %(names)s.",
                len(unknown),
            )
            % {"count": len(unknown), "names": ", ".join(unknown[:8])}
        )
    return columns


def _take(building: Building, given: Row, line: Line, *, full: bool) -> None:
    """Put one row into the framework, or say on its line why not."""
    try:
        things = _by_kind(given) if full else list(_by_column(building, given))
        for kind, row in things:
            line.becomes = (*line.becomes, kind.value)
            line.says = flattened(row.get("text", ""), SAID)
            building.add(kind, row, line.row)
    except RowProblem as problem:
        line.problem = str(problem)


def _by_kind(given: Row) -> list[tuple[Kind, Row]]:
    word = " ".join(given.get("kind", "").split()).casefold()
    if not word:
        raise RowProblem(_("The column “kind” does not say what this row is."))
    try:
        kind = Kind(_KINDS.get(word, word))
    except ValueError:
        raise RowProblem(
            _("“%(word)s” is no kind of row. The kinds are: %(all)s.")
            % {"word": word[:40], "all": ", ".join(Kind)}
        ) from None
    if not given.get("text", "").strip():
        named = {Kind.DOMAIN: "domain", Kind.COMPETENCY: "competency", Kind.INDICATOR: "indicator"}
        given = {**given, "text": given.get(named.get(kind, ""), "")}
        if kind is Kind.DOMAIN:
            given.pop("domain", None)
    return [(kind, given)]


_KINDS = {
    "título": "title",
    "titulo": "title",
    "código": "code",
    "codigo": "code",
    "versión": "version",
    "idioma": "language",
    "resumen": "summary",
    "atribución": "attribution",
    "fuente": "source",
    "paso": "step",
    "ámbito": "domain",
    "ambito": "domain",
    "dominio": "domain",
    "competencia": "competency",
    "indicador": "indicator",
    "evidencia": "evidence",
}


def _by_column(building: Building, given: Row) -> "list[tuple[Kind, Row]]":
    """What a row without a kind is: its columns say it, and cells that repeat the row above say nothing new."""
    things: list[tuple[Kind, Row]] = []
    title, domain, competency, indicator = (
        given.get(column, "").strip() for column in ("title", "domain", "competency", "indicator")
    )
    here, above = building.here, building.above
    if title and title != building.facts.get("title"):
        things.append((Kind.TITLE, {"text": title}))
    rest = {
        key: text for key, text in given.items() if key not in ("title", "domain", "competency", "indicator")
    }
    fresh = bool(domain) and (here is None or here.name.casefold() != " ".join(domain.split()).casefold())
    if fresh and " ".join(domain.split()).casefold() in building.named:
        rest, fresh = {**rest, "domain": domain}, False
        above = None
    if not domain and here is None:
        things.append((Kind.DOMAIN, {"text": _("Competencies")}))
    elif fresh:
        alone = not competency and not indicator
        things.append((Kind.DOMAIN, {"text": domain, **({**rest, "text": domain} if alone else {})}))
        above = None
    again = above is not None and above.name.casefold() == " ".join(competency.split()).casefold()
    if competency and not (again and indicator):
        own = rest if not indicator else {**rest, "witnesses": ""}
        things.append((Kind.COMPETENCY, {**own, "text": competency}))
    if indicator:
        ideas = [line for line in indicator.split("\n") if line.strip()]
        witnesses = {"witnesses": rest.get("witnesses", "")}
        things += [(Kind.INDICATOR, {"text": idea, **witnesses}) for idea in ideas]
    if not things:
        raise RowProblem(_("This row names no domain, competency or indicator."))
    return things


def _finish(reading: Reading, building: Building) -> None:
    assert reading.plan is not None
    if building.unsaid_levels:
        reading.notes.append(
            ngettext(
                "%(count)d competency does not say its level and is foundational.",
                "%(count)d competencies do not say their level and are foundational.",
                building.unsaid_levels,
            )
            % {"count": building.unsaid_levels}
        )
    if reading.plan.borrows_steps:
        reading.notes.append(_("There are no steps of its own, so the four general ones are used."))
    check(reading.plan)
