"""Several undisputed competencies agreed at once, with one reason."""

from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from throughline.journeys.actions.agreeing import Meanwhile, Together, agree_together
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of, place_of
from throughline.journeys.spread import undisputed
from throughline.journeys.tests.steps import an_open_spread, another_round, earn, settle
from throughline.kit.verdict import Refused
from throughline.records.evidence import withdraw_evidence
from throughline.records.models import Decision, Evidence
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
People = list[Membership]


def choices(held: Round, step: int = 2, standing: str = "in-progress") -> dict[UUID, Together]:
    return {item.id: Together(step, standing) for item in items_of(held)}


def test_undisputed_competencies_are_agreed_together_with_one_reason(place: Place, held: Round) -> None:
    settled = agree_together(
        place=place,
        round_id=held.id,
        choices=choices(held),
        reason="We all see it.",
    )
    assert [item.step for item in settled] == [2, 2, 2]
    assert {each.reason for each in Decision.objects.all()} == {"We all see it."}
    assert [each.competency_id for each in Decision.objects.order_by("number")] == [
        item.competency_id for item in items_of(held)
    ]


def test_what_is_disputed_is_never_agreed_together(place: Place, six: People) -> None:
    held = an_open_spread(place, six, [1, 1, 1, 4, 4, 4])
    assert undisputed(held) == set()
    with pytest.raises(ValidationError, match="people agree on"):
        agree_together(place=place, round_id=held.id, choices=choices(held), reason="All.")
    assert not Decision.objects.exists()


def test_together_is_all_or_nothing(place: Place, held: Round, six: People) -> None:
    first = items_of(held)[0]
    everything = choices(held)
    for wrong in ({first.id: Together(0, "in-progress")}, {first.id: Together(2, "earned")}):
        with pytest.raises(ValidationError):
            agree_together(
                place=place,
                round_id=held.id,
                choices={**everything, **wrong},
                reason="All.",
            )
    for empty in ({}, {place.journey.id: Together(2, "in-progress")}):
        with pytest.raises(ValidationError):
            agree_together(place=place, round_id=held.id, choices=empty, reason="All.")
    with pytest.raises(ValidationError):
        agree_together(place=place, round_id=held.id, choices=everything, reason="")
    settle(place, first)
    with pytest.raises(Meanwhile):
        agree_together(place=place, round_id=held.id, choices=everything, reason="All.")
    assert Decision.objects.count() == 1


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
    with pytest.raises(ValidationError, match="needs evidence"):
        agree_together(
            place=place,
            round_id=again.round_id,
            choices={again.id: Together(4, "earned")},
            reason="Still so.",
        )


def test_a_changed_step_is_talked_about_by_itself(place: Place, item: RoundItem, six: People) -> None:
    settle(place, item, 2)
    again = another_round(place, six)
    with pytest.raises(ValidationError, match="its own reason"):
        agree_together(
            place=place,
            round_id=again.round_id,
            choices={again.id: Together(3, "in-progress")},
            reason="All.",
        )


def test_only_deciders_agree_together(place: Place, held: Round, learner: Membership) -> None:
    theirs = place_of(seat_of(learner), place.journey)
    with pytest.raises(Refused, match="deciders"):
        agree_together(place=theirs, round_id=held.id, choices=choices(held), reason="All.")
