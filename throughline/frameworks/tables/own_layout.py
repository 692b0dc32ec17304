"""A table in our own layout: each row becomes something, or is told why not and what of it is not kept. No ORM."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.blueprint import STEPS, Blueprint, FrameworkProblem, check
from throughline.frameworks.markup import flattened
from throughline.frameworks.tables.builder import FOUR_STEPS, Building, Row, RowProblem
from throughline.frameworks.tables.cells import Cells
from throughline.frameworks.tables.layout import COUNTED, LEVELS, OWN_COLUMNS, Kind, bare, heading
from throughline.frameworks.tables.row_result import SAID, Line
from throughline.kit.text import clean_line

# Facts above the headings, as we call them.
_FACTS = {
    "title": Kind.TITLE,
    "code": Kind.CODE,
    "version": Kind.VERSION,
    "language": Kind.LANGUAGE,
    "summary": Kind.SUMMARY,
    "description": Kind.SUMMARY,
    "attribution": Kind.ATTRIBUTION,
    "source": Kind.SOURCE,
    "officialsourceurl": Kind.SOURCE,
}


@dataclass(slots=True)
class OwnTable:
    """What was read: its rows, the framework when none is wrong, and what each column means."""

    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    plan: Blueprint | None = None


def own_table(cells: Cells, title: str) -> OwnTable:
    """Every row of the table in its turn, and the whole; `title` names a framework that does not say its own name."""
    columns = _columns(cells)
    named = set(columns.values())
    found = OwnTable(columns=[(cells.name(at), columns.get(at, "")) for at in range(len(cells.headings))])
    _remark_on_columns(cells, columns, found.notes)
    building = Building()
    _take_facts(building, cells, found.notes)
    full = "kind" in named
    code = next((at for at, name in columns.items() if name == "code"), -1)
    for number, row in cells.rows:
        given = {name: row[at] for at, name in columns.items() if at < len(row)}
        look = cells.look(number, row, columns, code)
        line = Line(number, problem=look.problem, remarks=tuple(look.remarks))
        lost = [
            f"{cells.name(at)}: {flattened(text, SAID)}"
            for at, text in enumerate(row[: len(cells.headings)])
            if at not in columns and text.strip()
        ]
        if not line.problem:
            things = _take(building, given, line, full=full)
            lost += _unused(building, given, things, cells, columns)
        line.lost = (*lost, *look.lost)
        found.lines.append(line)
    if 0 < len(building.steps) < STEPS:
        last = [line for line in found.lines if line.becomes == (Kind.STEP.value,)][-1]
        last.problem = last.problem or str(FOUR_STEPS)
    if not any(line.problem for line in found.lines):
        found.plan = building.blueprint(title)
        _finish(found.plan, found.notes, building)
    return found


def _columns(cells: Cells) -> dict[int, str]:
    """What the column at each place is. A heading used twice is refused; of two words for the same the first counts."""
    columns: dict[int, str] = {}
    said: set[str] = set()
    for place, cell in enumerate(cells.headings):
        words, name = bare(cell), heading(cell)
        if words and words in said:
            raise FrameworkProblem(_("Two columns are headed “%(name)s”.") % {"name": clean_line(cell)[:40]})
        said.add(words)
        if name in OWN_COLUMNS and name not in columns.values():
            columns[place] = name
    if not _is_our_kind(cells, columns):
        columns = {place: name for place, name in columns.items() if name != "kind"}
    return columns


def _remark_on_columns(cells: Cells, columns: dict[int, str], notes: list[str]) -> None:
    unknown = [
        cells.name(at) for at, cell in enumerate(cells.headings) if at not in columns and clean_line(cell)
    ]
    if unknown:
        notes.append(
            ngettext(
                "A column is not kept because its heading is not known: %(names)s.",
                "%(count)d columns are not kept because their headings are not known: %(names)s.",
                len(unknown),
            )
            % {"count": len(unknown), "names": ", ".join(unknown[:8])}
        )


def _is_our_kind(cells: Cells, columns: dict[int, str]) -> bool:
    """Whether a column headed “kind” says what rows are; in a table with a column for competencies it may say anything."""
    places = {name: place for place, name in columns.items()}
    if "kind" not in places or "text" in places or "competency" not in places:
        return True
    at = places["kind"]
    words = {" ".join(row[at].split()).casefold() for _number, row in cells.rows if at < len(row)} - {""}
    kinds = {_KINDS.get(word, word) for word in words}
    return Kind.DOMAIN in kinds and kinds <= set(Kind)


def _take_facts(building: Building, cells: Cells, notes: list[str]) -> None:
    facts = dict(cells.facts)
    wrote = [facts.pop(name) for name in ("attribution", "creator", "publisher") if name in facts]
    if wrote:
        facts["attribution"] = " · ".join(dict.fromkeys(wrote))
    for name, text in facts.items():
        why = _("is not known")
        if name in _FACTS:
            try:
                building.add(_FACTS[name], {"text": text}, 0)
                continue
            except RowProblem as problem:
                why = str(problem)
        notes.append(
            _("“#%(name)s” above the headings is not kept: %(why)s") % {"name": name[:40], "why": why}
        )


def _take(building: Building, given: Row, line: Line, *, full: bool) -> list[tuple[Kind, Row]]:
    """Put one row into the framework, or say on its line why not; what it became."""
    things: list[tuple[Kind, Row]] = []
    try:
        things = _by_kind(given) if full else list(_by_column(building, given))
        for kind, row in things:
            line.becomes = (*line.becomes, kind.value)
            line.says = flattened(row.get("text", ""), SAID)
            building.add(kind, row, line.row)
    except RowProblem as problem:
        line.problem = str(problem)
    return things


def _unused(
    building: Building, given: Row, things: list[tuple[Kind, Row]], cells: Cells, columns: dict[int, str]
) -> list[str]:
    """The cells that mean nothing for what the row became, unless they only say again what the competency above says."""
    names = {name: cells.name(place) for place, name in columns.items()}
    taken = {"kind"} if "kind" in names else {"title", "domain", "competency", "indicator"}
    fresh = any(kind in (Kind.DOMAIN, Kind.COMPETENCY) for kind, _row in things)
    above = building.above.row if building.above is not None and not fresh else {}
    lost = []
    for name, cell in given.items():
        text = cell.strip()
        if not text or name in taken or any(row.get("text", "").strip() == text for _kind, row in things):
            continue
        used = any(_counts(name, kind) and row.get(name, "").strip() == text for kind, row in things)
        again = above.get(name, "").strip() in (text, LEVELS.get(text.casefold(), text))
        if not used and not (again and "kind" not in names):
            lost.append(f"{names[name]}: {flattened(text, SAID)}")
    return lost


def _counts(name: str, kind: Kind) -> bool:
    return name in COUNTED.get(kind, ("text",)) or (kind is Kind.COMPETENCY and name.startswith("step "))


def _by_kind(given: Row) -> list[tuple[Kind, Row]]:
    word = " ".join(given.get("kind", "").split()).casefold()
    if not word:
        raise RowProblem(_("The column “kind” does not say what this row is."))
    try:
        kind = Kind(_KINDS.get(word, word))
    except ValueError:
        raise RowProblem(
            _("“%(word)s” is not a kind of row. The kinds are: %(all)s.")
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


def _finish(plan: Blueprint, notes: list[str], building: Building) -> None:
    if building.unsaid_levels:
        notes.append(
            ngettext(
                "%(count)d competency has no level, so it counts as foundational.",
                "%(count)d competencies have no level, so they count as foundational.",
                building.unsaid_levels,
            )
            % {"count": building.unsaid_levels}
        )
    if plan.borrows_steps:
        notes.append(_("It has no steps of its own, so the four general ones are used."))
    check(plan)
