"""Closing a round: priorities, the frozen snapshot, what comes after, and reopening as a visible act."""

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from throughline.activity.models import Event
from throughline.journeys.agreeing.actions import decide_between_rounds, leave_open
from throughline.journeys.closing.actions import close_round, reopen_round
from throughline.journeys.models import Priority, Round, RoundItem, Snapshot
from throughline.journeys.policy import Place
from throughline.journeys.priorities.actions import Choice, choose_priority, drop_priority
from throughline.journeys.queries import items_of, place_of
from throughline.journeys.rounds.actions import open_spread
from throughline.journeys.tests.steps import (
    a_draft,
    a_round,
    an_open_spread,
    at_once,
    closed,
    few,
    practice,
    say,
    settle,
    words,
)
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.records.actions import set_aside
from throughline.records.models import Decision, Standing
from throughline.records.queries import profile_of
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
People = list[Membership]


@pytest.fixture
def held(place: Place, six: People) -> Round:
    """A round at the moment the team agrees."""
    return an_open_spread(place, six, [2, 2, 2, 2, 3, 3])


def a_choice(place: Place, number: int = 0, **more: object) -> Choice:
    choice = Choice(
        competency_id=few(place)[number].id,
        why_now="Two teachers leave in summer.",
        step=3,
        by_when=clock.today() + timedelta(days=180),
        lead=place.seat.membership,
        next_step="Visit the science room.",
        next_step_on=clock.today() + timedelta(days=14),
    )
    return replace(choice, **more)  # type: ignore[arg-type]


def frozen(snapshot: Snapshot, competency_id: object) -> dict[str, object]:
    entries: list[dict[str, object]] = snapshot.content["items"]
    return next(each for each in entries if each["competency"] == str(competency_id))


def test_a_round_closes_only_when_everything_is_agreed_left_open_or_put_off(
    place: Place, held: Round
) -> None:
    first, second, third = items_of(held)
    with pytest.raises(ValidationError, match="You still have 3 competencies"):
        close_round(place=place, round_id=held.id)
    settle(place, first)
    settle(place, second)
    with pytest.raises(ValidationError, match="You still have 1 competency"):
        close_round(place=place, round_id=held.id)
    leave_open(place=place, item_id=third.id, reason="We do not know.", seen_version=0)
    close_round(place=place, round_id=held.id)
    held.refresh_from_db()
    assert held.state == Round.State.CLOSED
    with pytest.raises(ValidationError, match="moved on"):
        settle(place, first)


def test_only_those_who_run_the_journey_close_and_reopen_it(place: Place, held: Round, six: People) -> None:
    theirs = place_of(seat_of(six[2]), place.journey)
    with pytest.raises(Refused):
        closed(theirs, held)
    close_round(place=place, round_id=held.id)
    with pytest.raises(Refused):
        reopen_round(place=theirs, round_id=held.id, reason="Because.")


def test_the_snapshot_holds_the_whole_profile_and_what_was_agreed(place: Place, held: Round) -> None:
    away = words(place).competencies[0]
    set_aside(
        record=place.journey.record, competency_id=away.id, reason="Not ours.", by=place.seat.membership
    )
    first = items_of(held)[0]
    settle(place, first, 4, "earned", new_evidence=practice(few(place)[0]))
    choose_priority(place=place, round_id=held.id, choice=a_choice(place, 1))
    snapshot = closed(place, held)
    assert len(snapshot.content["items"]) == 24
    told = frozen(snapshot, first.competency_id)
    assert (told["standing"], told["step"], told["reason"], told["spread"]) == (
        "earned",
        4,
        "We looked.",
        "lean",
    )
    assert frozen(snapshot, away.id)["set_aside"] == "Not ours."
    assert frozen(snapshot, away.id)["in_round"] is False
    assert [each["why_now"] for each in snapshot.content["priorities"]] == ["Two teachers leave in summer."]


def test_a_snapshot_is_never_changed_by_anybody(place: Place, held: Round) -> None:
    snapshot = closed(place, held)
    for act in (
        lambda: Snapshot.objects.filter(pk=snapshot.pk).update(content={}),
        lambda: Snapshot.objects.filter(pk=snapshot.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Snapshot.objects.get().content == snapshot.content


def test_later_decisions_change_the_profile_and_not_the_snapshot(place: Place, held: Round) -> None:
    first = items_of(held)[0]
    settle(place, first, 2)
    snapshot = closed(place, held)
    before = deepcopy(snapshot.content)
    decide_between_rounds(
        place=place,
        competency_id=first.competency_id,
        standing="earned",
        reason="We went on.",
        brought=practice(few(place)[0]),
        sure=True,
    )
    profile = profile_of(place.journey.record, words(place)).by_competency()
    assert profile[first.competency_id].standing == "earned"
    snapshot.refresh_from_db()
    assert snapshot.content == before
    assert frozen(snapshot, first.competency_id)["standing"] == "in-progress"


def test_reopening_is_visible_needs_a_reason_and_leads_to_a_second_edition(place: Place, held: Round) -> None:
    first = items_of(held)[0]
    settle(place, first, 2)
    snapshot = closed(place, held)
    before = deepcopy(snapshot.content)
    with pytest.raises(ValidationError, match="why"):
        reopen_round(place=place, round_id=held.id, reason=" ")
    again = reopen_round(place=place, round_id=held.id, reason="We misread the second step.")
    assert (again.state, again.reopened_by) == (Round.State.AGREEING, place.seat.membership)
    assert again.reopened_reason == "We misread the second step."
    event = Event.objects.get(verb="round.reopened")
    assert event.detail["reason"] == "We misread the second step."
    first.refresh_from_db()
    settle(place, first, 1, "not-started")
    second = close_round(place=place, round_id=held.id)
    snapshot.refresh_from_db()
    assert (snapshot.edition, second.edition, snapshot.content) == (1, 2, before)
    assert frozen(second, first.competency_id)["step"] == 1
    assert Decision.objects.count() == 2


def test_a_round_is_not_reopened_once_a_later_one_exists(place: Place, held: Round, six: People) -> None:
    closed(place, held)
    a_draft(place, six)
    with pytest.raises(ValidationError, match="later round"):
        reopen_round(place=place, round_id=held.id, reason="Because.")


@pytest.mark.django_db(transaction=True)
def test_reopening_and_preparing_the_next_round_at_once_is_one_of_both(
    place: Place, held: Round, six: People
) -> None:
    closed(place, held)
    answers = at_once(
        lambda: reopen_round(place=place, round_id=held.id, reason="Because."), lambda: a_draft(place, six)
    )
    assert [type(each) for each in answers if not isinstance(each, Round)] == [ValidationError], answers
    assert Round.objects.exclude(state=Round.State.CLOSED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_agreeing_while_the_round_closes_is_in_the_snapshot_or_refused(place: Place, held: Round) -> None:
    for each in items_of(held):
        settle(place, each, 2)
    item = items_of(held)[0]
    agreed, snapshot = at_once(
        lambda: settle(place, item, 4), lambda: close_round(place=place, round_id=held.id)
    )
    assert isinstance(snapshot, Snapshot), snapshot
    step = 4 if isinstance(agreed, RoundItem) else 2
    assert frozen(snapshot, item.competency_id)["step"] == step
    assert isinstance(agreed, (RoundItem, ValidationError))


@pytest.mark.django_db(transaction=True)
def test_closing_twice_at_once_closes_once(place: Place, held: Round) -> None:
    for each in items_of(held):
        settle(place, each, 2)
    answers = at_once(*[lambda: close_round(place=place, round_id=held.id)] * 2)
    assert Snapshot.objects.count() == 1
    assert {type(each) for each in answers} == {Snapshot, ValidationError}


def test_at_most_three_priorities_are_chosen(place: Place, six: People) -> None:
    held = a_round(place, six, competencies=words(place).competencies)
    for person in six[:3]:
        say(held, person, 2)
    open_spread(place=place, round_id=held.id)
    chosen = words(place).competencies[:4]
    for each in chosen[:3]:
        choose_priority(place=place, round_id=held.id, choice=a_choice(place, competency_id=each.id))
    with pytest.raises(ValidationError, match="Three priorities"):
        choose_priority(place=place, round_id=held.id, choice=a_choice(place, competency_id=chosen[3].id))
    changed = choose_priority(
        place=place, round_id=held.id, choice=a_choice(place, competency_id=chosen[0].id, step=4)
    )
    assert (changed.step, changed.position, Priority.objects.count()) == (4, 1, 3)
    drop_priority(place=place, priority=changed)
    choose_priority(place=place, round_id=held.id, choice=a_choice(place, competency_id=chosen[3].id))
    assert Priority.objects.filter(dropped_at__isnull=True).count() == 3
    assert Priority.objects.filter(dropped_at__isnull=False).get().competency_id == chosen[0].id


def test_a_priority_says_why_now_the_step_aimed_at_by_when_who_leads_and_what_is_next(
    place: Place, held: Round, outsider: Membership
) -> None:
    for wrong, field in (
        ({"why_now": " "}, "why_now"),
        ({"step": 0}, "step"),
        ({"by_when": clock.today()}, "by_when"),
        ({"by_when": date(9999, 12, 31)}, "by_when"),
        ({"next_step_on": clock.today() - timedelta(days=1)}, "next_step_on"),
        ({"lead": outsider}, "lead"),
        ({"next_step_on": None}, "next_step_on"),
        ({"next_step": ""}, "next_step"),
        ({"competency_id": words(place).competencies[0].id}, "competency"),
    ):
        with pytest.raises(ValidationError) as met:
            choose_priority(place=place, round_id=held.id, choice=a_choice(place, **wrong))
        assert list(met.value.message_dict) == [field]
    assert not Priority.objects.exists()


def test_a_next_step_whose_date_has_passed_may_stay_while_something_else_changes(
    place: Place, held: Round, lead: Membership
) -> None:
    kept = a_choice(place)
    choose_priority(place=place, round_id=held.id, choice=kept)
    with clock.standing_at(clock.now() + timedelta(days=60)):
        changed = choose_priority(place=place, round_id=held.id, choice=replace(kept, step=4, lead=lead))
    assert (changed.step, changed.lead) == (4, lead)


def test_the_machine_chooses_no_priority(place: Place, held: Round) -> None:
    snapshot = closed(place, held)
    assert not Priority.objects.exists()
    assert snapshot.content["priorities"] == []


def test_nothing_stands_differently_because_a_round_closed(place: Place, held: Round) -> None:
    settle(place, items_of(held)[0], 2)
    before = list(Standing.objects.values())
    closed(place, held)
    assert list(Standing.objects.values()) == before
