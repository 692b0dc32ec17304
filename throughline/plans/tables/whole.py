"""The whole plan as it goes out: goals, actions, measures with their values, risks and the log, read once for every kind of file.

What educators write for themselves and what two of a mentoring pair write is no part of it.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughline.plans.log import about, in_words
from throughline.plans.measuring.numbers import bare
from throughline.plans.models import Goal, LogEntry, Measure, MeasureValue, Risk, Serves
from throughline.plans.risks.queries import all_risks
from throughline.plans.serving import NAMES
from throughline.plans.tables.columns_in_words import HEADINGS, WIDTHS
from throughline.plans.tables.queries import plan_rows
from throughline.schools.models import Membership

MOST_LINES = 10_000  # so many lines of the log and so many values go out, the newest first

Row = dict[str, Any]  # texts and numbers by our names of the columns


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its columns by our names, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: list[Row]

    @property
    def headings(self) -> list[str]:
        """What its columns are called in the file."""
        return [HEADINGS.get(name, name.replace("_", " ")) for name in self.columns]

    @property
    def widths(self) -> list[int]:
        """How wide its columns are."""
        return [WIDTHS.get(name, 18) for name in self.columns]


def whole_plan(organisation: UUID) -> dict[str, Sheet]:
    """Every table of the plan by its name, actions first: they come in again. Nine queries."""
    serves = _serves(organisation)
    sheets = (
        actions_sheet(organisation, serves),
        _goals(organisation, serves),
        _measures(organisation, serves),
        _values(organisation),
        _risks(organisation, serves),
        _log(organisation),
    )
    return {each.name: each for each in sheets}


def actions_sheet(organisation: UUID, serves: dict[UUID, list[str]] | None = None) -> Sheet:
    """The table of actions alone: what comes in again, and beside it what waits for what and what serves what. Five queries."""
    serves = _serves(organisation) if serves is None else serves
    rows: list[Row] = [{**row, "serves": _joined(serves, row.get("key"))} for row in plan_rows(organisation)]
    return Sheet("actions", tuple(HEADINGS), rows)


def _serves(organisation: UUID) -> dict[UUID, list[str]]:
    """The names of the competencies that each part serves, by its id. One query."""
    parts = [f"{name}_id" for name in NAMES.values()]
    rows = Serves.objects.filter(organisation=organisation).order_by("competency__code")
    found: dict[UUID, list[str]] = defaultdict(list)
    for name, *keys in rows.values_list("competency__name", *parts):
        found[next(filter(None, keys))].append(name)
    return found


def _joined(serves: dict[UUID, list[str]], key: Any) -> str:
    return "; ".join(serves.get(UUID(key) if isinstance(key, str) else key, ())) if key else ""


def _who(member: Membership | None) -> str:
    return member.name if member and member.is_active else ""


def _title(part: Goal | Measure | None) -> str:
    return part.title if part else ""


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _number(value: Any) -> Any:
    return "" if value is None else bare(value)


def _goals(organisation: UUID, serves: dict[UUID, list[str]]) -> Sheet:
    rows = Goal.objects.filter(organisation=organisation).order_by("position", "made_at", "pk")
    columns = ("key", "goal", "for_whom", "by_when", "state", "why", "serves")
    found = [
        (str(each.pk), each.title, each.for_whom, _day(each.by_when), each.state, each.why) for each in rows
    ]
    return Sheet("goals", columns, [_row(columns, (*row, _joined(serves, row[0]))) for row in found])


def _row(columns: tuple[str, ...], cells: tuple[Any, ...]) -> Row:
    return dict(zip(columns, cells, strict=True))


def _measures(organisation: UUID, serves: dict[UUID, list[str]]) -> Sheet:
    rows = Measure.objects.filter(organisation=organisation).select_related("goal", "keeper")
    columns = (
        *("key", "goal", "measure", "definition", "source", "unit", "kind", "baseline", "baseline_on"),
        *("target", "target_on", "better", "every_months", "keeper", "ended_on", "serves"),
    )
    found = [
        (
            str(each.pk),
            _title(each.goal),
            each.title,
            each.definition,
            each.source,
            each.unit,
            each.kind,
            _number(each.baseline),
            _day(each.baseline_on),
            _number(each.target),
            _day(each.target_on),
            "more" if each.more_is_better else "less",
            each.every_months,
            _who(each.keeper),
            _day(each.ended_at and each.ended_at.date()),
            _joined(serves, each.pk),
        )
        for each in rows.order_by("goal__position", "position", "made_at", "pk")
    ]
    return Sheet("measures", columns, [_row(columns, row) for row in found])


def _values(organisation: UUID) -> Sheet:
    rows = MeasureValue.objects.filter(organisation=organisation, taken_back_at=None)
    kept = rows.select_related("measure__goal").order_by("-on", "-at")[:MOST_LINES]
    columns = ("measure_key", "measure", "read_on", "value", "unit", "note")
    found = [
        (
            str(each.measure_id),
            each.measure.title,
            _day(each.on),
            bare(each.value),
            each.measure.unit,
            each.note,
        )
        for each in kept
    ]
    found.sort(key=lambda row: (row[1], row[0], row[2]))
    return Sheet("values", columns, [_row(columns, row) for row in found])


def _risks(organisation: UUID, serves: dict[UUID, list[str]]) -> Sheet:
    columns = (
        *(
            "key",
            "goal",
            "risk",
            "likelihood",
            "effect",
            "response",
            "owner",
            "look_again_on",
            "state",
            "serves",
        ),
    )
    found = [
        (
            str(each.pk),
            _title(each.goal),
            each.title,
            Risk.Size(each.likelihood).name.lower(),
            Risk.Size(each.effect).name.lower(),
            each.response,
            _who(each.owner),
            _day(each.review_on),
            "open" if each.closed_at is None else "came true" if each.came_true else "closed",
            _joined(serves, each.pk),
        )
        for each in all_risks(organisation)
    ]
    return Sheet("risks", columns, [_row(columns, row) for row in found])


def _log(organisation: UUID) -> Sheet:
    rows = LogEntry.objects.filter(organisation=organisation)
    kept = rows.select_related("by", "goal", "action", "measure", "test", "policy").order_by(
        "-on", "-at", "pk"
    )[:MOST_LINES]
    columns = ("on", "kind", "about", "words", "what_changed", "by")
    found = [
        (_day(each.on), each.kind, about(each), each.text, " ".join(in_words(each)), each.by.name)
        for each in kept
    ]
    return Sheet("log", columns, [_row(columns, row) for row in found])
