"""Adding goals to the plan and changing them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Priority
from throughline.kit.text import clean_line
from throughline.plans.models import Goal, Serves
from throughline.plans.policy import may_change_plan
from throughline.schools.log import note
from throughline.schools.models import Membership

TITLE_LIMIT, TEXT_LIMIT, MOST_GOALS = 300, 2_000, 100


@transaction.atomic
def add_goal(
    *,
    journey: Journey,
    title: str,
    by: Membership,
    priority: Priority | None = None,
    for_whom: str = "",
    by_when: date | None = None,
    competencies: Iterable[UUID] = (),
) -> Goal:
    """Add a goal to the plan: what will be true, for whom, by when. Raises `ValidationError`."""
    may_change_plan(by).enforce()
    if journey.organisation_id != by.organisation_id:
        raise ValidationError({"journey": _("Choose a journey of this organization.")})
    if priority is not None and (priority.journey_id != journey.pk or priority.dropped_at):
        raise ValidationError({"priority": _("Choose a priority of this journey.")})
    said = clean_line(title)
    if not said or len(said) > TITLE_LIMIT:
        raise ValidationError(
            {"title": _("Say what will be true, in at most %(most)d characters.") % {"most": TITLE_LIMIT}}
        )
    whom = clean_line(for_whom)
    if len(whom) > TITLE_LIMIT:
        raise ValidationError(
            {"for_whom": _("Please keep this under %(most)s characters.") % {"most": TITLE_LIMIT}}
        )
    known = {each.id for each in tree(journey.record.version_id).competencies}
    served = list(dict.fromkeys(competencies))
    if not known.issuperset(served):
        raise ValidationError({"competencies": _("Choose competencies of this journey.")})
    here = Goal.objects.filter(organisation=by.organisation_id)
    if here.filter(state=Goal.State.OPEN).count() >= MOST_GOALS:
        raise ValidationError(
            _("A plan can have at most %(most)d goals that are worked on.") % {"most": MOST_GOALS}
        )
    goal = Goal.objects.create(
        organisation_id=by.organisation_id,
        journey=journey,
        priority=priority,
        title=said,
        for_whom=whom,
        by_when=by_when,
        position=(here.aggregate(last=Max("position"))["last"] or 0) + 1,
        made_by=by,
    )
    Serves.objects.bulk_create(
        Serves(organisation_id=by.organisation_id, goal=goal, competency_id=each, made_by=by)
        for each in served
    )
    note("plan.goal-added", by=by, subject=goal, title=goal.title)
    return goal
