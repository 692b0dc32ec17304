"""Named reads of the plan, starting from what a person may see."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from throughline.journeys.models import Journey
from throughline.kit.prepared import prepared
from throughline.plans.models import Action, Goal
from throughline.plans.policy import STAFF, may_see_plan, visible_actions
from throughline.schools.models import Membership, Organisation, RoleHolding
from throughline.schools.tenant import Seat


class Known(NamedTuple):
    """Somebody who can take something on."""

    id: UUID
    name: str
    staff: bool


def goals_of(seat: Seat) -> QuerySet[Goal]:
    """The goals that this person may see, in the plan's order."""
    if not may_see_plan(seat):
        return Goal.objects.none()
    return (
        Goal.objects.filter(organisation=seat.organisation)
        .select_related("journey__record", "priority")
        .order_by("position", "made_at", "pk")
    )


def actions_of(seat: Seat) -> QuerySet[Action]:
    """The actions that this person may see, in the plan's order."""
    return (
        Action.objects.filter(visible_actions(seat))
        .select_related("owner", "goal__journey__record")
        .order_by("goal__position", "position", "made_at", "pk")
    )


def action_in(seat: Seat, action_id: UUID) -> Action | None:
    """One action that this person may see. One query."""
    if seat.has(*STAFF):
        return next(iter(_action(seat.organisation.pk, action_id)), None)
    return actions_of(seat).filter(pk=action_id).first()


@prepared
def _action(organisation: UUID, action: UUID) -> QuerySet[Action]:
    rows = Action.objects.filter(organisation=organisation, pk=action)
    return rows.select_related("owner", "goal__journey__record")


def goal_in(seat: Seat, goal_id: UUID) -> Goal | None:
    """One goal that this person may see. One query."""
    return next(iter(_goal(seat.organisation.pk, goal_id)), None) if may_see_plan(seat) else None


@prepared
def _goal(organisation: UUID, goal: UUID) -> QuerySet[Goal]:
    rows = Goal.objects.filter(organisation=organisation, pk=goal)
    return rows.select_related("journey__record", "priority")


def staff_of(organisation: Organisation) -> list[Membership]:
    """Those of the staff who are in, by name: who can own a part of the plan. One query."""
    held = RoleHolding.objects.filter(organisation=organisation, role__in=STAFF).values("membership")
    here = Membership.objects.filter(organisation=organisation, pk__in=held)
    return list(here.filter(joined_at__isnull=False, left_at__isnull=True).order_by("name", "pk"))


def people_of(seat: Seat) -> list[Known]:
    """Everybody who has come in and not left, by name; staff are marked. One query."""
    return [Known(*each) for each in _people(seat.organisation.pk)]


@prepared
def _people(organisation: UUID) -> QuerySet[Membership, tuple[Any, ...]]:
    roles = RoleHolding.objects.filter(
        organisation=organisation, membership=OuterRef("pk"), role__in=[each.value for each in STAFF]
    )
    here = Membership.objects.filter(organisation=organisation, joined_at__isnull=False, left_at__isnull=True)
    return here.annotate(staff=Exists(roles)).order_by("name", "id").values_list("id", "name", "staff")


def journeys_of(seat: Seat) -> list[tuple[UUID, str]]:
    """The journeys of this organisation that a goal can come from, by name. One query."""
    return [(key, name) for key, name in _journeys(seat.organisation.pk)]


@prepared
def _journeys(organisation: UUID) -> QuerySet[Journey, tuple[Any, ...]]:
    return (
        Journey.objects.filter(organisation=organisation, archived_at=None)
        .order_by("record__group_id", "name", "id")
        .values_list("id", "name")
    )
