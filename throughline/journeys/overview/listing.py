"""The journeys of an organisation with where each stands, in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Round
from throughline.journeys.queries import journeys_visible_to
from throughline.journeys.words import counts_in_words, scope_in_words, state_in_words
from throughline.kit.prepared import prepared
from throughline.records.models import SetAside, Standing, StandingValue
from throughline.records.profile.picture import mark_of
from throughline.schools.tenant import Seat
from throughline.ui.times import month_in_words

NOT_STARTED = StandingValue.NOT_STARTED.value


@dataclass(frozen=True, slots=True)
class Listed:
    """A journey as one entry of the list."""

    journey: Journey
    scope: str
    standing: str
    marks: list[list[SafeString]]
    round: str
    closed: str


def listed_journeys(seat: Seat) -> list[Listed]:
    """Every journey that this person may see, the organisation's own first. Four queries."""
    journeys = _visible(*seat.ids)
    journeys.sort(key=lambda each: (each.archived_at is not None, each.record.group_id is not None))
    here = seat.organisation.pk
    records = tuple(each.record_id for each in journeys)
    standings: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for record_id, competency_id, value in _standings(here, records):
        standings[record_id][competency_id] = value
    aside: dict[UUID, set[UUID]] = defaultdict(set)
    for record_id, competency_id in _aside(here, records):
        aside[record_id].add(competency_id)
    rounds: dict[UUID, list[_Held]] = defaultdict(list)
    for journey_id, *told in _rounds(here, tuple(each.pk for each in journeys)):
        rounds[journey_id].append(_Held(*told))
    return [
        _listed(each, standings[each.record_id], aside[each.record_id], rounds[each.id]) for each in journeys
    ]


class _Held(NamedTuple):
    """What the list says of a round."""

    number: int
    state: str
    closed_at: datetime | None


@prepared
def _visible(membership: UUID, organisation: UUID, roles: frozenset[str]) -> QuerySet[Journey]:
    return journeys_visible_to(Seat.of_ids(membership, organisation, roles))


@prepared
def _standings(organisation: UUID, records: tuple[UUID, ...]) -> QuerySet[Standing, tuple[UUID, UUID, str]]:
    rows = Standing.objects.filter(organisation=organisation, record__in=records)
    return rows.values_list("record_id", "competency_id", "value")


@prepared
def _aside(organisation: UUID, records: tuple[UUID, ...]) -> QuerySet[SetAside, tuple[UUID, UUID]]:
    rows = SetAside.objects.filter(organisation=organisation, record__in=records, taken_up_at__isnull=True)
    return rows.values_list("record_id", "competency_id")


@prepared
def _rounds(organisation: UUID, journeys: tuple[UUID, ...]) -> QuerySet[Round, tuple[Any, ...]]:
    rows = Round.objects.filter(organisation=organisation, journey__in=journeys).order_by("-number")
    return rows.values_list("journey_id", "number", "state", "closed_at")


def _listed(journey: Journey, standings: dict[UUID, str], aside: set[UUID], rounds: list[_Held]) -> Listed:
    framework = tree(journey.record.version_id)
    earned = {key for key, value in standings.items() if value == StandingValue.EARNED}

    def count(level: str) -> tuple[int, int]:
        counted = {each.id for each in framework.competencies if each.level == level} - aside
        return len(counted & earned), len(counted)

    going_on = next((each for each in rounds if each.state != Round.State.CLOSED), None)
    closed = next((each for each in rounds if each.state == Round.State.CLOSED), None)
    return Listed(
        journey=journey,
        scope=scope_in_words(journey),
        standing=counts_in_words(count("foundational"), count("advanced")),
        marks=[
            [
                mark_of(standings.get(each.id, NOT_STARTED), domain.hue, set_aside=each.id in aside)
                for each in domain.competencies
            ]
            for domain in framework.domains
        ],
        round=state_in_words(going_on.state, going_on.number) if going_on else "",
        closed=month_in_words(closed.closed_at) if closed and closed.closed_at else "",
    )
