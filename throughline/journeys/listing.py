"""The journeys of an organisation with where each stands, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Round
from throughline.journeys.queries import journeys_visible_to
from throughline.journeys.words import counts_in_words, month, scope_in_words, state_in_words
from throughline.records.models import SetAside, Standing, StandingValue
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Listed:
    """A journey as one entry of the list."""

    journey: Journey
    scope: str
    standing: str
    round: str
    closed: str


def listed_journeys(seat: Seat) -> list[Listed]:
    """Every journey that this person may see, the organisation's own first. Four queries."""
    journeys = list(journeys_visible_to(seat))
    journeys.sort(key=lambda each: (each.archived_at is not None, each.record.group_id is not None))
    records = [each.record_id for each in journeys]
    earned, aside = _earned(seat, records), _aside(seat, records)
    rounds = _rounds(seat, journeys)
    return [
        _listed(each, earned[each.record_id], aside[each.record_id], rounds[each.id]) for each in journeys
    ]


def _earned(seat: Seat, records: list[UUID]) -> dict[UUID, set[UUID]]:
    rows = Standing.objects.filter(
        organisation=seat.organisation, record__in=records, value=StandingValue.EARNED
    )
    return _gathered(rows.values_list("record_id", "competency_id"))


def _aside(seat: Seat, records: list[UUID]) -> dict[UUID, set[UUID]]:
    rows = SetAside.objects.filter(
        organisation=seat.organisation, record__in=records, taken_up_at__isnull=True
    )
    return _gathered(rows.values_list("record_id", "competency_id"))


def _gathered(rows: Iterable[tuple[UUID, UUID]]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for key, value in rows:
        found[key].add(value)
    return found


def _rounds(seat: Seat, journeys: list[Journey]) -> dict[UUID, list[Round]]:
    rows = Round.objects.filter(organisation=seat.organisation, journey__in=journeys).order_by("-number")
    found: dict[UUID, list[Round]] = defaultdict(list)
    for row in rows:
        found[row.journey_id].append(row)
    return found


def _listed(journey: Journey, earned: set[UUID], aside: set[UUID], rounds: list[Round]) -> Listed:
    framework = tree(journey.record.version_id)

    def count(level: str) -> tuple[int, int]:
        counted = {each.id for each in framework.competencies if each.level == level} - aside
        return len(counted & earned), len(counted)

    going_on = next((each for each in rounds if each.state != Round.State.CLOSED), None)
    closed = next((each for each in rounds if each.state == Round.State.CLOSED), None)
    return Listed(
        journey=journey,
        scope=scope_in_words(journey),
        standing=counts_in_words(count("foundational"), count("advanced")),
        round=state_in_words(going_on.state, going_on.number) if going_on else "",
        closed=month(closed.closed_at) if closed and closed.closed_at else "",
    )
