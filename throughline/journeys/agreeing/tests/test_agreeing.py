"""Agreeing: the step stays in the round, the decision carries the standing, and nothing is lost when two act at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from throughline.journeys.agreeing.actions import (
    Agreement,
    Meanwhile,
    agree,
    decide_between_rounds,
    defer,
    leave_open,
)
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, place_of
from throughline.journeys.tests.steps import (
    ALIKE,
    a_round,
    an_open_spread,
    another_round,
    at_once,
    closed,
    earn,
    few,
    practice,
    settle,
)
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.records.actions import Cite
from throughline.records.models import Decision, Evidence, Standing
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
People = list[Membership]


def test_the_round_keeps_the_step_and_the_decision_carries_the_rest(place: Place, item: RoundItem) -> None:
    later = clock.today() + timedelta(days=200)
    agreement = Agreement(
        step=3, standing="in-progress", reason=" We saw it. ", dissent="Mei does not.", check_on=later
    )
    kept = agree(place=place, item_id=item.id, agreement=agreement, seen_version=0)
    decision = Decision.objects.get()
    assert (kept.state, kept.step, kept.reason, kept.decision) == ("agreed", 3, "We saw it.", decision)
    assert (decision.after, decision.dissent, decision.check_on) == ("in-progress", "Mei does not.", later)
    assert (decision.context, decision.by) == (item.round_id, place.seat.membership)
    assert Standing.objects.get().value == "in-progress"


@pytest.mark.parametrize("standing", ["not-started", "in-progress"])
def test_no_step_ever_sets_a_standing_by_itself(place: Place, item: RoundItem, standing: str) -> None:
    settle(place, item, 4, standing, sure=True)
    assert Standing.objects.get().value == standing


def test_an_agreement_needs_a_step_a_standing_and_a_reason(place: Place, item: RoundItem) -> None:
    good = Agreement(step=2, standing="in-progress", reason="So it is.")
    for wrong, field in (
        (replace(good, step=None), "step"),
        (replace(good, step=5), "step"),
        (replace(good, standing="done"), "standing"),
        (replace(good, reason=" "), "reason"),
        (replace(good, why_changed="weather"), "why_changed"),
        (replace(good, check_on=clock.today()), "check_on"),
    ):
        with pytest.raises(ValidationError) as met:
            agree(place=place, item_id=item.id, agreement=wrong, seen_version=0)
        assert list(met.value.message_dict) == [field]
    assert not Decision.objects.exists()


def test_only_deciders_agree(place: Place, item: RoundItem, learner: Membership) -> None:
    theirs = place_of(seat_of(learner), place.journey)
    verbs: list[Callable[[], RoundItem]] = [
        lambda: settle(theirs, item),
        lambda: leave_open(place=theirs, item_id=item.id, reason="No.", seen_version=0),
        lambda: defer(place=theirs, item_id=item.id, reason="No.", seen_version=0),
    ]
    for verb in verbs:
        with pytest.raises(Refused, match="deciders"):
            verb()


def test_nothing_is_agreed_while_people_still_rate(place: Place, six: People) -> None:
    item = items_of(a_round(place, six))[0]
    with pytest.raises(ValidationError, match="moved on"):
        settle(place, item)


def test_two_people_agreeing_different_things_see_both_and_lose_nothing(
    place: Place, item: RoundItem
) -> None:
    settle(place, item, 3)
    mine = Agreement(step=1, standing="not-started", reason="I see none of it.")
    verbs: list[Callable[[], RoundItem]] = [
        lambda: agree(place=place, item_id=item.id, agreement=mine, seen_version=0),
        lambda: leave_open(place=place, item_id=item.id, reason="No.", seen_version=0),
        lambda: defer(place=place, item_id=item.id, reason="No.", seen_version=0),
    ]
    for verb in verbs:
        with pytest.raises(Meanwhile) as met:
            verb()
        assert (met.value.item.step, met.value.item.version) == (3, 1)
    kept = agree(place=place, item_id=item.id, agreement=mine, seen_version=1)
    assert (kept.step, kept.version) == (1, 2)
    assert [each.reason for each in Decision.objects.order_by("number")] == [
        "We looked.",
        "I see none of it.",
    ]


@pytest.mark.django_db(transaction=True)
def test_of_people_agreeing_at_the_same_moment_one_is_kept_and_the_others_are_told(
    place: Place, item: RoundItem
) -> None:
    def agreeing(step: int) -> Callable[[], RoundItem]:
        said = Agreement(step=step, standing="in-progress", reason=f"Step {step}.")
        return lambda: agree(place=place, item_id=item.id, agreement=said, seen_version=0)

    answers = at_once(*(agreeing(step) for step in (1, 2, 3, 4)))
    kept = [each for each in answers if isinstance(each, RoundItem)]
    told = [each for each in answers if isinstance(each, Meanwhile)]
    assert (len(kept), len(told)) == (1, 3), answers
    decision = Decision.objects.get()
    assert decision.reason == f"Step {kept[0].step}."
    assert {each.item.step for each in told} == {kept[0].step}
    item.refresh_from_db()
    assert (item.decision_id, item.version) == (decision.id, 1)


@pytest.mark.django_db(transaction=True)
def test_agreements_on_different_competencies_at_the_same_moment_are_all_kept(
    place: Place, held: Round
) -> None:
    items = list(items_of(held))
    answers = at_once(*(partial(settle, place, each) for each in items))
    assert all(isinstance(each, RoundItem) for each in answers), answers
    assert Decision.objects.count() == 3
    before = held.version
    held.refresh_from_db()
    assert held.version == before + 3


def test_earned_answers_every_indicator_with_evidence_that_is_not_documents_alone(
    place: Place, item: RoundItem
) -> None:
    competency = next(each for each in few(place) if each.id == item.competency_id)
    with pytest.raises(ValidationError, match="needs evidence"):
        settle(place, item, 4, "earned")
    one = practice(competency, competency.indicators[0].id)
    with pytest.raises(ValidationError, match="Still unanswered"):
        settle(place, item, 4, "earned", new_evidence=one)
    with pytest.raises(ValidationError, match="Documents alone"):
        settle(place, item, 4, "earned", new_evidence=replace(practice(competency), mark="document"))
    assert not Evidence.objects.exists()
    assert not Decision.objects.exists()
    item.refresh_from_db()
    assert (item.state, item.version) == ("open", 0)
    kept = earn(place, item)
    assert kept.decision is not None
    cited = {each.indicator_id for each in kept.decision.citations.all()}
    assert cited == {each.id for each in competency.indicators}
    assert Evidence.objects.count() == 1


def test_evidence_brought_for_something_else_does_not_answer(place: Place, item: RoundItem) -> None:
    other = few(place)[2]
    with pytest.raises(ValidationError, match="unanswered"):
        settle(place, item, 4, "earned", new_evidence=practice(other))


def test_a_step_that_changed_since_last_time_says_why(place: Place, item: RoundItem, six: People) -> None:
    settle(place, item, 2)
    again = another_round(place, six)
    with pytest.raises(ValidationError) as met:
        settle(place, again, 3)
    assert list(met.value.message_dict) == ["why_changed"]
    kept = settle(place, again, 3, why_changed="understanding")
    assert kept.decision is not None and kept.decision.why_changed == "understanding"


def test_the_same_step_needs_no_such_reason_and_neither_does_a_first_one(
    place: Place, held: Round, six: People
) -> None:
    first, second, _third = items_of(held)
    settle(place, first, 2)
    leave_open(place=place, item_id=second.id, reason="We do not know.", seen_version=0)
    again = another_round(place, six)
    settle(place, again, 2)
    settle(place, items_of(again.round)[1], 4)


def test_the_step_of_two_rounds_ago_counts_when_the_last_one_left_it_open(
    place: Place, item: RoundItem, six: People
) -> None:
    settle(place, item, 2)
    second = another_round(place, six)
    closed(place, second.round)
    third = items_of(an_open_spread(place, six, ALIKE))[0]
    with pytest.raises(ValidationError, match="different from last time"):
        settle(place, third, 3)


@pytest.mark.parametrize("verb", [leave_open, defer])
def test_leaving_open_and_putting_off_need_a_reason_and_leave_the_standing(
    place: Place, item: RoundItem, verb: Callable[..., RoundItem]
) -> None:
    with pytest.raises(ValidationError, match="why"):
        verb(place=place, item_id=item.id, reason=" ", seen_version=0)
    decide_between_rounds(
        place=place, competency_id=item.competency_id, standing="in-progress", reason="The pilot began."
    )
    kept = verb(place=place, item_id=item.id, reason="We need to see more.", seen_version=0)
    assert (kept.step, kept.decision, kept.reason) == (None, None, "We need to see more.")
    assert Standing.objects.get().value == "in-progress"
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("verb", [leave_open, defer])
def test_what_the_team_agreed_on_is_changed_by_agreeing_on_something_else(
    place: Place, item: RoundItem, verb: Callable[..., RoundItem]
) -> None:
    settle(place, item)
    with pytest.raises(ValidationError, match="agree on something new"):
        verb(place=place, item_id=item.id, reason="We need to see more.", seen_version=1)
    item.refresh_from_db()
    assert (item.state, item.decision) == (RoundItem.State.AGREED, Decision.objects.get())


def test_between_rounds_a_decision_is_made_by_a_decider_with_its_own_reason(
    place: Place, learner: Membership
) -> None:
    competency = few(place)[0]
    told = {"competency_id": competency.id, "standing": "in-progress", "reason": "The pilot began."}
    decision = decide_between_rounds(place=place, **told)  # type: ignore[arg-type]
    assert (decision.context, decision.after) == (None, "in-progress")
    with pytest.raises(Refused):
        decide_between_rounds(place=place_of(seat_of(learner), place.journey), **told)  # type: ignore[arg-type]


def test_existing_evidence_is_cited_again_without_being_entered_again(place: Place, held: Round) -> None:
    first, second, _third = items_of(held)
    kept = earn(place, first)
    assert kept.decision is not None
    piece = Evidence.objects.get()
    settle(place, second, cites=(Cite(piece.id), Cite(piece.id)))
    assert Evidence.objects.count() == 1
    assert piece.citations.count() == len(few(place)[0].indicators) + 1
