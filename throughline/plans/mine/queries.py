"""What somebody has taken on, and what it waits for."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughline.kit.prepared import prepared
from throughline.plans.models import OPEN_STATES, Action, Helper, Waits
from throughline.schools.tenant import Seat


class Mine(NamedTuple):
    """An action that somebody owns or helps with."""

    id: UUID
    title: str
    state: str
    state_on: date | None
    due_on: date | None
    owner_id: UUID | None
    owner: str | None
    goal: str | None

    @property
    def is_open(self) -> bool:
        """Neither done nor given up."""
        return self.state in OPEN_STATES


class Awaited(NamedTuple):
    """What an action waits for: its name, who does it, and by when."""

    action: UUID
    title: str
    owner: str | None
    due_on: date | None


def mine_of(seat: Seat) -> list[Mine]:
    """Everything that this person owns or helps with. One query."""
    return [Mine(*each) for each in _mine(seat.organisation.pk, seat.membership.pk)]


@prepared
def _mine(organisation: UUID, membership: UUID) -> QuerySet[Action, tuple[Any, ...]]:
    helps = Helper.objects.filter(organisation=organisation, action=OuterRef("pk"), membership=membership)
    return (
        Action.objects.filter(Q(owner=membership) | Q(Exists(helps)), organisation=organisation)
        .order_by("due_on", "title", "pk")
        .values_list("pk", "title", "state", "state_on", "due_on", "owner", "owner__name", "goal__title")
    )


def awaited_by(seat: Seat) -> dict[UUID, list[Awaited]]:
    """The unfinished actions that open actions wait for, by the one that waits. One query."""
    found: dict[UUID, list[Awaited]] = defaultdict(list)
    for each in _awaited(seat.organisation.pk):
        found[each[0]].append(Awaited(*each))
    return found


@prepared
def _awaited(organisation: UUID) -> QuerySet[Waits, tuple[Any, ...]]:
    rows = Waits.objects.filter(
        organisation=organisation, on__state__in=list(OPEN_STATES), action__state__in=list(OPEN_STATES)
    )
    return rows.order_by("on__due_on", "on__title").values_list(
        "action_id", "on__title", "on__owner__name", "on__due_on"
    )
