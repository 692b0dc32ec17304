"""The steps of a round, for tests that begin in the middle of one."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import reverse

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import CompetencyItem, Tree, tree
from throughline.journeys.agreeing.actions import Agreement, agree, leave_open
from throughline.journeys.closing.actions import close_round
from throughline.journeys.models import Round, RoundItem, Snapshot
from throughline.journeys.policy import Place
from throughline.journeys.queries import MyPart, items_of, place_of, progress_for
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import open_round, open_spread, prepare_round
from throughline.journeys.setup.actions import Part, start_journey
from throughline.journeys.spread.queries import Spread, spreads_of
from throughline.kit import clock
from throughline.records.evidence.actions import Piece, Shows
from throughline.schools.models import Group, Membership
from throughline.schools.tenant import seat_of
from throughline.testing.remembering import remembered

NAME = "Our journey"
ALIKE = (2, 2, 2, 2, 2, 2)


def page(name: str, **kwargs: object) -> str:
    """The address of a page of the school's journeys."""
    return reverse(f"journeys:{name}", kwargs={"school": "harbour-bridge", **kwargs})


def address(name: str, held: Round, **more: object) -> str:
    """The address of a page of a round."""
    return page(name, round_id=held.id, **more)


@remembered
def a_place(
    lead: Membership,
    version: FrameworkVersion,
    people: Iterable[Membership],
    *,
    group: Group | None = None,
    deciders: Sequence[Membership] | None = None,
) -> Place:
    """A journey with these raters (and deciders: the same people unless told), seen by `lead`."""
    raters = list(people)
    sure = raters if deciders is None else list(deciders)
    team = [Part(each, each in raters, each in sure) for each in dict.fromkeys([*raters, *sure])]
    journey = start_journey(name=NAME, version=version, team=team, by=seat_of(lead), group=group)
    return place_of(seat_of(lead), journey)


def words(place: Place) -> Tree:
    """The framework of a journey."""
    return tree(place.journey.record.version_id)


def my_part(held: Round, person: Membership) -> MyPart:
    """What somebody who is asked has still to rate."""
    framework = tree(held.framework_version_id)
    _everyone, mine = progress_for(seat_of(person), held, framework, None)
    assert mine is not None
    return mine


def few(place: Place) -> tuple[CompetencyItem, ...]:
    """The three competencies of the second domain: enough for most tests."""
    return words(place).domains[1].competencies


@remembered
def a_draft(
    place: Place,
    people: Iterable[Membership],
    *,
    competencies: Sequence[CompetencyItem] | None = None,
    names_shown: bool = False,
    due_on: date | None = None,
) -> Round:
    """A round that is prepared."""
    chosen = few(place) if competencies is None else competencies
    return prepare_round(
        place=place,
        competencies=[each.id for each in chosen],
        raters=list(people),
        names_shown=names_shown,
        due_on=due_on,
    )


@remembered
def a_round(
    place: Place,
    people: Iterable[Membership],
    *,
    competencies: Sequence[CompetencyItem] | None = None,
    names_shown: bool = False,
    due_on: date | None = None,
) -> Round:
    """A round in which people rate now."""
    draft = a_draft(place, people, competencies=competencies, names_shown=names_shown, due_on=due_on)
    return open_round(place=place, round_id=draft.id)


@remembered
def say(held: Round, person: Membership, step: int | None, comment: str = "", **more: Any) -> None:
    """One person rates everything in the round on one step."""
    for item in items_of(held):
        rate(
            by=seat_of(person),
            round_id=held.id,
            competency_id=item.competency_id,
            step=step,
            comment=comment,
            **more,
        )


@remembered
def all_say(held: Round, people: Sequence[Membership], steps: Sequence[int | None]) -> None:
    """Everyone rates, each with a step of their own."""
    for person, step in zip(people, steps, strict=True):
        say(held, person, step)


@remembered
def an_open_spread(
    place: Place, people: Sequence[Membership], steps: Sequence[int | None], *, names_shown: bool = False
) -> Round:
    """A round whose spread is open."""
    held = a_round(place, people, names_shown=names_shown)
    all_say(held, people, steps)
    return open_spread(place=place, round_id=held.id)


def seen(place: Place, held: Round) -> list[Spread]:
    """The spread as someone who has not rated sees it."""
    return spreads_of(held, words(place), None)


@remembered
def settle(
    place: Place, item: RoundItem, step: int = 2, standing: str = "in-progress", **more: object
) -> RoundItem:
    """Agree on one competency."""
    agreement = Agreement(step=step, standing=standing, reason="We looked.", **more)  # type: ignore[arg-type]
    return agree(place=place, item_id=item.id, agreement=agreement, seen_version=item.version)


@remembered
def closed(place: Place, held: Round) -> Snapshot:
    """Leave what is still to talk about open, and close."""
    for item in items_of(held):
        if item.state == RoundItem.State.OPEN:
            leave_open(place=place, item_id=item.id, reason="We do not know.", seen_version=item.version)
    return close_round(place=place, round_id=held.id)


@remembered
def earn(place: Place, item: RoundItem) -> RoundItem:
    """Agree that one competency is earned, on evidence brought in the same act."""
    competency = words(place).by_id[item.competency_id]
    return settle(place, item, 4, "earned", new_evidence=practice(competency))


@remembered
def another_round(place: Place, people: Sequence[Membership], steps: Sequence[int] = ALIKE) -> RoundItem:
    """Close the round at hand, hold another one, and take its first competency."""
    closed(place, place.journey.rounds.get(state=Round.State.AGREEING))
    return items_of(an_open_spread(place, people, steps))[0]


def practice(competency: CompetencyItem, *indicators: UUID | None, title: str = "Seen in class") -> Piece:
    """Evidence of a practice, claimed for these indicators (none told: for all of them)."""
    answered = indicators or tuple(each.id for each in competency.indicators)
    return Piece(
        kind="text",
        mark="practice",
        title=title,
        happened_on=clock.today(),
        text="Three classes did it for a term.",
        shows=tuple(Shows(competency.id, each) for each in answered),
    )


def at_once(*works: Callable[[], object]) -> list[object]:
    """Each piece of work in a thread and a connection of its own, begun together; what it gave or what it raised."""
    start = Barrier(len(works))

    def one(work: Callable[[], object]) -> object:
        try:
            start.wait(timeout=60)
            return work()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))
