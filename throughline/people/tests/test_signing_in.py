"""Signing in by password and by mail code, a new password, and how often one may try."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from throughline.activity.models import Event, OutgoingMail
from throughline.people.models import Person
from throughline.testing import client_of, make_person

pytestmark = pytest.mark.django_db

PASSWORD = "a quiet harbour 7"
ME = {"next": "/me/"}


@pytest.fixture
def amara() -> Person:
    person = make_person("Amara Okafor")
    person.set_password(PASSWORD)
    person.save()
    return person


def letter_to(address: str) -> OutgoingMail:
    return OutgoingMail.objects.filter(to=address).latest("created_at")


def code_in(letter: OutgoingMail) -> str:
    found = re.search(r"^ {4}(\S+)$", letter.body, re.M)
    assert found
    return found.group(1)


def test_a_password_opens_the_door_and_is_logged_without_an_organisation(
    amara: Person, client: Client
) -> None:
    done = client.post(
        reverse("account_login"), {"login": "AMARA.okafor@example.org", "password": PASSWORD, **ME}
    )
    assert done.status_code == 302 and done["Location"] == "/me/"
    event = Event.objects.get(verb="person.signed-in")
    assert event.actor_id == amara.pk and event.organisation_id is None


def test_a_wrong_password_says_so_keeps_the_address_and_answers_422(amara: Person, client: Client) -> None:
    page = client.post(reverse("account_login"), {"login": amara.email, "password": "wrong"})
    assert page.status_code == 422
    assert "do not match" in page.content.decode()
    assert f'value="{amara.email}"' in page.content.decode()


def test_a_whole_staff_meeting_can_sign_in_from_one_place(client: Client) -> None:
    for number in range(40):
        person = make_person(f"Person {number}")
        person.set_password(PASSWORD)
        person.save()
        done = Client().post(reverse("account_login"), {"login": person.email, "password": PASSWORD, **ME})
        assert done.status_code == 302


def test_an_unknown_address_is_answered_as_a_known_one_is(amara: Person) -> None:
    known, unknown = Client(), Client()
    for name in ("account_request_login_code", "account_reset_password"):
        first = known.post(reverse(name), {"email": amara.email})
        second = unknown.post(reverse(name), {"email": "nobody@example.org"})
        assert (
            (first.status_code, first["Location"])
            == (second.status_code, second["Location"])
            == (302, first["Location"])
        )
    assert OutgoingMail.objects.filter(to=amara.email).count() == 2
    assert OutgoingMail.objects.filter(to="nobody@example.org").count() == 2
    assert "There is no account" in letter_to("nobody@example.org").body


def test_a_mail_code_signs_in_once_and_proves_the_address(amara: Person, client: Client) -> None:
    asked = client.post(reverse("account_request_login_code"), {"email": amara.email, **ME})
    assert asked["Location"].startswith(reverse("account_confirm_login_code"))
    page = client.get(asked["Location"])
    assert amara.email in page.content.decode()
    code = code_in(letter_to(amara.email))
    assert client.post(reverse("account_confirm_login_code"), {"code": "WRONG"}).status_code == 422
    done = client.post(asked["Location"], {"code": code.lower(), **ME})
    assert done["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    amara.refresh_from_db()
    assert amara.address_proven_at is not None
    stranger = Client()
    stranger.post(reverse("account_request_login_code"), {"email": amara.email})
    assert stranger.post(reverse("account_confirm_login_code"), {"code": code}).status_code == 422


def test_the_first_proof_of_an_address_puts_away_a_password_that_somebody_else_may_have_set(
    amara: Person, client: Client
) -> None:
    intruder = Client()
    intruder.post(reverse("account_login"), {"login": amara.email, "password": PASSWORD, **ME})
    assert intruder.get("/me/").status_code == 200
    client.post(reverse("account_request_login_code"), {"email": amara.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(letter_to(amara.email)), **ME})
    assert client.get("/me/").status_code == 200
    assert intruder.get("/me/").status_code == 302
    amara.refresh_from_db()
    assert not amara.has_usable_password()
    assert client.post(
        reverse("account_set_password"), {"password1": "another harbour 8", "password2": "another harbour 8"}
    )["Location"] == reverse("people:me")
    assert client.get("/me/").status_code == 200


def test_a_new_password_by_mail_works_once_and_ends_other_sessions(amara: Person, client: Client) -> None:
    elsewhere = client_of(amara)
    client.post(reverse("account_reset_password"), {"email": amara.email})
    found = re.search(r"https?://\S+(/account/password/reset/key/\S+)", letter_to(amara.email).body)
    assert found
    link = found.group(1)
    clean = client.get(link)["Location"]
    assert "set-password" in clean and link.rsplit("-", 1)[1] not in clean
    assert client.get(clean).status_code == 200
    short = client.post(clean, {"password1": "short", "password2": "short"})
    assert short.status_code == 422
    new = {"password1": "a louder harbour 9", "password2": "a louder harbour 9"}
    done = client.post(clean, new)
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert client.get(done["Location"]).status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    assert "This link no longer works" in Client().get(link).content.decode()
    amara.refresh_from_db()
    assert amara.check_password("a louder harbour 9") and amara.address_proven_at
    assert letter_to(amara.email).subject == "Your password was changed"


def test_the_link_in_a_letter_has_our_own_address_whatever_the_request_claims(
    amara: Person, client: Client, settings: object
) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    client.post(reverse("account_reset_password"), {"email": amara.email}, headers={"host": "evil.example"})
    assert "evil.example" not in letter_to(amara.email).body
    assert "http://127.0.0.1:8000/account/password/reset/key/" in letter_to(amara.email).body


def test_letters_come_in_the_language_of_their_reader(amara: Person, client: Client) -> None:
    amara.language = "es"
    amara.save()
    client.post(reverse("account_request_login_code"), {"email": amara.email})
    assert letter_to(amara.email).body  # the words themselves are checked where translations are


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    page = client.get(reverse("account_signup"))
    assert "Accounts are by invitation" in page.content.decode()
    client.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD})
    assert not Person.objects.filter(email="new@example.org").exists()


def test_signing_out_needs_a_post(amara: Person) -> None:
    client = client_of(amara)
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    assert client.get("/me/").status_code == 200
    left = client.post(reverse("account_logout"), {"next": "/account/login/"})
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/account/login/")
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("address", ["nul\x00@example.org", "x" * 400 + "@example.org", "no address"])
def test_a_strange_address_gets_a_clear_answer(client: Client, address: str) -> None:
    for name, field in (
        ("account_login", "login"),
        ("account_request_login_code", "email"),
        ("account_reset_password", "email"),
    ):
        page = client.post(reverse(name), {field: address, "password": "x"})
        assert page.status_code == 422, name


def test_a_very_long_password_is_refused_rather_than_hashed(amara: Person, client: Client) -> None:
    page = client.post(reverse("account_login"), {"login": amara.email, "password": "x" * 100_000})
    assert page.status_code == 422
