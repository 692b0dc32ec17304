"""What the first page of a journey says, read in a constant number of queries whatever the journey's size."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q

from throughline.frameworks.tree import Tree
from throughline.frameworks.versions.succession import past_of, way_between
from throughline.journeys.models import Journey, Round, RoundItem, TeamMember
from throughline.journeys.policy import Place
from throughline.journeys.queries import MyPart, Progress, progress_for, read_items
from throughline.journeys.versions import item_now
from throughline.records.models import Decision, How
from throughline.records.moving.carry_over import restated
from throughline.records.moving.queries import tree_at
from throughline.records.queries import Profile, ProfileItem, day_of, profile_of


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
    """One round in the time line."""

    id: UUID
    number: int
    state: str
    due_on: date | None
    made_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    reopened_at: datetime | None
    return_on: date | None

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
    """Everything that the first page of a journey stands on."""

    place: Place
    team: list[TeamMember]
    framework: Tree
    profile: Profile
    rounds: list[Line]
    priorities: list[Chosen]
    priorities_of: Line | None
    items: list[RoundItem]
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
    def unsettled(self) -> int:
        """How many competencies of the current round are still to talk about."""
        return sum(item.state == RoundItem.State.OPEN for item in self.items)

    @property
    def to_recheck(self) -> list[ProfileItem]:
        """What counts and stands on evidence that has aged."""
        return [item for item in self.profile.items if item.recheck and item.counts]


def read_overview(place: Place, team: list[TeamMember], framework: Tree) -> Overview:
    """At most eight queries."""
    journey = place.journey
    profile = profile_of(journey.record, framework)
    rounds, chosen = _rounds(journey, profile)
    current = next((line for line in rounds if not line.closed), None)
    held = None if current is None else as_round(journey, current)
    items = read_items(held) if held else []
    progress, mine = None, None
    if held and held.state == Round.State.RATING:
        progress, mine = progress_for(place.seat, held, framework, items)
    since, changes = _changes(journey, profile, rounds)
    source = _source_of_priorities(rounds, chosen)
    return Overview(
        place=place,
        team=team,
        framework=framework,
        profile=profile,
        rounds=rounds,
        priorities=chosen[source.id] if source else [],
        priorities_of=source,
        items=items,
        progress=progress,
        mine=mine,
        since=since,
        changes=changes,
    )


def as_round(journey: Journey, line: Line) -> Round:
    """The round of a line, as much of it as other reads ask for; not asked of the database."""
    return Round(id=line.id, organisation_id=journey.organisation_id, journey=journey, state=line.state)


_ROUND = (
    "id",
    "number",
    "state",
    "due_on",
    "made_at",
    "opened_at",
    "closed_at",
    "reopened_at",
    "return_on",
)
_CHOSEN = ("why_now", "step", "by_when", "lead_id", "lead__name", "next_step", "next_step_on")


def _rounds(journey: Journey, profile: Profile) -> tuple[list[Line], dict[UUID, list[Chosen]]]:
    """Every round, newest first, with its priorities. One query: a row for each priority, or one without any."""
    rows: Iterable[dict[str, Any]] = (
        Round.objects.filter(organisation=journey.organisation_id, journey=journey)
        .annotate(chosen=FilteredRelation("priorities", condition=Q(priorities__dropped_at__isnull=True)))
        .order_by("-number", "chosen__position")
        .values(
            *_ROUND, "framework_version_id", "chosen__competency_id", *(f"chosen__{name}" for name in _CHOSEN)
        )
    )
    by_competency = profile.by_competency()
    lines: dict[UUID, Line] = {}
    chosen: dict[UUID, list[Chosen]] = {}
    for row in rows:
        lines.setdefault(row["id"], Line(*(row[name] for name in _ROUND)))
        asked = row["chosen__competency_id"]
        now = item_now(profile.tree, row["framework_version_id"], asked) if asked else None
        if now is not None:
            chosen.setdefault(row["id"], []).append(
                Chosen(by_competency[now.id], asked, *(row[f"chosen__{name}"] for name in _CHOSEN))
            )
    return list(lines.values()), chosen


def _source_of_priorities(rounds: list[Line], chosen: dict[UUID, list[Chosen]]) -> Line | None:
    """The priorities in force are those of the last closed round that has any; until one is closed, those being chosen."""
    having = [line for line in rounds if line.id in chosen]
    return next((line for line in having if line.closed), having[0] if having else None)


def _changes(journey: Journey, profile: Profile, rounds: list[Line]) -> tuple[Since | None, list[Change]]:
    """What moved since the last closed round; when nothing has, what that round itself moved: since the one before, or
    since the start where it was the first. One query."""
    closed = [Since(line.when) for line in rounds if line.closed][:2]
    if not closed:
        return None, []
    moments = closed if len(closed) > 1 else [*closed, Since(journey.started_at, start=True)]
    made = Decision.objects.filter(organisation=journey.organisation_id, record=journey.record_id)
    rows: list[Any] = list(
        made.filter(at__gt=moments[-1].when)
        .order_by("number")
        .values("competency_id", "before", "after", "why_changed", "reason", "at", "how")
    )
    for since in moments:
        found = _moved(profile, [row for row in rows if row["at"] > since.when])
        moved_at = journey.record.moved_at
        if moved_at is not None and since.when < moved_at:
            found = _moved_across(
                journey, profile, [row for row in rows if row["at"] > since.when], since.when
            )
        if found:
            return since, found
    return closed[0], []


def _moved_across(
    journey: Journey, profile: Profile, rows: list[dict[str, Any]], since: datetime
) -> list[Change]:
    """What moved since a time before the record moved on: then and now compared, with the last decision's reason."""
    record = journey.record
    then = profile_of(record, tree_at(record, since), until=since)
    before = restated(then, profile.tree).by_competency()
    way = way_between(then.tree.version_id, profile.tree.version_id) or ()
    found = []
    for item in profile.items:
        past = {item.competency.id, *past_of(way, item.competency.id)}
        told = [row for row in rows if row["competency_id"] in past]
        was = before[item.competency.id].standing if item.competency.id in before else None
        if not told or not item.counts or was in (None, item.standing):
            continue
        last = next((row for row in reversed(told) if row["how"] != How.MOVED), told[-1])
        said = (last["why_changed"], last["reason"], last["at"])
        found.append(Change(item, str(was), str(item.standing), *said))
    return sorted(found, key=lambda change: change.at, reverse=True)


def _moved(profile: Profile, rows: list[dict[str, Any]]) -> list[Change]:
    first: dict[UUID, str] = {}
    last: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        first.setdefault(row["competency_id"], row["before"])
        if row["before"] != row["after"] or row["competency_id"] not in last:
            last[row["competency_id"]] = row
    items = profile.by_competency()
    moved = [
        Change(items[key], first[key], row["after"], row["why_changed"], row["reason"], row["at"])
        for key, row in last.items()
        if key in items and items[key].counts and first[key] != items[key].standing
    ]
    return sorted(moved, key=lambda change: change.at, reverse=True)
