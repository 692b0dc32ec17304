"""An existing plan comes in from a table: kept while its columns are chosen, then brought in as a whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.kit.ids import parse_uuid
from throughline.kit.text import clean_line
from throughline.plans.doing.checking import MOST_ACTIONS
from throughline.plans.goals.checking import MOST_GOALS
from throughline.plans.models import Action, Goal, Helper, LogEntry, OutsideKey, PlanTable
from throughline.plans.policy import may_change_plan
from throughline.plans.tables.columns import chosen_columns, guessed
from throughline.plans.tables.days import DAY_FIRST, MONTH_FIRST, order_in
from throughline.plans.tables.queries import goals_by_title, known_of
from throughline.plans.tables.reading import read_table
from throughline.plans.tables.rules import Line, lines_of
from throughline.schools.log import note
from throughline.schools.models import Membership, Organisation

KEPT_FOR = timedelta(days=7)
MOST_NAMES = 2_000
_PLAIN = ("title", "starts_on", "due_on", "done_when", "resources")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose for a table: its columns by field, which number of a date comes first, who is meant by names that
    we don't know (by `rules.word_of`: the id of a member, an empty text for nobody, None to be asked again), and whether nobody is by all others.
    """

    columns: Mapping[str, int]
    order: str = ""
    without_owner: bool = False
    people: Mapping[str, str | None] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """As it is kept with the table."""
        return {
            "columns": dict(self.columns),
            "order": self.order,
            "without_owner": self.without_owner,
            "people": {word: key for word, key in self.people.items() if key is not None},
        }


@dataclass(frozen=True, slots=True)
class Came:
    """How many actions and goals a table brought, and how many actions it changed."""

    new: int
    changed: int
    goals: int


@transaction.atomic
def bring_table(*, name: str, raw: bytes, by: Membership) -> PlanTable:
    """Keep the rows of a file with what its columns seem to mean. Raises `ValidationError` when it cannot be read."""
    may_change_plan(by).enforce()
    table = read_table(raw)
    mine = PlanTable.objects.filter(organisation=by.organisation_id, made_by=by)
    mine.delete()
    return PlanTable.objects.create(
        organisation_id=by.organisation_id,
        name=clean_line(name)[:200],
        headings=table.headings,
        rows=[[number, cells, faults] for number, cells, faults in table.rows],
        chosen=Chosen(guessed(table.headings)).kept(),
        made_by=by,
    )


@transaction.atomic
def choose_columns(*, table: PlanTable, chosen: Chosen, by: Membership) -> PlanTable:
    """Say what its columns mean. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    held = PlanTable.objects.select_for_update().get(pk=table.pk, organisation=by.organisation_id, made_by=by)
    columns = chosen_columns(chosen.columns, len(held.headings))
    if len(set(columns.values())) < len(columns):
        raise ValidationError(_("A column can be one thing only. Choose another for one of the two."))
    if chosen.order not in ("", DAY_FIRST, MONTH_FIRST):
        raise ValidationError({"order": _("Choose which number is the day.")})
    people = _people_here(chosen.people, by)
    # What was chosen for a name before stays, also while the column that names it is another.
    people = {**held.chosen.get("people", {}), **people}
    held.chosen = Chosen(columns, chosen.order, chosen.without_owner, people).kept()
    held.save(update_fields=["chosen"])
    return held


def _people_here(chosen: Mapping[str, str | None], by: Membership) -> dict[str, str | None]:
    """What was chosen for names. Raises `ValidationError` for somebody who is not here."""
    wanted = {key for said in chosen.values() if said and (key := parse_uuid(said))}
    here = Membership.objects.filter(organisation=by.organisation_id, joined_at__isnull=False, left_at=None)
    found = set(here.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    if len(chosen) > MOST_NAMES or any(key and parse_uuid(key) not in found for key in chosen.values()):
        raise ValidationError(_("Choose people who belong to this organization."))
    return dict(chosen)


def order_of(table: PlanTable) -> str | None:
    """Which number of its dates comes first; None when it must be asked."""
    columns = chosen_columns(table.chosen["columns"], len(table.headings))
    places = [columns[name] for name in ("by_when", "starts_on", "due_on") if name in columns]
    texts = [cells[at] for _number, cells, _faults in table.rows for at in places if at < len(cells)]
    told = order_in(texts)
    return told if told is not None else table.chosen["order"] or None


def read_lines(table: PlanTable) -> list[Line]:
    """What each row becomes as the plan stands now. Four queries."""
    columns = chosen_columns(table.chosen["columns"], len(table.headings))
    return lines_of(
        table.rows,
        table.headings,
        columns,
        known_of(table.organisation_id),
        order=order_of(table) or "",
        without_owner=bool(table.chosen["without_owner"]),
        people={word: parse_uuid(key) for word, key in table.chosen.get("people", {}).items()},
    )


@transaction.atomic
def import_table(*, table: PlanTable, by: Membership, journey: Journey | None = None) -> Came:
    """Bring the whole table into the plan, or nothing of it. `journey` is where new goals belong. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    here = by.organisation_id
    # Two who bring the same table at once come one after the other: the second finds everything there.
    Organisation.objects.select_for_update(no_key=True).get(pk=here)
    held = PlanTable.objects.select_for_update().filter(pk=table.pk, organisation=here, made_by=by).first()
    if held is None:
        raise ValidationError(_("This table is in the plan already, or was put aside."))
    if order_of(held) is None:
        raise ValidationError(_("Choose which number is the day."))
    lines = read_lines(held)
    if any(line.wrong for line in lines):
        raise ValidationError(_("Some rows cannot be brought in as they are. Nothing has been changed."))
    if journey is not None and journey.organisation_id != here:
        raise ValidationError({"journey": _("Choose a journey of this organization.")})
    goals, made = _goals(lines, journey, by)
    new = [line for line in lines if line.becomes == "new"]
    changed = [line for line in lines if line.becomes == "changed"]
    if Action.objects.filter(organisation=here).count() + len(new) > MOST_ACTIONS:
        raise ValidationError(_("A plan can have at most %(most)d actions.") % {"most": MOST_ACTIONS})
    _add(new, goals, by)
    _change(changed, goals, by)
    _keep_keys(lines, here)
    held.delete()
    came = Came(len(new), len(changed), made)
    if any(asdict(came).values()):
        note("plan.imported", by=by, **asdict(came))
    return came


def _goals(lines: Sequence[Line], journey: Journey | None, by: Membership) -> tuple[dict[str, Goal], int]:
    """The goals that the rows name, by their words; those that are new are made."""
    known = goals_by_title(by.organisation_id)
    wanted: dict[str, Goal] = {}
    for told in (line.told for line in lines if line.told.get("goal")):
        key = told["goal"].casefold()
        if key in known:
            continue
        goal = wanted.setdefault(
            key, Goal(title=told["goal"], made_by=by, organisation_id=by.organisation_id)
        )
        goal.for_whom = goal.for_whom or told.get("for_whom", "")
        goal.by_when = goal.by_when or told.get("by_when")
    if not wanted:
        return known, 0
    if journey is None:
        raise ValidationError({"journey": _("Choose the journey that the new goals belong to.")})
    if len(known) + len(wanted) > MOST_GOALS:
        raise ValidationError(_("A plan can have at most %(most)d goals.") % {"most": MOST_GOALS})
    last = max((each.position for each in known.values()), default=0)
    for place, goal in enumerate(wanted.values(), last + 1):
        goal.journey, goal.position = journey, place
    Goal.objects.bulk_create(wanted.values(), batch_size=500)
    return known | wanted, len(wanted)


def _goal_of(told: Mapping[str, Any], goals: Mapping[str, Goal]) -> Goal | None:
    return goals[told["goal"].casefold()] if told.get("goal") else None


def _add(lines: Sequence[Line], goals: Mapping[str, Goal], by: Membership) -> None:
    here = by.organisation_id
    ends = Action.objects.filter(organisation=here).values_list("goal").annotate(last=Max("position"))
    last = dict(ends)
    made, helpers = [], []
    for line in lines:
        told, goal = line.told, _goal_of(line.told, goals)
        place = goal.pk if goal else None
        last[place] = last.get(place, 0) + 1
        action = Action(organisation_id=here, made_by=by, goal=goal, position=last[place])
        for name in _PLAIN:
            setattr(action, name, told.get(name, getattr(action, name)))
        action.owner_id = told.get("owner")
        action.state = told.get("state", action.state)
        action.state_on = clock.today() if action.state != Action.State.PLANNED else None
        made.append(action)
        line.action = action.pk
        helpers += [(action.pk, each) for each in told.get("helpers", set()) - {action.owner_id}]
    Action.objects.bulk_create(made, batch_size=500)
    _help(helpers, here)


def _help(pairs: Sequence[tuple[UUID, UUID]], here: UUID) -> None:
    rows = [Helper(organisation_id=here, action_id=action, membership_id=who) for action, who in pairs]
    Helper.objects.bulk_create(rows, batch_size=500)


def _change(lines: Sequence[Line], goals: Mapping[str, Goal], by: Membership) -> None:
    here = by.organisation_id
    rows = Action.objects.select_for_update(of=("self",)).filter(organisation=here)
    held = rows.in_bulk([line.action for line in lines])
    told_in_log, helpers = [], []
    for line in lines:
        action = held[line.action]
        data: dict[str, list[str | None]] = {}
        for name, value in line.changes.items():
            if name == "helpers":
                continue
            value = _goal_of(line.told, goals) if name == "goal" else value
            field = {"owner": "owner_id", "goal": "goal_id"}.get(name, name)
            key = value.pk if isinstance(value, Goal) else value
            if name not in ("title", "done_when", "resources"):
                data[name] = [_told(getattr(action, field)), _told(key)]
            setattr(action, field, key)
        if "state" in line.changes:
            action.state_on = clock.today()
        if "helpers" in line.changes:
            helpers.append((action, line.changes["helpers"] - {action.owner_id}))
        action.version, action.changed_at = action.version + 1, clock.now()
        if data:
            told_in_log.append((action, data))
    # Ten columns of many rows: written over what stands, which takes a fraction of what `bulk_update` does.
    Action.objects.bulk_create(
        held.values(),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*_PLAIN, "owner", "goal", "state", "state_on", "version", "changed_at"],
    )
    LogEntry.objects.bulk_create(
        [
            LogEntry(
                organisation_id=here,
                kind=LogEntry.Kind.CHANGED,
                on=clock.today(),
                data=data,
                action=action,
                by=by,
            )
            for action, data in told_in_log
        ],
        batch_size=500,
    )
    for action, wanted in helpers:
        Helper.objects.filter(organisation=here, action=action).delete()
        _help([(action.pk, each) for each in sorted(wanted)], here)


def _told(value: Any) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value else None


def _keep_keys(lines: Sequence[Line], here: UUID) -> None:
    """Remember what the rows are called in their own table."""
    rows = [
        OutsideKey(organisation_id=here, action_id=line.action, key=line.told["key"])
        for line in lines
        if line.action and line.told.get("key") and line.told["key"] != str(line.action)
    ]
    OutsideKey.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["organisation", "key"],
        update_fields=["action"],
    )


@transaction.atomic
def put_aside(*, table: PlanTable, by: Membership) -> None:
    """Forget a table that was not brought in. Safe to repeat."""
    may_change_plan(by).enforce()
    PlanTable.objects.filter(pk=table.pk, organisation=by.organisation_id, made_by=by).delete()


def forget_tables() -> int:
    """Tables that nobody came back to are gone after a week."""
    gone, _by_kind = PlanTable.objects.filter(made_at__lt=clock.now() - KEPT_FOR).delete()
    return gone
