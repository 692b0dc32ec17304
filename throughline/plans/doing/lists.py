"""What the forms of a part of the plan offer, and the rows that their answers name."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.plans.doing.forms import Offered
from throughline.plans.doing.queries import goals_to_choose
from throughline.plans.models import Action, Goal, Measure, Risk
from throughline.plans.queries import people_of
from throughline.plans.serving import competencies_of
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat


def offered_to(
    seat: Seat, part: Action | Measure | Risk | None = None, person: Membership | None = None
) -> Offered:
    """People, goals and competencies to choose from; with the goal and the `person` of the part as it stands. Three queries."""
    organisation = seat.organisation.pk
    gone = person if person and not person.is_active else None
    return Offered(
        people=people_of(seat),
        goals=goals_to_choose(organisation, part.goal_id if part else None),
        competencies=competencies_of(organisation, part.goal if part else None),
        besides=[(gone.pk, _("%(name)s (has left)") % {"name": gone.name})] if gone else (),
    )


def with_rows(organisation: UUID, said: Mapping[str, Any], person: str) -> dict[str, Any]:
    """What a form said, with its goal and `person` as rows. Those of another organization are not found."""
    here = {"organisation": organisation}
    goals = Goal.objects.filter(**here).select_related("journey__record")
    return {
        **said,
        "goal": goals.filter(pk=said["goal"]).first() if said["goal"] else None,
        person: Membership.objects.filter(**here, pk=said[person]).first() if said[person] else None,
    }
