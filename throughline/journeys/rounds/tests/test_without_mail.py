"""Where no mail server is set, opening a round gives a link to hand over instead of promising letters."""

import re
from typing import Any

import pytest

from throughline.journeys.models import Round
from throughline.journeys.policy import Place
from throughline.journeys.tests.steps import a_draft
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
PROMISES = re.compile(r"\bemails?\b|\bletters?\b|reminder", re.IGNORECASE)


def read(person: Membership, path: str) -> str:
    """The words of a page, without its header and without addresses of files."""
    page = client_of(person).get(path).content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.fixture
def path(place: Place) -> str:
    return f"/s/{place.seat.organisation.slug}/"


@pytest.fixture
def no_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"


def test_no_page_on_the_way_promises_a_letter(
    no_mail: None, place: Place, six: list[Membership], path: str
) -> None:
    lead = place.seat.membership
    assert not PROMISES.search(read(lead, f"{path}journeys/{place.journey.pk}/rounds/new/"))
    held = a_draft(place, six)
    for person in (lead, six[2]):
        words = read(person, f"{path}rounds/{held.pk}/")
        assert not PROMISES.search(words), words
    assert "gives you one link" in read(lead, f"{path}rounds/{held.pk}/")
    client = client_of(lead)
    answer = client.post(f"{path}rounds/{held.pk}/open/", follow=True).content.decode()
    assert Round.objects.get(pk=held.pk).state == "rating"
    assert "Now send everyone the link below" in answer
    assert f'/rounds/{held.pk}/rate/" aria-label' in answer and "data-copy" in answer
    assert not PROMISES.search(
        re.sub("This site doesn’t send email.", "", read(lead, f"{path}rounds/{held.pk}/"))
    )
    assert "The link to send out" not in read(six[2], f"{path}rounds/{held.pk}/")


def test_with_a_mail_server_letters_are_told_of(place: Place, six: list[Membership], path: str) -> None:
    lead = place.seat.membership
    assert "gets a reminder" in read(lead, f"{path}journeys/{place.journey.pk}/rounds/new/")
    held = a_draft(place, six)
    assert "emails 6 people" in read(lead, f"{path}rounds/{held.pk}/")
    answer = client_of(lead).post(f"{path}rounds/{held.pk}/open/", follow=True).content.decode()
    assert "gets an email with the link" in answer and "The link to send out" not in answer
