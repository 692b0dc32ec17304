"""What is being done about a competency, and about a journey: two prepared reads at most, one where nothing is."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, DateField, DecimalField, OuterRef, Q, QuerySet, Subquery, Value

from throughline.frameworks.tree import tree
from throughline.kit.prepared import prepared
from throughline.plans.doing.queries import Line
from throughline.plans.models import OPEN_STATES, Action, Cycle, Goal, Measure, MeasureValue, Policy, Serves
from throughline.plans.models.measures import DIGITS, PLACES
from throughline.records.models import Record
from throughline.records.moving.queries import earlier_in, past_in

_DROPPED = Action.State.DROPPED
GOAL, MEASURE, TEST, POLICY = "goal", "measure", "test", "policy"


class Goals(NamedTuple):
    """A goal as a panel names it."""

    id: UUID
    title: str
    state: str
    by_when: date | None


class Measured(NamedTuple):
    """A measure with its last value."""

    id: UUID
    title: str
    unit: str
    value: Decimal | None
    on: date | None


class Tried(NamedTuple):
    """A small test, with what its newest cycle came to."""

    id: UUID
    title: str
    outcome: str
    learned: str


class Ruled(NamedTuple):
    """A policy and whether it is in force."""

    id: UUID
    title: str
    state: str


@dataclass(slots=True)
class Doing:
    """What is being done about one competency."""

    goals: dict[UUID, Goals] = field(default_factory=dict)
    actions: list[Line] = field(default_factory=list)  # open ones, the most pressing first
    done: int = 0
    measures: dict[UUID, Measured] = field(default_factory=dict)
    tests: dict[UUID, Tried] = field(default_factory=dict)
    policies: dict[UUID, Ruled] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing in the plan is about it."""
        return not (self.goals or self.actions or self.done or self.measures or self.tests or self.policies)


def versions_of(record: Record, competency: UUID) -> tuple[UUID, ...]:
    """This competency and those of other versions that it continues or that continue it, as the plan may have tied them.

    No query for a record that never moved to another version, else one.
    """
    if competency in tree(record.version_id).by_id:
        return (competency, *past_in(record, competency))
    earlier = earlier_in(record, competency)
    return (competency, *(each.id for each in (earlier.now if earlier else ())))


def doing_about(record: Record, competencies: tuple[UUID, ...]) -> Doing:
    """What the plan does about these. One query where it does nothing, else two.

    What belongs to a goal of another journey is left out: it is about another group of learners.
    """
    found = Doing()
    rows = _served(record.organisation_id, competencies)
    if not rows:
        return found
    for row in rows:
        _take(found, record.pk, Row(*row))
    for each in _under_goals(record.organisation_id, competencies):
        _take_under(found, record.pk, Under(*each))
    late = date.max
    found.actions.sort(key=lambda line: (line.due_on or late, line.title))
    return found


class Row(NamedTuple):
    """A tie with what its page needs of the part that is tied."""

    goal: UUID | None
    goal_title: str
    goal_state: str
    by_when: date | None
    goal_record: UUID | None
    test: UUID | None
    test_title: str
    test_record: UUID | None
    outcome: str | None
    learned: str | None
    policy: UUID | None
    policy_title: str
    policy_state: str


def _newest_cycle(name: str) -> Any:
    rows = Cycle.objects.filter(organisation=OuterRef("organisation"), test=OuterRef("test"))
    return Subquery(rows.order_by("-number").values(name)[:1])


@prepared
def _served(organisation: UUID, competencies: tuple[UUID, ...]) -> QuerySet[Serves, tuple[Any, ...]]:
    """Ties of everything that is shown here; an offering and a risk have their own places."""
    return (
        Serves.objects.filter(
            organisation=organisation,
            competency__in=competencies,
            offering__isnull=True,
            risk__isnull=True,
        )
        .order_by("made_at", "pk")
        .values_list(
            "goal_id",
            "goal__title",
            "goal__state",
            "goal__by_when",
            "goal__journey__record_id",
            "test_id",
            "test__title",
            "test__goal__journey__record_id",
            _newest_cycle("outcome"),
            _newest_cycle("learned"),
            "policy_id",
            "policy__title",
            "policy__state",
        )
    )


def _take(found: Doing, record: UUID, row: Row) -> None:
    if row.goal and row.goal_record == record and row.goal_state != Goal.State.DROPPED:
        found.goals[row.goal] = Goals(row.goal, row.goal_title, row.goal_state, row.by_when)
    if row.test and row.test_record in (None, record):
        found.tests[row.test] = Tried(row.test, row.test_title, row.outcome or "", row.learned or "")
    if row.policy and row.policy_state != Policy.State.ENDED:
        found.policies[row.policy] = Ruled(row.policy, row.policy_title, row.policy_state)


class Under(NamedTuple):
    """An action or a measure, in one shape, so that one question finds both."""

    what: str
    id: UUID
    goal: UUID | None
    title: str
    state: str
    starts_on: date | None
    on: date | None
    owner: UUID | None
    owner_name: str | None
    owner_left: Any
    record: UUID | None
    value: Decimal | None


def _tied(organisation: UUID, competencies: tuple[UUID, ...], part: str) -> Q:
    """What serves one of these itself or through its goal."""
    ties = Serves.objects.filter(organisation=organisation, competency__in=competencies)
    goals = ties.filter(goal__isnull=False, goal__state=Goal.State.OPEN)
    own = ties.filter(**{f"{part}__isnull": False})
    return Q(goal__in=goals.values("goal")) | Q(pk__in=own.values(part))


@prepared
def _under_goals(organisation: UUID, competencies: tuple[UUID, ...]) -> QuerySet[Any, tuple[Any, ...]]:
    actions = (
        Action.objects.filter(_tied(organisation, competencies, "action"), organisation=organisation)
        .exclude(state=_DROPPED)
        .order_by()
        .values_list(
            Value("action", output_field=CharField()),
            "id",
            "goal_id",
            "title",
            "state",
            "starts_on",
            "due_on",
            "owner_id",
            "owner__name",
            "owner__left_at",
            "goal__journey__record_id",
            Value(None, output_field=DecimalField(max_digits=DIGITS, decimal_places=PLACES)),
        )
    )
    values = MeasureValue.objects.filter(
        organisation=OuterRef("organisation"), measure=OuterRef("pk"), taken_back_at__isnull=True
    ).order_by("-on")
    measures = (
        Measure.objects.filter(
            _tied(organisation, competencies, "measure"), organisation=organisation, ended_at__isnull=True
        )
        .order_by()
        .values_list(
            Value("measure", output_field=CharField()),
            "id",
            "goal_id",
            "title",
            "unit",
            Value(None, output_field=DateField()),
            Subquery(values.values("on")[:1]),
            "keeper_id",
            "keeper__name",
            "keeper__left_at",
            "goal__journey__record_id",
            Subquery(values.values("value")[:1]),
        )
    )
    return actions.union(measures, all=True)


def _take_under(found: Doing, record: UUID, row: Under) -> None:
    if row.record not in (None, record):
        return
    if row.what == MEASURE:
        found.measures[row.id] = Measured(row.id, row.title, row.state, row.value, row.on)
    elif row.state in OPEN_STATES:
        line = Line(
            row.id,
            row.goal,
            row.title,
            row.state,
            row.starts_on,
            row.on,
            row.owner,
            row.owner_name,
            row.owner_left,
        )
        found.actions.append(line)
    else:
        found.done += 1


class Going(NamedTuple):
    """A goal of a journey and how its actions go."""

    id: UUID
    title: str
    by_when: date | None
    open: int
    late: int
    done: int


def goals_going(record: UUID, organisation: UUID, today: date) -> list[Going]:
    """The goals of a journey that are worked on, in the plan's order, with their actions counted. One query."""
    return [Going(*each) for each in _goals_going(organisation, record, today)]


@prepared
def _goals_going(organisation: UUID, record: UUID, today: date) -> QuerySet[Goal, tuple[Any, ...]]:
    still = Q(actions__state__in=list(OPEN_STATES))
    return (
        Goal.objects.filter(organisation=organisation, journey__record=record, state=Goal.State.OPEN)
        .order_by("position", "made_at", "pk")
        .values_list("id", "title", "by_when")
        .annotate(
            open=Count("actions", filter=still),
            late=Count("actions", filter=still & Q(actions__due_on__lt=today)),
            done=Count("actions", filter=Q(actions__state=Action.State.DONE)),
        )
        .values_list("id", "title", "by_when", "open", "late", "done")
    )
