"""Reads for citing: the records that something can be evidence in, and what was cited."""

from uuid import UUID

from django.db.models import Q

from throughline.frameworks.tree import CompetencyItem, tree
from throughline.journeys.models import Journey
from throughline.plans.citing.frozen import Citable
from throughline.plans.models import Action, Cited, Cycle, Goal, Measure, PolicyRevision, Serves
from throughline.plans.policy import may_see_plan
from throughline.records.models import Evidence, Record
from throughline.records.policy import may_bring
from throughline.records.queries import evidence_visible_to, records_visible_to
from throughline.schools.tenant import Seat


def cycle_to_cite(seat: Seat, cycle_id: UUID) -> Cycle | None:
    """A cycle of the plan. One query."""
    rows = Cycle.objects.filter(organisation=seat.organisation, pk=cycle_id)
    return rows.select_related("test__goal__journey__record").first() if may_see_plan(seat) else None


def action_to_cite(seat: Seat, action_id: UUID) -> Action | None:
    """An action of the plan. One query."""
    rows = Action.objects.filter(organisation=seat.organisation, pk=action_id)
    return rows.select_related("goal__journey__record").first() if may_see_plan(seat) else None


def measure_to_cite(seat: Seat, measure_id: UUID) -> Measure | None:
    """A measure of the plan. One query."""
    rows = Measure.objects.filter(organisation=seat.organisation, pk=measure_id)
    return rows.select_related("goal__journey__record").first() if may_see_plan(seat) else None


def revision_to_cite(seat: Seat, policy_id: UUID) -> PolicyRevision | None:
    """The revision of a policy that was adopted last; the newest, where none was. One query."""
    if not may_see_plan(seat):
        return None
    rows = PolicyRevision.objects.filter(organisation=seat.organisation, policy=policy_id)
    found = list(rows.select_related("policy", "file").order_by("-number"))
    return next((each for each in found if each.adopted_on), found[0] if found else None)


def goal_of(part: Citable) -> Goal | None:
    """The goal that it belongs to."""
    if isinstance(part, Cycle):
        return part.test.goal
    return None if isinstance(part, PolicyRevision) else part.goal


def served(part: Citable) -> set[UUID]:
    """What it serves, itself or through its goal. One query."""
    goal = goal_of(part)
    match part:
        case Cycle():
            own = Q(test=part.test_id)
        case PolicyRevision():
            own = Q(policy=part.policy_id)
        case Action():
            own = Q(action=part.pk)
        case Measure():
            own = Q(measure=part.pk)
    asked = own | Q(goal=goal.pk) if goal else own
    rows = Serves.objects.filter(asked, organisation=part.organisation_id)
    return set(rows.values_list("competency", flat=True))


def records_for(seat: Seat, part: Citable) -> list[Record]:
    """The records of journeys that this person may bring it to, that of its own journey first. One query."""
    goal = goal_of(part)
    first = goal.journey.record_id if goal else None
    journeys = Journey.objects.filter(organisation=seat.organisation, archived_at=None)
    rows = records_visible_to(seat).filter(
        organisation=seat.organisation, learner=None, pk__in=journeys.values("record")
    )
    found = [each for each in rows.order_by("group_id", "pk") if may_bring(each, seat.membership)]
    return sorted(found, key=lambda each: (each.pk != first, each.group_id is not None))


def offered(record: Record) -> list[tuple[str, list[CompetencyItem]]]:
    """The competencies of a record, by domain."""
    return [(domain.name, list(domain.competencies)) for domain in tree(record.version_id).domains]


def cited_by(evidence: Evidence) -> Cited | None:
    """What a piece of evidence cites. One query."""
    rows = Cited.objects.filter(organisation=evidence.organisation_id, evidence=evidence)
    return rows.select_related(
        "action__goal", "cycle__test", "measure", "revision__policy", "revision__file"
    ).first()


def cited_in(seat: Seat, evidence_id: UUID) -> Cited | None:
    """What a piece of evidence that this person sees cites. One query."""
    seen = evidence_visible_to(seat).filter(pk=evidence_id).values("pk")
    return Cited.objects.filter(organisation=seat.organisation, evidence__in=seen).first()
