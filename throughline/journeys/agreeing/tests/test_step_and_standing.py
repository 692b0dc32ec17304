"""Which standing fits which step, what is proposed, and that a pair that does not fit is asked about once."""

import json
import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from throughline.journeys.agreeing.actions import Agreement, Together, agree, agree_together
from throughline.journeys.agreeing.standings import EARNED, IN_PROGRESS, NOT_STARTED, fits, proposed
from throughline.journeys.meeting.actions import lead_talk
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of
from throughline.journeys.tests.steps import another_round, earn, settle
from throughline.records.models import Decision, StandingValue
from throughline.schools.models import Membership
from throughline.testing import client_of

STEPS = st.integers(min_value=1, max_value=4)
STANDINGS = st.sampled_from(StandingValue.values)


def test_the_rule_knows_the_standings_there_are() -> None:
    assert {NOT_STARTED, IN_PROGRESS, EARNED} == set(StandingValue.values)


@pytest.mark.parametrize(
    ("standing", "steps"), [(NOT_STARTED, [1]), (IN_PROGRESS, [1, 2, 3, 4]), (EARNED, [3, 4])]
)
def test_which_steps_a_standing_fits(standing: str, steps: list[int]) -> None:
    assert [step for step in (1, 2, 3, 4) if fits(step, standing)] == steps


def test_what_is_no_step_or_no_standing_fits_nothing() -> None:
    assert not any(fits(step, "sideways") for step in (1, 2, 3, 4))
    for step in (0, 5):
        with pytest.raises(ValueError, match="from 1 to 4"):
            fits(step, IN_PROGRESS)


@given(STEPS, st.one_of(st.none(), STANDINGS))
def test_what_is_proposed_always_fits(step: int, now: str | None) -> None:
    assert fits(step, proposed(step, now))


@given(STEPS, st.one_of(st.none(), STANDINGS))
def test_earned_is_kept_and_never_proposed(step: int, now: str | None) -> None:
    if now != EARNED:
        assert proposed(step, now) != EARNED


@given(STEPS, STANDINGS)
def test_what_stands_is_proposed_as_long_as_it_fits(step: int, now: str) -> None:
    assert (proposed(step, now) == now) is fits(step, now)


@given(STEPS, STEPS)
def test_a_higher_step_never_takes_earned_away_nor_allows_not_started(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert not fits(low, EARNED) or fits(high, EARNED)
    assert not fits(high, NOT_STARTED) or fits(low, NOT_STARTED)


@pytest.mark.django_db
@pytest.mark.parametrize(("step", "standing"), [(3, NOT_STARTED), (2, NOT_STARTED), (1, EARNED)])
def test_a_standing_that_does_not_fit_is_asked_about_before_anything_is_kept(
    place: Place, item: RoundItem, step: int, standing: str
) -> None:
    said = Agreement(step=step, standing=standing, reason="We looked.")
    with pytest.raises(ValidationError) as asked:
        agree(place=place, item_id=item.id, agreement=said, seen_version=item.version)
    assert [each.code for each in asked.value.error_dict["standing"]] == ["does-not-fit"]
    assert not Decision.objects.exists()


@pytest.mark.django_db
def test_whoever_is_sure_has_it_kept(place: Place, item: RoundItem) -> None:
    said = Agreement(step=3, standing=NOT_STARTED, reason="Another school does it here.", sure=True)
    agree(place=place, item_id=item.id, agreement=said, seen_version=item.version)
    assert Decision.objects.get().after == NOT_STARTED


@pytest.mark.django_db
def test_together_a_row_that_does_not_fit_waits_and_the_others_are_kept(place: Place, held: Round) -> None:
    first, second, third = items_of(held)
    choices = {first.id: Together(3, NOT_STARTED), second.id: Together(3), third.id: Together(1)}
    outcome = agree_together(place=place, round_id=held.id, choices=choices, reason="All.")
    assert list(outcome.refused) == [first.id]
    assert [each.code for each in outcome.refused[first.id].error_dict["standing"]] == ["does-not-fit"]
    assert [each.after for each in Decision.objects.order_by("number")] == [IN_PROGRESS, NOT_STARTED]
    again = {first.id: Together(3, NOT_STARTED, sure=True)}
    assert not agree_together(place=place, round_id=held.id, choices=again, reason="All.").refused


def agree_page(held: Round, item: RoundItem) -> str:
    kwargs = {"school": "harbour-bridge", "round_id": held.id, "competency_id": item.competency_id}
    return reverse("journeys:agree", kwargs=kwargs)


def checked(page: str) -> set[str]:
    """The names of what is chosen on a page."""
    return {
        found[1]
        for tag in re.findall(r"<input[^>]*>", page)
        if " checked" in tag and (found := re.search(r'name="([^"]*)"', tag))
    }


@pytest.mark.django_db
def test_the_page_chooses_no_standing_before_there_is_a_step(
    place: Place, item: RoundItem, held: Round, six: list[Membership], team: Membership
) -> None:
    client = client_of(team)
    page = client.get(agree_page(held, item)).content.decode()
    assert 'value="not-started"' in page and "standing" not in checked(page)
    goes_with = json.loads(unescape(re.search(r'data-goes-with="([^"]*)"', page)[1]))  # type: ignore[index]
    assert goes_with == [NOT_STARTED, IN_PROGRESS, IN_PROGRESS, IN_PROGRESS]
    earn(place, item)
    assert {"step", "standing"} <= checked(client.get(agree_page(held, item)).content.decode())
    again = another_round(place, six)
    page = client.get(agree_page(again.round, again)).content.decode()
    assert "standing" not in checked(page)
    goes_with = json.loads(unescape(re.search(r'data-goes-with="([^"]*)"', page)[1]))  # type: ignore[index]
    assert goes_with == [NOT_STARTED, IN_PROGRESS, EARNED, EARNED]


@pytest.mark.django_db
def test_the_page_asks_once_at_the_field_and_then_accepts(
    held: Round, item: RoundItem, team: Membership
) -> None:
    client, target = client_of(team), agree_page(held, item)
    data = {"step": "3", "standing": "not-started", "reason": "Next door they do.", "seen_version": "0"}
    asked = client.post(target, data)
    page = asked.content.decode()
    assert asked.status_code == 422 and not Decision.objects.exists()
    field = page.split('id="id_standing_error"')[1].split("</ul>")[0]
    assert "press the button again to keep both" in field and "Next door they do." in page
    assert 'name="sure" value="3:not-started"' in page
    other = client.post(target, data | {"step": "4", "sure": "3:not-started"})
    assert other.status_code == 422 and 'name="sure" value="4:not-started"' in other.content.decode()
    assert client.post(target, data | {"sure": "3:not-started"}).status_code == 302
    assert Decision.objects.get().after == NOT_STARTED


@pytest.mark.django_db
def test_each_page_on_which_both_stand_says_how_they_differ(
    place: Place, held: Round, item: RoundItem, team: Membership
) -> None:
    school = {"school": "harbour-bridge"}
    pages = [
        agree_page(held, item),
        reverse("journeys:agree-together", kwargs=school | {"round_id": held.id}),
        reverse("journeys:round", kwargs=school | {"round_id": held.id}),
        reverse("journeys:follow", kwargs=school | {"round_id": held.id}),
        reverse(
            "journeys:decide",
            kwargs=school | {"journey_id": place.journey.id, "competency_id": item.competency_id},
        ),
    ]
    lead_talk(place=place, round_id=held.id, competency_id=item.competency_id)
    for each in pages:
        page = re.sub(r"<[^>]+>", "", client_of(team).get(each).content.decode())
        assert "The step says how deep the practice goes. The standing says whether we count" in page, each


@pytest.mark.django_db
def test_between_rounds_the_step_agreed_last_is_held_against_the_standing(
    place: Place, held: Round, item: RoundItem, team: Membership
) -> None:
    kwargs = {"school": "harbour-bridge", "journey_id": place.journey.id, "competency_id": item.competency_id}
    target, client = reverse("journeys:decide", kwargs=kwargs), client_of(team)
    data = {"standing": "not-started", "reason": "It stopped in May."}
    assert client.post(target, data).status_code == 302
    settle(place, item, 3)
    asked = client.post(target, data)
    assert asked.status_code == 422 and 'name="sure" value=":not-started"' in asked.content.decode()
    assert Decision.objects.order_by("-number")[0].after == IN_PROGRESS
    assert client.post(target, data | {"sure": ":not-started"}).status_code == 302
    assert Decision.objects.order_by("-number")[0].after == NOT_STARTED
