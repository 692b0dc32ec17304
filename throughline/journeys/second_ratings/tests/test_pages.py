"""The pages of rating again and looking back."""

import pytest

from throughline.journeys.models import Again, Rerating, Round
from throughline.journeys.policy import Place
from throughline.journeys.rounds.actions import open_spread
from throughline.journeys.tests.steps import a_round, address, all_say, an_open_spread, closed, few
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
People = list[Membership]


def test_from_asking_to_both_pictures(place: Place, split: Round, six: People) -> None:
    first = few(place)[0]
    lead = client_of(six[0])
    target = address("agree", split, competency_id=first.id)
    asked = lead.post(address("open-again", split), {"competency": str(first.id), "next": target})
    assert asked.url == target  # type: ignore[attr-defined]
    assert "0 of 6 have rated again" in lead.get(target).content.decode()
    for number, person in enumerate(six):
        client = client_of(person)
        listed = client.get(address("again", split)).content.decode()
        assert first.name in listed and "on your own, you said" in listed
        one = address("again-one", split, competency_id=first.id)
        page = client.get(one).content.decode()
        assert "How you rated on your own" in page and " checked>" not in page.split("<main")[1]
        said = {"stay": "1"} if number == 0 else {"step": "4", "comment": "Now I see."}
        assert client.post(one, said).status_code == 302
    assert client_of(six[1]).post(one, {"comment": "no step"}).status_code == 422
    assert Rerating.objects.filter(step=1).count() == 1
    assert lead.post(address("close-again", split), {"competency": str(first.id)}).status_code == 302
    for name in ("spread", "agree", "follow"):
        page = lead.get(target if name == "agree" else address(name, split)).content.decode()
        assert ("After talking" in page) is (name != "follow")
    assert "Now I see." in lead.get(target).content.decode()
    assert client_of(six[1]).get(address("again-one", split, competency_id=first.id)).status_code == 404
    assert "Nothing to rate again" in lead.get(address("again", split)).content.decode()


def test_all_disputed_ones_can_be_rated_again_at_once(split: Round, six: People) -> None:
    client = client_of(six[0])
    assert "Rate them all again" in client.get(address("spread", split)).content.decode()
    client.post(address("open-again", split), {"disputed": "1"})
    assert Again.objects.count() == 3
    page = client.post(address("open-again", split), {"competency": "x"}, follow=True).content.decode()
    assert "nothing here to rate again" in page


def test_one_is_never_sent_elsewhere(place: Place, split: Round, six: People) -> None:
    data = {"competency": str(few(place)[0].id), "next": "//elsewhere.example/"}
    answer = client_of(six[0]).post(address("open-again", split), data)
    assert answer.url == address("spread", split)  # type: ignore[attr-defined]


def test_looking_back_is_offered_after_ones_own_rating(place: Place, six: People) -> None:
    first = few(place)[0]
    closed(place, an_open_spread(place, six, [3] * 6))
    held = a_round(place, six)
    client = client_of(six[0])
    one = address("look-back", held, competency_id=first.id)
    assert client.get(one).status_code == 404
    assert "Looking back" not in client.get(address("rate", held)).content.decode()
    all_say(held, six, [3] * 6)
    assert "Looking back" in client.get(address("rate", held)).content.decode()
    page = client.get(one).content.decode()
    assert "Knowing what you know today" in page and " checked>" not in page.split("<main")[1]
    assert client.post(one, {}).status_code == 422
    for person in six:
        assert client_of(person).post(one, {"step": "2"}).status_code == 302
    assert "looked back" in client.get(address("rate", held)).content.decode()
    open_spread(place=place, round_id=held.id)
    for page in (address("spread", held), address("agree", held, competency_id=first.id)):
        told = client.get(page).content.decode()
        assert "Then and now" in told and "as we see it today" in told and "lower than we did then" in told
    assert client.get(one).status_code == 404
