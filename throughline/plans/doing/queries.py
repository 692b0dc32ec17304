"""Reads of actions: the lines of the plan, and what stands around one action."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from throughline.kit.prepared import prepared
from throughline.plans.models import OPEN_STATES, Action, Goal, Helper, LogEntry, Waits
from throughline.plans.queries import actions_of
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat

LOG_SHOWN = 50
COLUMNS = (
    "id",
    "goal_id",
    "title",
    "state",
    "starts_on",
    "due_on",
    "owner_id",
    "owner__name",
    "owner__left_at",
)


class Line(NamedTuple):
    """An action as a line of the plan shows it. An owner who has left is nobody's owner any more."""

    id: UUID
    goal_id: UUID | None
    title: str
    state: str
    starts_on: date | None
    due_on: date | None
    owner_id: UUID | None
    owner: str | None
    owner_left: Any

    @property
    def is_open(self) -> bool:
        """Neither done nor given up."""
        return self.state in OPEN_STATES

    @property
    def needs_owner(self) -> bool:
        """Open, and nobody who is here looks after it."""
        return self.is_open and (self.owner_id is None or self.owner_left is not None)

    def is_late(self, today: date) -> bool:
        """Open after its day."""
        return self.is_open and self.due_on is not None and self.due_on < today


def lines_of(organisation: UUID) -> list[Line]:
    """Every action of the plan as a line, in the plan's order. One query. For whoever sees the whole plan."""
    return [Line(*each) for each in _lines(organisation)]


@prepared
def _lines(organisation: UUID) -> QuerySet[Action, tuple[Any, ...]]:
    return (
        Action.objects.filter(organisation=organisation)
        .order_by("goal__position", "position", "made_at", "pk")
        .values_list(*COLUMNS)
    )


def goal_lines(goal: Goal) -> list[Line]:
    """Every action of a goal as a line, in the plan's order. One query."""
    return [Line(*each) for each in _goal_lines(goal.organisation_id, goal.pk)]


@prepared
def _goal_lines(organisation: UUID, goal: UUID) -> QuerySet[Action, tuple[Any, ...]]:
    rows = Action.objects.filter(organisation=organisation, goal=goal)
    return rows.order_by("position", "made_at", "pk").values_list(*COLUMNS)


def open_waits(organisation: UUID) -> dict[UUID, int]:
    """How many unfinished actions each action waits for. One query."""
    counts: dict[UUID, int] = defaultdict(int)
    for each in _open_waits(organisation):
        counts[each] += 1
    return counts


@prepared
def _open_waits(organisation: UUID) -> QuerySet[Waits, UUID]:
    return Waits.objects.filter(organisation=organisation, on__state__in=list(OPEN_STATES)).values_list(
        "action_id", flat=True
    )


def helpers_of(action: Action) -> list[Membership]:
    """Who helps. One query."""
    return [each.membership for each in _helpers(action.organisation_id, action.pk)]


@prepared
def _helpers(organisation: UUID, action: UUID) -> QuerySet[Helper]:
    rows = Helper.objects.filter(organisation=organisation, action=action)
    return rows.select_related("membership").order_by("membership__name")


def waited_for(action: Action) -> list[Action]:
    """What an action waits for. One query."""
    return [each.on for each in _waited_for(action.organisation_id, action.pk)]


@prepared
def _waited_for(organisation: UUID, action: UUID) -> QuerySet[Waits]:
    rows = Waits.objects.filter(organisation=organisation, action=action)
    return rows.select_related("on__owner").order_by("on__due_on", "on__title")


def waiting_for(action: Action) -> list[Action]:
    """What waits for an action. One query."""
    return [each.action for each in _waiting_for(action.organisation_id, action.pk)]


@prepared
def _waiting_for(organisation: UUID, on: UUID) -> QuerySet[Waits]:
    rows = Waits.objects.filter(organisation=organisation, on=on)
    return rows.select_related("action__owner").order_by("action__due_on", "action__title")


def log_of(about: Action | Goal) -> list[LogEntry]:
    """What happened to an action, or to a goal and what people said of its actions, newest first. One query."""
    read = _log_of_action if isinstance(about, Action) else _log_of_goal
    return read(about.organisation_id, about.pk)


def _newest(rows: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    return rows.select_related("by").order_by("-on", "-at")[:LOG_SHOWN]


@prepared
def _log_of_action(organisation: UUID, action: UUID) -> QuerySet[LogEntry]:
    return _newest(LogEntry.objects.filter(organisation=organisation, action=action))


@prepared
def _log_of_goal(organisation: UUID, goal: UUID) -> QuerySet[LogEntry]:
    of_actions = Q(action__goal=goal) & ~Q(text="")
    rows = LogEntry.objects.filter(Q(goal=goal) | of_actions, organisation=organisation)
    return _newest(rows.select_related("action"))


def goals_to_choose(organisation: UUID, besides: UUID | None = None) -> list[tuple[UUID, str]]:
    """The goals that are worked on, in the plan's order, and the one that something belongs to already. One query."""
    rows = Goal.objects.filter(Q(state=Goal.State.OPEN) | Q(pk=besides), organisation=organisation)
    return list(rows.order_by("position", "made_at", "pk").values_list("pk", "title"))


def actions_to_wait_for(
    seat: Seat, without: Iterable[UUID], elsewhere: str
) -> list[tuple[str, list[tuple[UUID, str]]]]:
    """The unfinished actions that one can wait for, by goal. One query."""
    left_out, groups = set(without), defaultdict(list)
    rows = actions_of(seat).filter(state__in=OPEN_STATES).values_list("pk", "title", "goal__title")
    for key, title, goal in rows:
        if key not in left_out:
            groups[goal or elsewhere].append((key, title))
    return list(groups.items())
