"""Several undisputed competencies agreed at once, with one reason."""

from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from throughline.journeys.agreeing.actions import Together, agree_together
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, place_of
from throughline.journeys.spread.queries import undisputed
from throughline.journeys.tests.steps import an_open_spread, another_round, earn, settle
from throughline.kit.verdict import Refused
from throughline.records.evidence.actions import withdraw_evidence
from throughline.records.models import Decision, Evidence
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
People = list[Membership]


def choices(held: Round, step: int = 2, standing: str = "in-progress") -> dict[UUID, Together]:
    return {item.id: Together(step, standing) for item in items_of(held)}


def test_undisputed_competencies_are_agreed_together_with_one_reason(place: Place, held: Round) -> None:
    outcome = agree_together(
        place=place,
        round_id=held.id,
        choices=choices(held),
        reason="We all see it.",
    )
    assert [item.step for item in outcome.settled] == [2, 2, 2] and not outcome.refused
    assert {each.reason for each in Decision.objects.all()} == {"We all see it."}
    assert [each.competency_id for each in Decision.objects.order_by("number")] == [
        item.competency_id for item in items_of(held)
    ]


def test_what_is_disputed_is_never_agreed_together(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [1, 1, 1, 4, 4, 4])
    assert undisputed(held) == set()
    outcome = agree_together(place=place, round_id=held.id, choices=choices(held), reason="All.")
    assert not outcome.settled and len(outcome.refused) == 3
    assert "differently" in str(outcome.refused[items_of(held)[0].id])
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Together(0, "in-progress"), "step"),
        (Together(5), "step"),
        (Together(4, "earned"), "evidence"),
        (Together(2, "sideways"), "standing"),
        (Together(2, "earned"), "standing"),
    ],
)
def test_what_can_be_kept_is_kept_and_the_row_and_field_that_are_wrong_are_named(
    place: Place, held: Round, wrong: Together, field: str
) -> None:
    first, second, third = items_of(held)
    given = {**choices(held), second.id: wrong}
    outcome = agree_together(place=place, round_id=held.id, choices=given, reason="All.")
    assert [item.id for item in outcome.settled] == [first.id, third.id]
    assert list(outcome.refused) == [second.id] and list(outcome.refused[second.id].error_dict) == [field]
    second.refresh_from_db()
    assert (second.state, second.version, Decision.objects.count()) == ("open", 0, 2)


def test_each_has_its_own_reason_or_the_one_for_all(place: Place, held: Round) -> None:
    first, second, third = items_of(held)
    given = {
        first.id: Together(2, reason="Seen."),
        second.id: Together(2),
        third.id: Together(2, reason="  "),
    }
    outcome = agree_together(place=place, round_id=held.id, choices=given)
    assert [item.id for item in outcome.settled] == [first.id]
    assert {tuple(error.error_dict) for error in outcome.refused.values()} == {("reason",)}
    agree_together(place=place, round_id=held.id, choices={second.id: Together(2)}, reason="All of us.")
    assert [each.reason for each in Decision.objects.order_by("number")] == ["Seen.", "All of us."]


def test_nothing_chosen_or_something_of_another_round_is_refused(place: Place, held: Round) -> None:
    for empty in ({}, {place.journey.id: Together(2, "in-progress")}):
        with pytest.raises(ValidationError):
            agree_together(place=place, round_id=held.id, choices=empty, reason="All.")


def test_sent_twice_it_is_done_once_and_what_another_settled_is_said(place: Place, held: Round) -> None:
    first, second, _third = items_of(held)
    settle(place, first, 3)
    given = {first.id: Together(2), second.id: Together(2)}
    for _time in range(2):
        outcome = agree_together(place=place, round_id=held.id, choices=given, reason="All.")
        assert [item.id for item in outcome.settled] == [second.id]
        assert "Someone else just agreed" in str(outcome.refused[first.id])
    assert Decision.objects.count() == 2


def test_what_is_earned_stays_so_together_on_the_evidence_it_stands_on(
    place: Place, item: RoundItem, six: People
) -> None:
    earned = earn(place, item)
    again = another_round(place, six)
    stays = {again.id: Together(4, "earned")}
    agree_together(place=place, round_id=again.round_id, choices=stays, reason="Still so.")
    last = Decision.objects.order_by("-number")[0]
    assert earned.decision is not None
    assert last.after == "earned"
    assert set(last.citations.values_list("evidence", "indicator")) == set(
        earned.decision.citations.values_list("evidence", "indicator")
    )


def test_what_was_earned_on_evidence_withdrawn_since_does_not_stay_so_together(
    place: Place, item: RoundItem, six: People, lead: Membership
) -> None:
    earn(place, item)
    again = another_round(place, six)
    withdraw_evidence(evidence=Evidence.objects.get(), reason="It was another class.", by=lead)
    outcome = agree_together(
        place=place,
        round_id=again.round_id,
        choices={again.id: Together(4, "earned")},
        reason="Still so.",
    )
    assert not outcome.settled and "needs evidence" in str(outcome.refused[again.id])


def test_a_changed_step_is_talked_about_by_itself(place: Place, item: RoundItem, six: People) -> None:
    settle(place, item, 2)
    again = another_round(place, six)
    outcome = agree_together(
        place=place,
        round_id=again.round_id,
        choices={again.id: Together(3, "in-progress")},
        reason="All.",
    )
    assert "its own reason" in str(outcome.refused[again.id])


def test_only_deciders_agree_together(place: Place, held: Round, learner: Membership) -> None:
    theirs = place_of(seat_of(learner), place.journey)
    with pytest.raises(Refused, match="deciders"):
        agree_together(place=theirs, round_id=held.id, choices=choices(held), reason="All.")
