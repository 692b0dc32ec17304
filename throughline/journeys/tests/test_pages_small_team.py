"""What a team of three or four meets: open names proposed beforehand, something to talk about where they stay hidden."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.actions.rounds import choose_names, open_round
from throughline.journeys.models import Round
from throughline.journeys.policy import Place
from throughline.journeys.queries import place_of
from throughline.journeys.spread import names_are_proposed
from throughline.journeys.tests import running
from throughline.journeys.tests.steps import a_draft
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
People = list[Membership]
FEW = "You are fewer than five: let names show?"


def page(name: str, **kwargs: object) -> str:
    return reverse(f"journeys:{name}", kwargs={"school": "harbour-bridge", **kwargs})


@pytest.mark.parametrize(("raters", "proposed"), [(2, False), (3, True), (4, True), (5, False)])
def test_preparing_a_round_for_a_few_says_so_and_proposes_open_names(
    journey_version: FrameworkVersion, six: People, raters: int, proposed: bool
) -> None:
    ground = running.begin(journey_version, six[:raters])
    shown = client_of(six[0]).get(page("prepare", journey_id=ground.journey.id)).content.decode()
    said = shown.split('data-few="raters"')[1].split(">")[0]
    assert FEW in shown and ("hidden" not in said) is proposed
    checked = shown.split('name="names"')
    assert ("checked" in checked[1].split(">")[0]) is not proposed
    assert ("checked" in checked[2].split(">")[0]) is proposed


def test_the_proposal_is_never_forced_and_the_draft_says_it_again(small: Place, three: People) -> None:
    client = client_of(three[0])
    data = {"what": "all", "raters": [str(each.id) for each in three], "names": "hidden"}
    answer = client.post(page("prepare", journey_id=small.journey.id), data)
    held = Round.objects.get()
    assert held.names_shown is False
    shown = client.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert FEW in shown and "one word" in shown
    client.post(page("choose-names", round_id=held.id), {"names": "shown"})
    held.refresh_from_db()
    shown = client.get(page("round", round_id=held.id)).content.decode()
    assert held.names_shown is True and FEW not in shown and "Hide names instead" in shown


def test_who_only_rates_is_told_and_not_asked(small: Place, three: People) -> None:
    held = a_draft(small, three)
    shown = client_of(three[2]).get(page("round", round_id=held.id)).content.decode()
    assert FEW not in shown and "one word for each competency" in shown
    assert client_of(three[2]).post(page("choose-names", round_id=held.id), {}).status_code == 403


@pytest.mark.parametrize(
    ("raters", "proposed"), [(0, False), (1, False), (2, False), (3, True), (4, True), (5, False)]
)
def test_names_are_proposed_where_hiding_them_would_leave_a_word(raters: int, proposed: bool) -> None:
    assert names_are_proposed(raters) is proposed


def test_whether_names_show_is_chosen_while_it_is_a_draft(
    place: Place, six: People, learner: Membership
) -> None:
    held = a_draft(place, six[:3])
    for shown in (True, False, True):
        assert choose_names(place=place, round_id=held.id, shown=shown).names_shown is shown
    with pytest.raises(Refused):
        choose_names(place=place_of(seat_of(learner), place.journey), round_id=held.id, shown=False)
    assert open_round(place=place, round_id=held.id).names_shown is True
    with pytest.raises(ValidationError, match="moved on"):
        choose_names(place=place, round_id=held.id, shown=False)
