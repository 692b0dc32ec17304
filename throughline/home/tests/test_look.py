"""The guided look: for new leads, on their own pages, left at any moment, and not offered again."""

import pytest
from django.test import Client

from throughline.home.look import STEPS
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def go(client: Client, way: str, **more: str) -> str:
    """Press a button of the look; where it leads."""
    return client.post("/look/", {"go": way, **more}).headers["Location"]


def test_a_new_lead_is_shown_around_on_real_pages_and_then_left_alone(
    school: Organisation, lead: Membership
) -> None:
    client = client_of(lead)
    assert "Take the tour" in client.get("/").content.decode()
    address = go(client, "begin", school=school.slug)
    for number, step in enumerate(STEPS, start=1):
        page = client.get(address).content.decode()
        assert f"Tour: {number} of {len(STEPS)}" in page
        assert str(step.title) in page
        assert "New here?" not in page
        address = go(client, "next")
    assert address == "/"
    assert "the tour" not in client.get("/").content.decode()


def test_one_can_go_back_and_wander_off_and_come_back(school: Organisation, lead: Membership) -> None:
    client = client_of(lead)
    go(client, "begin", school=school.slug)
    second = go(client, "next")
    elsewhere = client.get("/me/").content.decode()
    assert f'href="{second}"' in elsewhere and "Back to the tour" in elsewhere
    assert go(client, "back") == "/"


def test_not_now_is_an_answer(school: Organisation, lead: Membership) -> None:
    client = client_of(lead)
    assert go(client, "stop") == "/"
    assert "the tour" not in client.get("/").content.decode()
    lead.person.refresh_from_db()
    assert lead.person.looked_around_at is not None


def test_it_is_for_leads_and_for_their_own_school(
    school: Organisation, educator: Membership, outsider: Membership
) -> None:
    assert "Take the tour" not in client_of(educator).get("/").content.decode()
    assert go(client_of(outsider), "begin", school=school.slug) == "/"


def test_a_session_that_holds_something_else_does_no_harm(school: Organisation, lead: Membership) -> None:
    client = client_of(lead)
    for odd in ([99, school.slug], "x", [None], {"a": 1}):
        session = client.session
        session["look"] = odd
        session.save()
        assert client.get("/me/").status_code == 200
