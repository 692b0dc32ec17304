"""Named reads of the plan, starting from what a person may see."""

from uuid import UUID

from django.db.models import QuerySet

from throughline.plans.models import Action, Goal
from throughline.plans.policy import STAFF, may_see_plan, visible_actions
from throughline.schools.models import Membership, Organisation, RoleHolding
from throughline.schools.tenant import Seat


def goals_of(seat: Seat) -> QuerySet[Goal]:
    """The goals that this person may see, in the plan's order."""
    if not may_see_plan(seat):
        return Goal.objects.none()
    return (
        Goal.objects.filter(organisation=seat.organisation)
        .select_related("journey", "priority")
        .order_by("position", "made_at", "pk")
    )


def actions_of(seat: Seat) -> QuerySet[Action]:
    """The actions that this person may see, in the plan's order."""
    return (
        Action.objects.filter(visible_actions(seat))
        .select_related("owner", "goal")
        .order_by("goal__position", "position", "made_at", "pk")
    )


def action_in(seat: Seat, action_id: UUID) -> Action | None:
    """One action that this person may see. One query."""
    return actions_of(seat).filter(pk=action_id).first()


def staff_of(organisation: Organisation) -> list[Membership]:
    """Those of the staff who are in, by name: who can own a part of the plan. One query."""
    held = RoleHolding.objects.filter(organisation=organisation, role__in=STAFF).values("membership")
    here = Membership.objects.filter(organisation=organisation, pk__in=held)
    return list(here.filter(joined_at__isnull=False, left_at__isnull=True).order_by("name", "pk"))
