"""Reads of risks, the gravest first."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet

from throughline.kit.prepared import prepared
from throughline.plans.models import Goal, Risk
from throughline.plans.policy import may_see_plan
from throughline.schools.tenant import Seat

GRAVE, SOME = 6, 3


class Weighed(NamedTuple):
    """A risk, how grave it is as a tone of the page, and whether it is time to look at it again."""

    risk: Risk
    tone: str
    due: bool


def weighed(risk: Risk, today: date) -> Weighed:
    """Likelihood times effect: from 6 grave, from 3 to be watched. Pure."""
    weight = risk.likelihood * risk.effect
    tone = "error" if weight >= GRAVE else "warn" if weight >= SOME else ""
    due = risk.closed_at is None and risk.review_on is not None and risk.review_on <= today
    return Weighed(risk, tone, due)


def risks_of(seat: Seat) -> QuerySet[Risk]:
    """The risks that this person may see, the gravest first."""
    if not may_see_plan(seat):
        return Risk.objects.none()
    return all_risks(seat.organisation.pk)


def all_risks(organisation: UUID) -> QuerySet[Risk]:
    """Every risk of a plan, the gravest first. For whoever sees the whole plan."""
    return (
        Risk.objects.filter(organisation=organisation)
        .select_related("goal__journey__record", "owner")
        .order_by(-(F("likelihood") * F("effect")), "review_on", "made_at", "pk")
    )


def open_risks_of(goal: Goal, today: date) -> list[Weighed]:
    """What could keep a goal from being reached, the gravest first. One query."""
    return [weighed(each, today) for each in _open_risks(goal.organisation_id, goal.pk)]


@prepared
def _open_risks(organisation: UUID, goal: UUID) -> QuerySet[Risk]:
    rows = Risk.objects.filter(organisation=organisation, goal=goal, closed_at=None)
    return rows.select_related("owner").order_by(-(F("likelihood") * F("effect")), "made_at", "pk")
