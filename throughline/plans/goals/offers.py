"""What the plan puts on pages of a round: from a priority to a goal."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.journeys.hooks import Offered
from throughline.journeys.models import Round
from throughline.journeys.policy import Place
from throughline.plans.policy import may_change_plan


def on_priority(place: Place, held: Round, competency_id: UUID) -> list[Offered]:
    """For those who change the plan: begin a goal with this priority."""
    if not may_change_plan(place.seat.membership):
        return []
    there = reverse("plans:new-goal", kwargs={"school": place.seat.organisation.slug})
    address = f"{there}?round={held.pk}&competency={competency_id}"
    return [Offered(address, _("Plan something"), "sprout")]
