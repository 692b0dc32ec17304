"""What the first page of a journey says, read in a constant number of queries whatever the journey's size."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from throughline.frameworks.tree import Tree
from throughline.frameworks.versions.succession import past_of, way_between
from throughline.journeys.models import Journey, Priority, Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.queries import MyPart, Progress, progress_for
from throughline.journeys.versions import item_now
from throughline.kit.prepared import prepared
from throughline.records.models import Decision, How
from throughline.records.moving.carry_over import restated
from throughline.records.moving.queries import tree_at
from throughline.records.queries import Profile, ProfileItem, day_of, profile_of

LATEST = 6  # so many rounds stand on the page; more are shown to whoever asks


@dataclass(frozen=True, slots=True)
class Chosen:
    """A strategic priority, and where its competency stands now.

    `competency_id` is the one that was chosen: the journey may have moved on to a newer version since.
    """

    item: ProfileItem
    competency_id: UUID
    why_now: str
    step: int
    by_when: date
    lead_id: UUID
    lead: str
    next_step: str
    next_step_on: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One round in the time line. How many competencies it has, and how many are to talk about, is told while it goes on."""

    id: UUID
    number: int
    state: str
    due_on: date | None
    made_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    reopened_at: datetime | None
    return_on: date | None
    competencies: int
    unsettled: int

    @property
    def when(self) -> datetime:
        """The date that it is known by."""
        return self.closed_at or self.opened_at or self.made_at

    @property
    def closed(self) -> bool:
        """Whether its snapshot is frozen and the round rests."""
        return self.state == Round.State.CLOSED


@dataclass(frozen=True, slots=True)
class Since:
    """The moment that the present is compared with: the closing of a round or, after a first one, the start."""

    when: datetime
    start: bool = False

    @property
    def day(self) -> date:
        """The last day before what changed since: a journey may start and move on one and the same day."""
        return day_of(self.when) - timedelta(days=1) if self.start else day_of(self.when)


@dataclass(frozen=True, slots=True)
class Change:
    """A competency whose standing moved, and the last decision that says why."""

    item: ProfileItem
    before: str
    after: str
    why_changed: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the first page of a journey stands on. `rounds`: the latest ones, and whether there are `earlier`."""

    place: Place
    framework: Tree
    profile: Profile
    rounds: list[Line]
    earlier: bool
    priorities: list[Chosen]
    priorities_of: UUID | None
    progress: Progress | None
    mine: MyPart | None
    since: Since | None
    changes: list[Change]

    @property
    def journey(self) -> Journey:
        """The journey that this is about."""
        return self.place.journey

    @property
    def current(self) -> Line | None:
        """The round that is going on, if any."""
        return next((line for line in self.rounds if not line.closed), None)

    @property
    def last_closed(self) -> Line | None:
        """The round closed last."""
        return next((line for line in self.rounds if line.closed), None)

    @property
    def to_recheck(self) -> list[ProfileItem]:
        """What counts and stands on evidence that has aged."""
        return [item for item in self.profile.items if item.recheck and item.counts]


def read_overview(place: Place, framework: Tree, *, all_rounds: bool = False) -> Overview:
    """At most six queries."""
    journey = place.journey
    profile = profile_of(journey.record, framework)
    rows = _lines(journey.organisation_id, journey.pk, only_latest=not all_rounds)
    rounds = [Line(*row) for row in (rows if all_rounds else rows[:LATEST])]
    current = next((line for line in rounds if not line.closed), None)
    progress, mine = None, None
    if current and current.state == Round.State.RATING:
        progress, mine = progress_for(place.seat, as_round(journey, current), framework, current.competencies)
    since, changes = _changes(journey, profile, rounds)
    priorities_of, priorities = _priorities(journey, profile)
    return Overview(
        place=place,
        framework=framework,
        profile=profile,
        rounds=rounds,
        earlier=len(rows) > len(rounds),
        priorities=priorities,
        priorities_of=priorities_of,
        progress=progress,
        mine=mine,
        since=since,
        changes=changes,
    )


def as_round(journey: Journey, line: Line) -> Round:
    """The round of a line, as much of it as other reads ask for; not asked of the database."""
    return Round(id=line.id, organisation_id=journey.organisation_id, journey=journey, state=line.state)


@prepared
def _lines(organisation: UUID, journey: UUID, *, only_latest: bool) -> QuerySet[Round, tuple[Any, ...]]:
    """Rounds, newest first; of the one going on also how many competencies it has, and how many are to talk about."""
    items = RoundItem.objects.filter(organisation=organisation, round=OuterRef("pk"))
    rounds = Round.objects.filter(organisation=organisation, journey=journey).order_by("-number")
    rows = rounds.values_list(
        "id",
        "number",
        "state",
        "due_on",
        "made_at",
        "opened_at",
        "closed_at",
        "reopened_at",
        "return_on",
        _while_open(items),
        _while_open(items.filter(state=RoundItem.State.OPEN)),
    )
    return rows[: LATEST + 1] if only_latest else rows


def _while_open(items: QuerySet[RoundItem]) -> Case:
    counted = items.order_by().values("round").annotate(n=Count("pk")).values("n")
    return Case(When(state=Round.State.CLOSED, then=0), default=Coalesce(Subquery(counted), 0))


def _priorities(journey: Journey, profile: Profile) -> tuple[UUID | None, list[Chosen]]:
    """The priorities in force, and of which round: those of the last closed round that has any; until one is closed,
    those being chosen. One query."""
    by_competency = profile.by_competency()
    rows = _chosen(journey.organisation_id, journey.pk)
    found = [
        Chosen(by_competency[now.id], asked, *told)
        for _round, version_id, asked, *told in rows
        if (now := item_now(profile.tree, version_id, asked)) is not None
    ]
    return rows[0][0] if found else None, found


@prepared
def _chosen(organisation: UUID, journey: UUID) -> QuerySet[Priority, tuple[Any, ...]]:
    chosen = Priority.objects.filter(organisation=organisation, dropped_at__isnull=True)
    having = Round.objects.filter(organisation=organisation, journey=journey)
    having = having.filter(Exists(chosen.filter(round=OuterRef("pk"))))
    closed_first = Case(When(state=Round.State.CLOSED, then=0), default=1)
    return (
        chosen.filter(round=Subquery(having.order_by(closed_first, "-number").values("pk")[:1]))
        .order_by("position")
        .values_list(
            "round_id",
            "round__framework_version_id",
            "competency_id",
            "why_now",
            "step",
            "by_when",
            "lead_id",
            "lead__name",
            "next_step",
            "next_step_on",
        )
    )


def _changes(journey: Journey, profile: Profile, rounds: list[Line]) -> tuple[Since | None, list[Change]]:
    """What moved since the last closed round; when nothing has, what that round itself moved: since the one before, or
    since the start where it was the first. One query."""
    closed = [Since(line.when) for line in rounds if line.closed][:2]
    if not closed:
        return None, []
    moments = closed if len(closed) > 1 else [*closed, Since(journey.started_at, start=True)]
    rows = sorted(starmap(_Made, _made_since(journey.organisation_id, journey.record_id, moments[-1].when)))
    for since in moments:
        found = _moved(profile, [row for row in rows if row.at > since.when])
        moved_at = journey.record.moved_at
        if moved_at is not None and since.when < moved_at:
            found = _moved_across(journey, profile, [row for row in rows if row.at > since.when], since.when)
        if found:
            return since, found
    return closed[0], []


class _Made(NamedTuple):
    """A decision; they are put in order here, so that the index that knows their moments is used."""

    number: int
    competency_id: UUID
    before: str
    after: str
    why_changed: str
    reason: str
    at: datetime
    how: str


@prepared
def _made_since(organisation: UUID, record: UUID, moment: datetime) -> QuerySet[Decision, tuple[Any, ...]]:
    made = Decision.objects.filter(organisation=organisation, record=record, at__gt=moment)
    return made.values_list(*_Made._fields)


def _moved_across(journey: Journey, profile: Profile, rows: list[_Made], since: datetime) -> list[Change]:
    """What moved since a time before the record moved on: then and now compared, with the last decision's reason."""
    record = journey.record
    then = profile_of(record, tree_at(record, since), until=since)
    before = restated(then, profile.tree).by_competency()
    way = way_between(then.tree.version_id, profile.tree.version_id) or ()
    found = []
    for item in profile.items:
        past = {item.competency.id, *past_of(way, item.competency.id)}
        told = [row for row in rows if row.competency_id in past]
        was = before[item.competency.id].standing if item.competency.id in before else None
        if not told or not item.counts or was in (None, item.standing):
            continue
        last = next((row for row in reversed(told) if row.how != How.MOVED), told[-1])
        said = (last.why_changed, last.reason, last.at)
        found.append(Change(item, str(was), str(item.standing), *said))
    return sorted(found, key=lambda change: change.at, reverse=True)


def _moved(profile: Profile, rows: list[_Made]) -> list[Change]:
    first: dict[UUID, str] = {}
    last: dict[UUID, _Made] = {}
    for row in rows:
        first.setdefault(row.competency_id, row.before)
        if row.before != row.after or row.competency_id not in last:
            last[row.competency_id] = row
    items = profile.by_competency()
    moved = [
        Change(items[key], first[key], row.after, row.why_changed, row.reason, row.at)
        for key, row in last.items()
        if key in items and items[key].counts and first[key] != items[key].standing
    ]
    return sorted(moved, key=lambda change: change.at, reverse=True)
