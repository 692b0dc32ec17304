"""Organisations to measure, each with a team, a journey, evidence and rounds.

Everything a person could do goes through the verbs, with three exceptions that would take minutes: the people
themselves, what everyone rated in a round, and what was agreed in the rounds before the last three (of which every
fifth competency still goes through the verb, with a decision) are written as bulk rows.
"""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bench.framework import version_with
from bench.sizes import Size
from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.journeys.agreeing.actions import Agreement, agree
from throughline.journeys.closing.actions import close_round
from throughline.journeys.models import Rater, Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.priorities.actions import Choice, choose_priority
from throughline.journeys.queries import items_of, place_of
from throughline.journeys.rounds.actions import open_round, open_spread, prepare_round
from throughline.journeys.setup.actions import Part, start_journey
from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.people.models import Person
from throughline.records.actions import Cite
from throughline.records.evidence.actions import Piece, Shows, bring_evidence
from throughline.records.models import Evidence
from throughline.schools.models import Membership, Organisation, Role, RoleHolding
from throughline.schools.tenant import Seat, seat_of

NOBODY = "!"  # no password fits
BY_VERBS = 3  # so many of the last rounds go through the verbs altogether
BETWEEN_ROUNDS = timedelta(days=60)
COMMENT = "In three classes of five I saw it last term; in the others nobody could name an example."


@dataclass
class School:
    """An organisation to measure. `reader` leads, rates and decides; `held` is the round that is going on."""

    size: Size
    people: list[Membership]
    seat: Seat
    place: Place
    evidence: dict[CompetencyItem, Evidence]
    held: Round

    @property
    def reader(self) -> Membership:
        """Whose pages are measured."""
        return self.people[0]

    @property
    def words(self) -> Tree:
        """The framework."""
        return tree(self.place.journey.record.version_id)

    def address(self, rest: str) -> str:
        """An address inside this organisation."""
        return f"/s/{self.seat.organisation.slug}/{rest}"

    def items(self) -> list[RoundItem]:
        """The competencies of the round that is going on."""
        return list(items_of(self.held))


def build(size: Size) -> School:
    """All rounds but the last are closed. In the last one everyone has rated, the reader only the first half."""
    dice = random.Random(str(size))
    name = str(size).replace(" · ", "-")
    with clock.standing_at(clock.now() - BETWEEN_ROUNDS * size.rounds), transaction.atomic():
        people = _people(name, size.team)
        seat = seat_of(people[0])
        version = version_with(size.items)
        journey = start_journey(
            name=f"Journey {name}", version=version, team=[Part(each) for each in people], by=seat
        )
        place = place_of(seat, journey)
        evidence = {each: _evidence(place, each) for each in tree(version.pk).competencies}
    school = School(size, people, seat, place, evidence, Round())
    for ago in range(size.rounds - 1, -1, -1):
        with clock.standing_at(clock.now() - BETWEEN_ROUNDS * ago), transaction.atomic():
            hold_round(school, dice, unfinished=ago == 0)
            if ago:
                open_the_spread(school)
                if ago >= BY_VERBS:
                    settle_in_bulk(school)
                settle(school, [each for each in school.items() if each.state == "open"])
                close(school)
    return school


def _people(name: str, number: int) -> list[Membership]:
    school = Organisation.objects.create(name=f"School {name}", slug=f"school-{name}", kind="school")
    persons = [
        Person(email=f"person-{each}@{name}.example.org", name=f"Person Number{each}", password=NOBODY)
        for each in range(number)
    ]
    Person.objects.bulk_create(persons)
    members = [
        Membership(organisation=school, person=each, name=each.name, joined_at=clock.now())
        for each in persons
    ]
    Membership.objects.bulk_create(members)
    RoleHolding.objects.bulk_create(
        RoleHolding(organisation=school, membership=each, role=Role.TEAM if at else Role.LEAD)
        for at, each in enumerate(members)
    )
    return members


def _evidence(place: Place, competency: CompetencyItem) -> Evidence:
    """A practice that answers every indicator: enough for *earned*."""
    piece = Piece(
        kind="text",
        mark="practice",
        title=f"Seen in lessons: {competency.name}"[:200],
        happened_on=clock.today(),
        text=COMMENT,
        shows=tuple(Shows(competency.id, each.id) for each in competency.indicators),
    )
    return bring_evidence(record=place.journey.record, piece=piece, by=place.seat.membership)


def hold_round(school: School, dice: random.Random, *, unfinished: bool) -> None:
    """Prepare a round on everything, open it, and let everyone rate."""
    draft = prepare_round(
        place=school.place,
        competencies=[each.id for each in school.words.competencies],
        raters=school.people,
        due_on=clock.today() + timedelta(days=14),
    )
    school.held = open_round(place=school.place, round_id=draft.id)
    raters = {each.membership_id: each for each in Rater.objects.filter(round=draft)}
    items = school.items()
    rows = []
    for person in school.people:
        part = items[: len(items) // 2] if unfinished and person is school.reader else items
        rows += [_rating(school, raters[person.id].id, item, dice) for item in part]
    columns = "id, organisation_id, rater_id, item_id, step, confidence, comment, comment_released"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO journeys_rating ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",  # noqa: S608  (a name of ours)
            rows,
        )


def _rating(school: School, rater_id: UUID, item: RoundItem, dice: random.Random) -> tuple[Any, ...]:
    """A third of the competencies is seen alike, the others more or less differently; a few cannot say."""
    differ = item.position % 3
    step = min(4, max(1, 2 + dice.choice(([0], [0, 1, 1], [-1, 0, 1, 2])[differ])))
    keys = (opaque_id(), school.seat.organisation.id, rater_id, item.id)
    return (
        *(each.hex if connection.vendor == "sqlite" else each for each in keys),
        None if dice.random() < 0.03 else step,
        dice.choice(["guess", "fairly", "very"]),
        COMMENT if dice.random() < 0.25 else "",
        False,
    )


def open_the_spread(school: School) -> None:
    """End rating."""
    school.held = open_spread(place=school.place, round_id=school.held.id)


def settle(school: School, items: list[RoundItem]) -> None:
    """The team agrees on these."""
    for item in items:
        agree(
            place=school.place, item_id=item.id, agreement=agreement(school, item), seen_version=item.version
        )
    school.held.refresh_from_db()


def settle_in_bulk(school: School) -> None:
    """The team has agreed on four of five competencies, and every standing stayed what it was."""
    items = [each for each in school.items() if each.position % 5]
    RoundItem.objects.filter(pk__in=[each.id for each in items]).update(
        state="agreed",
        step=2,
        reason="We looked at the examples that were brought, and most of us see it this way.",
        settled_by=school.reader,
        settled_at=clock.now(),
        version=1,
    )


def agreement(school: School, item: RoundItem) -> Agreement:
    """What the team says of a competency: a quarter is earned, a quarter not begun, and some move between rounds."""
    competency = school.words.by_id[item.competency_id]
    standing = ("earned", "in-progress", "in-progress", "not-started")[
        (item.position + school.held.number // 3) % 4
    ]
    piece = school.evidence[competency]
    indicators = [each.id for each in competency.indicators]
    return Agreement(
        step={"earned": 4, "in-progress": 2, "not-started": 1}[standing],
        standing=standing,
        reason="We looked at the examples that were brought, and most of us see it this way.",
        cites=() if standing == "not-started" else tuple(Cite(piece.id, each) for each in indicators),
        why_changed="practice" if school.held.number > 1 else "",
    )


def close(school: School) -> None:
    """Choose three priorities and freeze the round."""
    for each in school.words.competencies[1:4]:
        choice = Choice(
            competency_id=each.id,
            why_now="It helps with everything else, and many of us want it.",
            step=3,
            by_when=clock.today() + timedelta(days=365),
            lead=school.people[1],
            next_step="Visit another class and tell each other what we saw.",
            next_step_on=clock.today() + timedelta(days=30),
        )
        choose_priority(place=school.place, round_id=school.held.id, choice=choice)
    close_round(place=school.place, round_id=school.held.id)
    school.held.refresh_from_db()
