"""Reads of measures: each with its values and when it is read next."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from throughline.kit.prepared import prepared
from throughline.plans.measuring.numbers import in_words
from throughline.plans.measuring.picture import Drawn, Point
from throughline.plans.measuring.rhythm import read_next
from throughline.plans.models import Goal, Measure, MeasureValue
from throughline.plans.policy import may_see_plan
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Read:
    """A measure with its values, oldest first, and the day on which the next is due."""

    measure: Measure
    points: tuple[Point, ...]
    next_on: date | None
    due: bool

    @property
    def last(self) -> Point | None:
        """The newest value."""
        return self.points[-1] if self.points else None

    @property
    def last_words(self) -> str:
        """The newest value with its unit."""
        return in_words(self.points[-1].value, self.measure.unit) if self.points else ""

    @property
    def target_words(self) -> str:
        """Where it should be, with its unit."""
        return "" if self.measure.target is None else in_words(self.measure.target, self.measure.unit)

    @property
    def baseline_words(self) -> str:
        """Where it stood, with its unit."""
        return "" if self.measure.baseline is None else in_words(self.measure.baseline, self.measure.unit)

    @property
    def is_reached(self) -> bool:
        """Whether the newest value is at the target or beyond."""
        target, last = self.measure.target, self.last
        if target is None or last is None:
            return False
        return last.value >= target if self.measure.more_is_better else last.value <= target

    @property
    def drawn(self) -> Drawn:
        """What its picture shows; the baseline is its first point where it has a day before them."""
        measure, points = self.measure, self.points
        if measure.baseline is not None and measure.baseline_on:
            begin = Point(measure.baseline_on, measure.baseline)
            if not points or begin.on < points[0].on:
                points = (begin, *points)
        return Drawn(points, measure.baseline, measure.target, measure.target_on)


def read(measure: Measure, points: tuple[Point, ...], today: date) -> Read:
    """The measure and its values as they stand on a day."""
    if measure.ended_at is not None:
        return Read(measure, points, None, False)
    begun = timezone.localdate(measure.made_at)
    due_on = read_next(points[-1].on if points else None, begun, measure.every_months)
    return Read(measure, points, due_on, due_on <= today)


def measures_of(seat: Seat) -> QuerySet[Measure]:
    """The measures that this person may see, in the plan's order."""
    if not may_see_plan(seat):
        return Measure.objects.none()
    return (
        Measure.objects.filter(organisation=seat.organisation)
        .select_related("goal__journey__record", "keeper")
        .order_by("goal__position", "position", "made_at", "pk")
    )


@prepared
def _measures(organisation: UUID) -> QuerySet[Measure]:
    return (
        Measure.objects.filter(organisation=organisation)
        .select_related("goal", "keeper")
        .order_by("goal__position", "position", "made_at", "pk")
    )


@prepared
def _values(organisation: UUID) -> QuerySet[MeasureValue, tuple[Any, ...]]:
    return (
        MeasureValue.objects.filter(organisation=organisation, taken_back_at=None)
        .order_by("on")
        .values_list("measure_id", "on", "value")
    )


def read_all(organisation: UUID, today: date) -> list[Read]:
    """Every measure with its values, in the plan's order. Two queries. For whoever sees the whole plan."""
    points: dict[UUID, list[Point]] = defaultdict(list)
    for key, on, value in _values(organisation):
        points[key].append(Point(on, value))
    return [read(each, tuple(points[each.pk]), today) for each in _measures(organisation)]


def read_of_goal(goal: Goal, today: date) -> list[Read]:
    """The measures of a goal with their values. Two queries."""
    measures = _measures_of_goal(goal.organisation_id, goal.pk)
    points: dict[UUID, list[Point]] = defaultdict(list)
    for key, on, value in _values_of_goal(goal.organisation_id, goal.pk) if measures else ():
        points[key].append(Point(on, value))
    return [read(each, tuple(points[each.pk]), today) for each in measures]


@prepared
def _measures_of_goal(organisation: UUID, goal: UUID) -> QuerySet[Measure]:
    rows = Measure.objects.filter(organisation=organisation, goal=goal)
    return rows.select_related("keeper").order_by("position", "made_at", "pk")


@prepared
def _values_of_goal(organisation: UUID, goal: UUID) -> QuerySet[MeasureValue, tuple[Any, ...]]:
    rows = MeasureValue.objects.filter(organisation=organisation, measure__goal=goal, taken_back_at=None)
    return rows.order_by("on").values_list("measure_id", "on", "value")


def values_of(measure: Measure) -> list[MeasureValue]:
    """Everything that was read, newest first, also what was taken back. One query."""
    rows = MeasureValue.objects.filter(organisation=measure.organisation_id, measure=measure)
    return list(rows.select_related("by", "taken_back_by").order_by("-on", "-at"))
