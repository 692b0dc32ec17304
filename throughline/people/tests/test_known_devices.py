"""Wrong passwords of a stranger do not keep the owner out; guessing is slow all the same."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from throughline.activity.models import OutgoingMail
from throughline.kit import clock
from throughline.people.devices import LETTER, MOST_ON_A_DEVICE, PASSWORD
from throughline.people.models import Person
from throughline.testing import make_person

pytestmark = pytest.mark.django_db
RIGHT = "a quiet harbour 7"
ELSEWHERE = "198.51.100.7"


@pytest.fixture
def amara() -> Person:
    person = make_person("Amara Okafor")
    person.set_password(RIGHT)
    person.save()
    return person


def try_with(client: Client, email: str, password: str = RIGHT) -> int:
    return client.post(reverse("account_login"), {"login": email, "password": password}).status_code


def sign_out(client: Client) -> None:
    assert client.post(reverse("account_logout")).status_code == 302


def known(email: str, **defaults: str) -> Client:
    client = Client(**defaults)  # type: ignore[arg-type]
    assert try_with(client, email) == 302
    sign_out(client)
    return client


def test_after_five_wrong_passwords_one_waits_a_little_and_is_told_what_to_do(amara: Person) -> None:
    client = Client()
    for _try in range(PASSWORD.here.free):
        assert try_with(client, amara.email, "wrong") == 422
    page = client.post(reverse("account_login"), {"login": amara.email, "password": RIGHT})
    text = page.content.decode()
    assert page.status_code == 429 and page["Retry-After"] == "5"
    assert "Please wait 5 seconds" in text and "you don’t have to wait" in text
    assert f'value="{amara.email}"' in text and RIGHT not in text
    with clock.standing_at(clock.now() + PASSWORD.here.first):
        assert try_with(client, amara.email) == 302


def test_a_stranger_keeps_the_owner_out_neither_on_a_known_device_nor_elsewhere(amara: Person) -> None:
    mine, stranger = known(amara.email), Client(REMOTE_ADDR=ELSEWHERE)
    for _try in range(40):
        try_with(stranger, amara.email, "wrong")
    assert try_with(stranger, amara.email) == 429
    assert try_with(mine, amara.email) == 302
    assert try_with(Client(REMOTE_ADDR="203.0.113.9"), amara.email) == 302


def test_a_known_device_is_let_in_at_the_very_address_where_the_stranger_sits(amara: Person) -> None:
    mine, stranger = known(amara.email), Client()
    for _try in range(40):
        try_with(stranger, amara.email, "wrong")
    assert try_with(Client(), amara.email) == 429
    assert try_with(mine, amara.email) == 302


def test_guesses_from_a_thousand_addresses_leave_the_known_device_and_the_letter_open(amara: Person) -> None:
    mine = known(amara.email)
    for number in range(PASSWORD.everywhere.free + 1):
        try_with(Client(REMOTE_ADDR=f"198.51.{number}.7"), amara.email, "wrong")
    fresh = Client(REMOTE_ADDR="203.0.113.9")
    assert try_with(fresh, amara.email) == 429
    assert fresh.post(reverse("account_request_login_code"), {"email": amara.email}).status_code == 302
    assert try_with(mine, amara.email) == 302


def test_wrong_passwords_for_many_accounts_from_one_address_slow_strangers_and_not_the_staff(
    amara: Person,
) -> None:
    mine = known(amara.email)
    with clock.standing_at(clock.now()):
        answers = [
            try_with(Client(), f"person{number}@example.org", "wrong")
            for number in range(PASSWORD.address.free + 1)
        ]
        assert answers[-1] == 429 and set(answers[:-1]) == {422}
        assert try_with(mine, amara.email) == 302


def test_a_known_device_is_no_way_to_guess_without_end(amara: Person) -> None:
    mine = known(amara.email)
    answers = [try_with(mine, amara.email, "wrong") for _try in range(20)]
    assert answers.count(422) == PASSWORD.device.free + PASSWORD.here.free and answers[-1] == 429


def test_what_makes_a_device_known_is_of_one_person_signed_and_opens_nothing(amara: Person) -> None:
    client = Client()
    try_with(client, amara.email)
    (name,) = [each for each in client.cookies if each.startswith("known-")]
    cookie = client.cookies[name]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == "/account/"
    assert "amara" not in cookie.OutputString() and str(amara.pk) not in cookie.OutputString()
    alone = Client()
    alone.cookies[name] = cookie.value
    assert alone.get(reverse("people:me")).status_code == 302
    mei = make_person("Mei Tanaka")
    for _try in range(PASSWORD.here.free):
        try_with(alone, mei.email, "wrong")
    assert try_with(alone, mei.email, "wrong") == 429
    forged = Client()
    forged.cookies[name] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")
    assert try_with(forged, amara.email, "wrong") == 422
    for _try in range(PASSWORD.here.free):
        try_with(forged, amara.email, "wrong")
    assert try_with(forged, amara.email, "wrong") == 429


def test_a_device_keeps_its_name_and_only_so_many_people(amara: Person) -> None:
    client = known(amara.email)
    (name,) = [each for each in client.cookies if each.startswith("known-")]
    before = client.cookies[name].value.split(":")[0]
    assert try_with(client, amara.email) == 302
    assert client.cookies[name].value.split(":")[0] == before
    sign_out(client)
    for number in range(MOST_ON_A_DEVICE + 3):
        person = make_person(f"Person {number}")
        person.set_password(RIGHT)
        person.save()
        assert try_with(client, person.email) == 302
        sign_out(client)
    kept = [each for each, cookie in client.cookies.items() if each.startswith("known-") and cookie.value]
    assert len(kept) == MOST_ON_A_DEVICE


def test_a_code_by_letter_makes_a_device_known_too(amara: Person) -> None:
    client = Client()
    asked = client.post(reverse("account_request_login_code"), {"email": amara.email})
    found = re.search(r"^ {4}(\S+)$", OutgoingMail.objects.latest("created_at").body, re.M)
    assert found
    client.post(asked["Location"], {"code": found.group(1)})
    assert any(each.startswith("known-") for each in client.cookies)


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_a_stranger_who_asks_for_letters_does_not_keep_the_owner_from_one(amara: Person, name: str) -> None:
    mine = known(amara.email)

    def ask(client: Client | None = None, email: str = amara.email) -> int:
        client = client or Client(REMOTE_ADDR=ELSEWHERE)
        return client.post(reverse(name), {"email": email}).status_code

    assert [ask() for _try in range(LETTER.here.free + 2)] == [302] * LETTER.here.free + [429] * 2
    assert ask(Client()) == 302 and ask(mine) == 302
    assert [ask(None, "nobody@example.org") for _try in range(LETTER.here.free + 1)][-1] == 429


def test_no_address_is_written_in_the_log_of_wrong_tries(
    amara: Person, caplog: pytest.LogCaptureFixture
) -> None:
    try_with(Client(), amara.email, "wrong")
    assert "A sign-in failed." in caplog.text
    assert amara.email not in caplog.text and "wrong" not in caplog.text.replace("A sign-in failed.", "")
