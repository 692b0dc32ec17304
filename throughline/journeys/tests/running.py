"""A school's journey in each state of a round, made through the verbs, for the tests of pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import Tree, tree
from throughline.journeys.agreeing.actions import Agreement, agree, leave_open
from throughline.journeys.closing.actions import close_round
from throughline.journeys.models import Journey, Round
from throughline.journeys.policy import Place
from throughline.journeys.priorities.actions import Choice, choose_priority
from throughline.journeys.queries import items_of, place_of
from throughline.journeys.rounds.actions import open_round, open_spread
from throughline.journeys.setup.actions import Part, start_journey
from throughline.journeys.tests.steps import a_draft, say
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of


@dataclass(frozen=True, slots=True)
class Ground:
    """A journey and those on its team; the first of them runs it."""

    journey: Journey
    people: list[Membership]
    framework: Tree

    @property
    def place(self) -> Place:
        """The part of whoever runs it."""
        return place_of(seat_of(self.people[0]), self.journey)


def begin(version: FrameworkVersion, people: Sequence[Membership], name: str = "Our school") -> Ground:
    """A journey with this team."""
    team = [Part(each) for each in people]
    journey = start_journey(name=name, version=version, team=team, by=seat_of(people[0]))
    return Ground(journey, list(people), tree(version.id))


def draft(ground: Ground) -> Round:
    """A prepared round on the second domain (three competencies)."""
    return a_draft(ground.place, ground.people, due_on=clock.today() + timedelta(days=14))


def opened(ground: Ground) -> Round:
    """A round in which everyone is asked to rate."""
    return open_round(place=ground.place, round_id=draft(ground).id)


def rated(ground: Ground, *, finished: int | None = None) -> Round:
    """A round in which so many (default: all) have rated everything."""
    held = opened(ground)
    for number, person in enumerate(ground.people[:finished]):
        say(held, person, 1 + number % 2, "Mine.")
    return held


def spread(ground: Ground) -> Round:
    """A round that the team talks about."""
    return open_spread(place=ground.place, round_id=rated(ground).id)


def settle(ground: Ground, held: Round) -> None:
    """Agree on all but the last, which stays open; choose one priority."""
    items = list(items_of(held))
    for item in items[:-1]:
        agree(
            place=ground.place,
            item_id=item.id,
            agreement=Agreement(
                step=2, standing="in-progress", reason="We try it in two rooms.", why_changed="practice"
            ),
            seen_version=item.version,
        )
    leave_open(
        place=ground.place, item_id=items[-1].id, reason="Ask families first.", seen_version=items[-1].version
    )


def choose(ground: Ground, held: Round, *, next_step: str = "") -> None:
    """The first competency of the round as a priority led by whoever runs the journey."""
    choose_priority(
        place=ground.place,
        round_id=held.id,
        choice=Choice(
            items_of(held)[0].competency_id,
            why_now="Learners named it first.",
            step=3,
            by_when=clock.today() + timedelta(days=200),
            lead=ground.people[0],
            next_step=next_step,
            next_step_on=clock.today() + timedelta(days=10) if next_step else None,
        ),
    )


def closed(ground: Ground) -> Round:
    """A closed round with a snapshot and a priority that has no next step."""
    held = spread(ground)
    settle(ground, held)
    choose(ground, held)
    close_round(place=ground.place, round_id=held.id)
    held.refresh_from_db()
    return held
