"""The front page of an organisation: its journeys with where each stands, whom to turn to, what it belongs to."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from throughline.home.desk import Desk
from throughline.journeys.models import Journey, Round
from throughline.journeys.words import address, counts_in_words, scope_in_words, state_in_words
from throughline.kit.prepared import prepared
from throughline.kit.verdict import ALLOWED
from throughline.records.models import SetAside, Standing, StandingValue
from throughline.records.profile.picture import mark_of
from throughline.schools.models import Organisation
from throughline.schools.policy import (
    may_affiliate,
    may_change_settings,
    may_manage_people,
    may_read_log,
    may_see_people,
)
from throughline.schools.queries import read_ties
from throughline.schools.tenant import Seat
from throughline.ui.times import month_in_words


@dataclass(frozen=True, slots=True)
class Row:
    """A journey as one entry: in words, and as a strip of marks, domain by domain."""

    name: str
    href: str
    scope: str
    standing: str
    round: str
    closed: str
    strip: tuple[tuple[SafeString, ...], ...]


def rows_of(desk: Desk, seat: Seat) -> list[Row]:
    """The journeys of an organisation that this person may see. Four queries in all."""
    journeys = desk.journeys_in(seat)
    organisation, records = seat.organisation.pk, tuple(each.record_id for each in journeys)
    values: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for record_id, competency_id, value in _standings(organisation, records):
        values[record_id][competency_id] = value
    aside: dict[UUID, set[UUID]] = defaultdict(set)
    for record_id, competency_id in _set_aside(organisation, records):
        aside[record_id].add(competency_id)
    rounds: dict[UUID, list[Round]] = defaultdict(list)
    for each in _last_rounds(organisation, tuple(each.pk for each in journeys)):
        rounds[each.journey_id].append(each)
    return [
        _row(desk, seat, each, values[each.record_id], aside[each.record_id], rounds[each.pk])
        for each in journeys
    ]


@prepared
def _standings(organisation: UUID, records: tuple[UUID, ...]) -> QuerySet[Standing, tuple[UUID, UUID, str]]:
    held = Standing.objects.filter(organisation=organisation, record__in=records)
    return held.values_list("record_id", "competency_id", "value")


@prepared
def _set_aside(organisation: UUID, records: tuple[UUID, ...]) -> QuerySet[SetAside, tuple[UUID, UUID]]:
    left_out = SetAside.objects.filter(
        organisation=organisation, record__in=records, taken_up_at__isnull=True
    )
    return left_out.values_list("record_id", "competency_id")


@prepared
def _last_rounds(organisation: UUID, journeys: tuple[UUID, ...]) -> QuerySet[Round]:
    """Of each journey the round that goes on, if any, and the one closed last."""
    closed = Round.objects.filter(
        organisation=OuterRef("organisation"), journey=OuterRef("journey"), state=Round.State.CLOSED
    )
    closed_later = closed.filter(number__gt=OuterRef("number"))
    rounds = Round.objects.filter(organisation=organisation, journey__in=journeys)
    return rounds.filter(~Q(state=Round.State.CLOSED) | ~Exists(closed_later)).order_by("-number")


def _row(
    desk: Desk, seat: Seat, journey: Journey, values: dict[UUID, str], aside: set[UUID], rounds: list[Round]
) -> Row:
    framework = desk.framework(journey)

    def count(level: str) -> tuple[int, int]:
        counted = [each.id for each in framework.competencies if each.level == level and each.id not in aside]
        return sum(values.get(each) == StandingValue.EARNED for each in counted), len(counted)

    going = next((each for each in rounds if each.state != Round.State.CLOSED), None)
    closed = next((each for each in rounds if each.state == Round.State.CLOSED), None)
    return Row(
        name=journey.name,
        href=address(seat, "overview", journey_id=journey.pk),
        scope=scope_in_words(journey),
        standing=counts_in_words(count("foundational"), count("advanced")),
        round=state_in_words(going.state, going.number) if going else "",
        closed=month_in_words(closed.closed_at) if closed and closed.closed_at else "",
        strip=tuple(
            tuple(
                mark_of(
                    values.get(each.id, StandingValue.NOT_STARTED.value), each.hue, set_aside=each.id in aside
                )
                for each in domain.competencies
            )
            for domain in framework.domains
        ),
    )


@dataclass(frozen=True, slots=True)
class Ties:
    """What an organisation belongs to, and who belongs to it."""

    to: tuple[str, ...]
    members: tuple[Organisation, ...]


def ties_in_words(organisation: Organisation) -> Ties:
    """Only ties to which both sides have agreed. One query."""
    ties = [tie for tie in read_ties(organisation) if tie.agreed_at is not None]
    return Ties(
        tuple(tie.to.name for tie in ties if tie.organisation_id == organisation.pk),
        tuple(tie.organisation for tie in ties if tie.to_id == organisation.pk),
    )


def links_for(seat: Seat) -> list[tuple[str, str]]:
    """Where else somebody can go in this organisation, by what they may do."""
    me = seat.membership
    offered = [
        (may_manage_people(me), _("Invite people"), "schools:invite"),
        (may_see_people(me), _("People"), "schools:people"),
        (ALLOWED, _("Shared with you"), "network:shared-with-me"),
        (ALLOWED, _("Frameworks"), "frameworks:frameworks"),
        (may_affiliate(me), _("Districts and networks"), "schools:affiliations"),
        (may_change_settings(me), _("Settings"), "schools:settings"),
        (may_read_log(me), _("Log: who did what, and when"), "schools:log"),
    ]
    known = {"school": seat.organisation.slug}
    return [(words, reverse(name, kwargs=known)) for verdict, words, name in offered if verdict]
