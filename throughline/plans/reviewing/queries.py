"""Reads for the log and the review: lines by what they are about, and what a period was."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from throughline.journeys.models import Priority, Round
from throughline.plans.citing.frozen import in_words as said_as
from throughline.plans.goals.queries import in_words as priority_in_words
from throughline.plans.log import about, in_words
from throughline.plans.models import (
    OPEN_STATES,
    Action,
    ClosedReview,
    Cycle,
    Goal,
    LogEntry,
    Measure,
    MeasureValue,
    PolicyRevision,
    Review,
    ReviewRemark,
)
from throughline.plans.policy import may_see_plan
from throughline.schools.tenant import Seat

LINES = 100


class Asked(NamedTuple):
    """What the log is looked at for."""

    goal: UUID | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_all(self) -> bool:
        """Nothing in particular."""
        return not any(self)


def lines(organisation: UUID, asked: Asked) -> QuerySet[LogEntry]:
    """The lines of the log, the newest first. For whoever sees the whole plan."""
    rows = LogEntry.objects.filter(organisation=organisation)
    if asked.goal:
        rows = rows.filter(Q(goal=asked.goal) | Q(action__goal=asked.goal) | Q(test__goal=asked.goal))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.since:
        rows = rows.filter(on__gte=asked.since)
    if asked.until:
        rows = rows.filter(on__lte=asked.until)
    return rows.select_related("by", "goal", "action", "measure", "test", "policy").order_by(
        "-on", "-at", "pk"
    )


def reviews_of(seat: Seat) -> QuerySet[Review]:
    """The reviews that this person may read, the newest first."""
    if not may_see_plan(seat):
        return Review.objects.none()
    return Review.objects.filter(organisation=seat.organisation).order_by("-ends_on", "-made_at")


def last_closed(seat: Seat) -> Review | None:
    """The review that was closed last. One query, none for those who do not see the plan."""
    if not may_see_plan(seat):
        return None
    return reviews_of(seat).filter(closed_at__isnull=False).first()


def closed_as(review: Review) -> ClosedReview | None:
    """What it was frozen as. One query."""
    rows = ClosedReview.objects.filter(organisation=review.organisation_id, review=review)
    return rows.select_related("by").first()


def remarks_to(review: Review) -> list[ReviewRemark]:
    """What was said to it, the oldest first. One query."""
    rows = ReviewRemark.objects.filter(organisation=review.organisation_id, review=review)
    return list(rows.select_related("by").order_by("at", "pk"))


def gathered(review: Review) -> dict[str, Any]:
    """What a period was, in plain JSON: six queries however much there is."""
    organisation, since, until = review.organisation_id, review.starts_on, review.ends_on
    return {
        "title": review.title,
        "starts_on": since.isoformat(),
        "ends_on": until.isoformat(),
        "priorities": _priorities(organisation, since, until),
        "goals": _goals(organisation, since, until),
        "measures": _measures(organisation, since, until),
        "tests": _tests(organisation, since, until),
        "policies": _policies(organisation, since, until),
        "log": [
            {"on": each.on.isoformat(), "about": about(each), "words": in_words(each), "text": each.text}
            for each in lines(organisation, Asked(since=since, until=until))
            .exclude(kind=LogEntry.Kind.CHANGED)
            .order_by("on", "at", "pk")
        ],
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _priorities(organisation: UUID, since: date, until: date) -> list[dict[str, Any]]:
    held = Q(dropped_at__isnull=True) | Q(dropped_at__date__gte=since)
    rows = Priority.objects.filter(
        held, organisation=organisation, round__state=Round.State.CLOSED, chosen_at__date__lte=until
    )
    rows = rows.filter(Q(by_when__gte=since) | Q(chosen_at__date__gte=since))
    rows = rows.select_related("journey__record", "competency").order_by("chosen_at", "position")
    return [{"name": priority_in_words(each), "by_when": _day(each.by_when)} for each in rows]


def _goals(organisation: UUID, since: date, until: date) -> list[dict[str, Any]]:
    still = Q(state=Goal.State.OPEN) | Q(state_on__gte=since)
    rows = Goal.objects.filter(still, organisation=organisation, made_at__date__lte=until).annotate(
        done=Count("actions", filter=Q(actions__state=Action.State.DONE)),
        left=Count("actions", filter=Q(actions__state__in=OPEN_STATES)),
    )
    return [
        {
            "title": each.title,
            "for_whom": each.for_whom,
            "by_when": _day(each.by_when),
            "state": each.state,
            "why": each.why,
            "done": each.done,
            "left": each.left,
        }
        for each in rows.order_by("position", "made_at", "pk")
    ]


def _measures(organisation: UUID, since: date, until: date) -> list[dict[str, Any]]:
    values = MeasureValue.objects.filter(taken_back_at=None, on__gte=since, on__lte=until).order_by("on")
    rows = Measure.objects.filter(organisation=organisation, made_at__date__lte=until)
    rows = rows.prefetch_related(Prefetch("values", values, to_attr="read"))
    return [_measure(each) for each in rows.order_by("position", "made_at", "pk")]


def _measure(measure: Any) -> dict[str, Any]:
    read: list[MeasureValue] = measure.read
    number = "{:f}".format
    return {
        "title": measure.title,
        "unit": measure.unit,
        "target": "" if measure.target is None else number(measure.target.normalize()),
        "target_on": _day(measure.target_on),
        "read": [[_day(each.on), number(each.value.normalize())] for each in (read[:1] + read[1:][-1:])],
        "times": len(read),
    }


def _tests(organisation: UUID, since: date, until: date) -> list[dict[str, Any]]:
    rows = Cycle.objects.filter(organisation=organisation, begun_at__isnull=False, starts_on__lte=until)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=since)).select_related("test")
    return [
        {
            "title": each.test.title,
            "number": each.number,
            "prediction": each.prediction,
            "learned": each.learned if each.ended_on else "",
            "outcome": each.outcome,
        }
        for each in rows.order_by("starts_on", "number", "pk")
    ]


def _policies(organisation: UUID, since: date, until: date) -> list[dict[str, Any]]:
    rows = PolicyRevision.objects.filter(
        organisation=organisation, adopted_on__gte=since, adopted_on__lte=until
    ).select_related("policy")
    return [
        {
            "title": each.policy.title,
            "number": each.number,
            "adopted_by": each.adopted_by,
            "adopted_on": _day(each.adopted_on),
            "reason": each.reason,
        }
        for each in rows.order_by("adopted_on", "pk")
    ]


def remarked(remark: ReviewRemark) -> dict[str, str]:
    """A remark as a closed review holds it."""
    return {
        "about": remark.about,
        "text": remark.text,
        "by": remark.by.name,
        "on": remark.at.date().isoformat(),
    }


def state_in_words(state: str) -> str:
    """How a goal stood."""
    return str(dict(Goal.State.choices).get(state, state))


def outcome_in_words(outcome: str) -> str:
    """What followed from a cycle."""
    return said_as("outcome", outcome) if outcome else ""
