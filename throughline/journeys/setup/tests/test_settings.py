"""A journey has a name that can be changed, and can be put away and taken up again."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.journeys.models import Round
from throughline.journeys.policy import Place, may_run
from throughline.journeys.setup.actions import put_away, take_up_journey
from throughline.journeys.tests.steps import closed
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def page(place: Place, name: str = "settings") -> str:
    return reverse(f"journeys:{name}", args=[place.seat.organisation.slug, place.journey.id])


def test_a_journey_put_away_asks_nothing_and_is_still_read(place: Place, lead: Membership) -> None:
    client = client_of(lead)
    assert client.post(page(place, "put-away")).status_code == 302
    place.journey.refresh_from_db()
    assert not may_run(place)
    overview = client.get(page(place, "overview")).content.decode()
    assert "is archived" in overview and "Bring it back" in overview
    assert (
        "archived"
        in client.get(reverse("journeys:list", args=[place.seat.organisation.slug])).content.decode()
    )
    assert client.post(page(place, "take-up-journey")).status_code == 302
    place.journey.refresh_from_db()
    assert may_run(place)


def test_not_while_a_round_is_going_on(place: Place, held: Round, lead: Membership) -> None:
    answer = client_of(lead).post(page(place, "put-away"))
    assert answer.status_code == 422
    assert "A round is under way" in answer.content.decode()
    with pytest.raises(ValidationError):
        put_away(place=place)
    another_closed = closed(place, held)
    assert another_closed.round_id == held.id
    put_away(place=place)
    put_away(place=place)
    take_up_journey(place=place)
    take_up_journey(place=place)


def test_a_new_name_is_kept_and_an_empty_one_is_not(place: Place, lead: Membership) -> None:
    client = client_of(lead)
    assert client.post(page(place), {"name": "Our road, نحو الإتقان"}).status_code == 302
    place.journey.refresh_from_db()
    assert place.journey.name == "Our road, نحو الإتقان"
    assert client.post(page(place), {"name": "  "}).status_code == 422


def test_only_those_who_run_it(place: Place, team: Membership) -> None:
    assert client_of(team).get(page(place)).status_code == 403
    with pytest.raises(Refused):
        put_away(place=Place(place.seat.__class__(team, team.organisation, team.roles), place.journey, None))
