"""The same person on phone and laptop, or two people at once: nothing is overwritten unseen."""

import html
import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from throughline.journeys.models import Rating, Round
from throughline.journeys.policy import Place
from throughline.journeys.queries import items_of
from throughline.journeys.rating.actions import RatedMeanwhile, rate
from throughline.journeys.tests.steps import a_round
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
AUTO = {"hx-request": "true", "hx-trigger": "rating"}
PHONE = {"step": "3", "confidence": "very", "comment": "From the phone:\r\ntwo lines"}
LAPTOP = {"step": "2", "confidence": "", "comment": "From the laptop"}


@pytest.fixture
def rating(place: Place, six: list[Membership]) -> Round:
    return a_round(place, six)


@pytest.fixture
def address(rating: Round) -> str:
    return reverse(
        "journeys:rate-one",
        kwargs={
            "school": "harbour-bridge",
            "round_id": rating.id,
            "competency_id": items_of(rating)[0].competency_id,
        },
    )


@pytest.fixture
def phone(lead: Membership) -> Client:
    return client_of(lead)


@pytest.fixture
def laptop(lead: Membership) -> Client:
    return client_of(lead)


def mark_in(answer: Any) -> str:
    found = re.search(
        r'name="as_seen" value="([^"]+)"|value="([^"]+)" id="id_as_seen"', answer.content.decode()
    )
    assert found
    return found.group(1) or found.group(2)


def stands() -> tuple[int | None, str]:
    row = Rating.objects.get()
    return row.step, row.comment


def test_the_second_device_is_told_shows_both_and_then_may_replace(
    phone: Client, laptop: Client, address: str
) -> None:
    on_phone, on_laptop = mark_in(phone.get(address)), mark_in(laptop.get(address))
    assert phone.post(address, {**PHONE, "as_seen": on_phone}).status_code == 302
    answer = laptop.post(address, {**LAPTOP, "as_seen": on_laptop})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422 and stands() == (3, "From the phone:\ntwo lines")
    assert "changed after you opened the page" in page and "Saved now" in page
    assert "From the phone:" in page and "From the laptop" in page and "very" in page
    assert laptop.post(address, {**LAPTOP, "as_seen": mark_in(answer)}).status_code == 302
    assert stands() == (2, "From the laptop")


def test_saving_in_the_background_says_so_and_writes_nothing(
    phone: Client, laptop: Client, address: str
) -> None:
    on_laptop = mark_in(laptop.get(address))
    phone.post(address, {**PHONE, "as_seen": mark_in(phone.get(address))})
    note = laptop.post(address, {**LAPTOP, "as_seen": on_laptop}, headers=AUTO)
    assert note.content.decode() == "not saved: changed elsewhere. Press the button to see both"
    assert stands()[0] == 3


def test_a_page_that_saves_itself_again_and_again_meets_no_conflict_with_itself(
    laptop: Client, address: str
) -> None:
    mark = mark_in(laptop.get(address))
    for number in range(3):
        note = laptop.post(address, {**LAPTOP, "comment": f"typed {number}", "as_seen": mark}, headers=AUTO)
        assert note.content.decode().startswith("saved<input")
        mark = mark_in(note)
    assert laptop.post(address, {**LAPTOP, "as_seen": mark}).status_code == 302


def test_what_the_page_sent_and_heard_nothing_of_is_no_conflict(laptop: Client, address: str) -> None:
    """The line is slow: the button is pressed before the answer to the saving in the background is there."""
    mark = mark_in(laptop.get(address))
    first = {**LAPTOP, "comment": "typed a\r\nlittle", "as_seen": mark}
    laptop.post(address, first, headers=AUTO)
    sent = json.dumps(["nonsense=%", urlencode(first)])
    assert laptop.post(address, {**LAPTOP, "as_seen": mark, "as_sent": sent}).status_code == 302
    assert stands() == (2, "From the laptop")
    assert laptop.post(address, {**LAPTOP, "as_seen": mark, "as_sent": "no json"}).status_code == 302
    assert laptop.post(address, {**PHONE, "as_seen": mark, "as_sent": "{}"}).status_code == 422


def test_saving_the_same_from_both_is_no_conflict(phone: Client, laptop: Client, address: str) -> None:
    mark = mark_in(laptop.get(address))
    assert phone.post(address, {**PHONE, "as_seen": mark}).status_code == 302
    assert laptop.post(address, {**PHONE, "as_seen": mark}).status_code == 302


def test_the_verb_asks_once_more_when_it_holds_the_rater(rating: Round, lead: Membership) -> None:
    competency, by = items_of(rating)[0].competency_id, seat_of(lead)
    rate(by=by, round_id=rating.id, competency_id=competency, step=3)
    with pytest.raises(RatedMeanwhile) as met:
        rate(
            by=by, round_id=rating.id, competency_id=competency, step=1, as_seen=lambda stands: stands is None
        )
    assert met.value.rating is not None and met.value.rating.step == 3
    assert stands()[0] == 3
