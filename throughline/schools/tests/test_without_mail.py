"""Where no mail server is set nothing promises a letter, and links to hand over stand in its place."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from throughline.activity.mail import letters_go_out
from throughline.schools import actions
from throughline.schools.actions.invitations import Entry
from throughline.schools.models import Membership, Organisation
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
NO_MAIL = "django.core.mail.backends.console.EmailBackend"
LIST = {"people": "Mei Tanaka, mei@example.org\nIda Berg, ida@example.org", "usual": "educator"}


@pytest.fixture
def no_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = NO_MAIL


def page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


@pytest.mark.parametrize(
    ("backend", "out"),
    [("smtp.EmailBackend", True), ("console.EmailBackend", False), ("dummy.EmailBackend", False)],
)
def test_a_mail_server_is_set_or_not(settings: Any, backend: str, out: bool) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}"
    assert letters_go_out() is out


def invited(client: Client, school: Organisation, **more: str) -> str:
    answer = client.post(f"/s/{school.slug}/people/invite/confirm/", LIST | more)
    assert answer.status_code == 302
    return page(client, answer["Location"])


def test_inviting_gives_links_to_copy_and_promises_no_letter(
    no_mail: None, school: Organisation, lead: Membership
) -> None:
    client = client_of(lead)
    asked = page(client, f"/s/{school.slug}/people/invite/").split("<main")[1]
    assert "by email" not in asked and 'name="by_mail"' not in asked
    shown = invited(client, school)
    assert "No email goes out from here" in shown and "gets an email" not in shown
    assert shown.count("data-copy") == 3 and "Mei Tanaka: http" in shown and "Ida Berg: http" in shown


def test_with_a_mail_server_both_ways_are_offered(school: Organisation, lead: Membership) -> None:
    client = client_of(lead)
    assert 'name="by_mail"' in page(client, f"/s/{school.slug}/people/invite/")
    assert "Each person gets an email" in invited(client, school, by_mail="on")


@pytest.fixture
def guest(lead: Membership) -> Callable[[], Client]:
    """Somebody who has just opened their link."""

    def come() -> Client:
        entry = Entry("Mei Tanaka", "mei@example.org", ("educator",))
        (sent,) = actions.invite_people(by=lead, entries=[entry], by_mail=False)
        client = Client()
        client.get(f"/i/{sent.token}", follow=True)
        return client

    return come


def test_a_guest_chooses_a_password_where_no_code_can_come(
    no_mail: None, guest: Callable[[], Client], school: Organisation
) -> None:
    client = guest()
    assert "code sent by email" not in page(client, "/invitation/")
    answer = client.post("/invitation/", {"name": "Mei Tanaka", "password": "a quiet harbor 7"})
    assert answer.status_code == 302
    assert Membership.objects.get(name="Mei Tanaka").person.has_usable_password()


def test_a_guest_may_choose_codes_where_they_arrive(guest: Callable[[], Client]) -> None:
    assert "code sent by email" in page(guest(), "/invitation/")


def test_signing_in_offers_no_code_and_no_reset(no_mail: None, client: Client, school: Organisation) -> None:
    shown = page(client, "/account/login/")
    assert "code sent by email" not in shown and "can’t send email" in shown


def test_the_list_leads_to_links_and_starts_from_the_role_that_was_asked_for(
    no_mail: None, lead: Membership
) -> None:
    address = f"/s/{lead.organisation.slug}/people/invite/"
    shown = client_of(lead).get(address, {"role": "team"}).content.decode()
    assert 'value="team" selected' in shown
    assert "before any email" not in shown
    checked = (
        client_of(lead)
        .post(address, {"people": "Ben Cho, ben@example.org", "usual": "team"})
        .content.decode()
    )
    assert "Make the links" in checked
    assert "Send the invitations" not in checked
    assert (
        'value="educator" selected' in client_of(lead).get(address, {"role": "no such role"}).content.decode()
    )
