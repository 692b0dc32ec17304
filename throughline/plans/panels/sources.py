"""Where the plan shows itself outside of its own pages: on a competency, at the table, on a journey."""

from django.utils.translation import gettext as _

from throughline.frameworks.tree import CompetencyItem
from throughline.journeys.hooks import Part
from throughline.journeys.policy import Place
from throughline.kit import clock
from throughline.plans.panels.queries import doing_about, goals_going, versions_of
from throughline.plans.panels.words import doing_in_words, goal_form, going_in_words, nothing_in_words
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.records.models import Record
from throughline.records.panels import Panel
from throughline.schools.tenant import MemberRequest


def offered_too(request: MemberRequest, record: Record, competency: CompetencyItem) -> Panel | None:
    """The same on the competency's own page; where nothing is done, whoever changes the plan may begin there."""
    found = what_is_done(request, record, competency)
    if found is not None or record.learner_id is not None or not may_change_plan(request.seat.membership):
        return found
    content = nothing_in_words(goal_form(request.seat.organisation.slug, competency=competency.id))
    return Panel(_("What is being done about it"), content, order=15)


def what_is_done(request: MemberRequest, record: Record, competency: CompetencyItem) -> Panel | None:
    """What the plan does about a competency. One query where it does nothing, two otherwise, and one more for a
    record that moved to another version of its framework."""
    if record.learner_id is not None or not may_see_plan(request.seat):
        return None
    doing = doing_about(record, versions_of(record, competency.id))
    if doing.is_empty:
        return None
    school = request.seat.organisation.slug
    plan_more = (
        goal_form(school, competency=competency.id) if may_change_plan(request.seat.membership) else ""
    )
    content = doing_in_words(doing, school, clock.today(), plan_more)
    return Panel(_("What is being done about it"), content, order=15)


def on_overview(place: Place) -> Part | None:
    """The goals of a journey and how they go. One query, none for those who do not see the plan."""
    if not may_see_plan(place.seat):
        return None
    school = place.seat.organisation.slug
    found = goals_going(place.journey.record_id, place.journey.organisation_id, clock.today())
    if not found:
        return None
    writes = may_change_plan(place.seat.membership) and place.journey.archived_at is None
    plan_more = goal_form(school, journey=place.journey.pk) if writes else ""
    return Part(_("What is being done"), going_in_words(found, school), plan_more, _("Plan something"))
