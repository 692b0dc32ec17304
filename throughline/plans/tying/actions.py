"""Saying which competencies of the journey a part of the plan serves."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.plans.models import Goal
from throughline.plans.policy import may_change_plan
from throughline.plans.tying.ties import Part, checked, versions_served, write
from throughline.schools.log import note
from throughline.schools.models import Membership


@transaction.atomic
def choose_served(*, part: Part, competencies: Iterable[UUID], by: Membership) -> None:
    """Tie a part of the plan to these competencies and to no others. Raises `ValidationError`.

    Ties to competencies of an earlier version of the framework stay. What its goal serves, an action serves without a tie.
    """
    may_change_plan(by).enforce()
    if part.organisation_id != by.organisation_id:
        raise ValidationError(_("Choose something of this plan."))
    goal = part if isinstance(part, Goal) else getattr(part, "goal", None)
    versions = versions_served(part.organisation_id, goal)
    if write(part, checked(part.organisation_id, competencies, versions), by, versions):
        note("plan.served", by=by, subject=part, title=part.title)
