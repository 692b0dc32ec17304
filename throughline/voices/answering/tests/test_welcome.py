"""The first page at the address of a group."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from throughline.kit import clock
from throughline.voices.answering.tests.people import begin
from throughline.voices.models import Asked, Draft, Listening

pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    """The page as text."""
    found: str = answer.content.decode()
    return found


def test_it_says_what_for_who_sees_it_how_long_and_that_nobody_has_to(families: Asked, phone: Client) -> None:
    page = phone.get(f"/v/{families.place}/")
    assert page.status_code == 200
    for each in (
        "your child",
        "anonymous",
        "fewer than 10",
        "minutes",
        "up to you",
        "90 days",
        "delete everything",
    ):
        assert each in words(page), each


def test_it_says_confidential_where_few_are_asked(families: Asked, phone: Client) -> None:
    Asked.objects.filter(pk=families.pk).update(invited=20)  # of whom six will probably answer
    page = words(phone.get(f"/v/{families.place}/"))
    assert "Your answers are confidential" in page
    assert "Your answers are anonymous" not in page


def test_young_learners_are_told_in_simpler_words(open_one: Listening, phone: Client) -> None:
    asked = Asked.objects.get(listening=open_one, group="learner")
    Asked.objects.filter(pk=asked.pk).update(young=True)
    assert "Nobody will be cross with you." in words(phone.get(f"/v/{asked.place}/"))


@pytest.mark.parametrize(
    ("query", "browser", "language"),
    [("?in=es", "en", "es"), ("", "es-MX,es;q=0.9", "es"), ("", "de", "en"), ("?in=xx", "en", "en")],
)
def test_the_language_is_chosen_in_the_address_and_kept_nowhere(
    families: Asked, phone: Client, query: str, browser: str, language: str
) -> None:
    page = phone.get(f"/v/{families.place}/{query}", headers={"Accept-Language": browser})
    assert f'<html lang="{language}" dir="ltr"' in words(page)
    assert page.headers["Content-Language"] == language
    assert page.cookies == {}


def test_nothing_of_it_is_kept_and_nobody_is_told_about_it(families: Asked, phone: Client) -> None:
    told = phone.get(f"/v/{families.place}/").headers
    assert told["Cache-Control"] == "no-store"
    assert told["Referrer-Policy"] == "no-referrer"
    assert "noindex" in told["X-Robots-Tag"]
    assert "Set-Cookie" not in told


def test_only_beginning_makes_a_draft_and_sets_one_cookie_that_only_this_address_gets(
    families: Asked, phone: Client
) -> None:
    phone.get(f"/v/{families.place}/")
    assert Draft.objects.count() == 0
    answer = begin(phone, families)
    assert answer.headers["Location"] == f"/v/{families.place}/answer/1/?in=en"
    assert Draft.objects.count() == 1
    assert list(answer.cookies) == ["voice-draft"]
    kept = answer.cookies["voice-draft"]
    assert (kept["path"], kept["httponly"], kept["samesite"]) == (f"/v/{families.place}/", True, "Lax")


@pytest.mark.parametrize(
    ("state", "said"), [("draft", "Not open yet"), ("paused", "Paused for a while"), ("closed", "Closed")]
)
def test_it_says_why_nothing_can_be_begun(families: Asked, phone: Client, state: str, said: str) -> None:
    Listening.objects.update(state=state)
    assert said in words(phone.get(f"/v/{families.place}/"))
    assert said in words(begin(phone, families))
    assert Draft.objects.count() == 0


def test_nothing_can_be_begun_before_its_first_day_or_after_its_last(families: Asked, phone: Client) -> None:
    Listening.objects.update(opens_on=clock.today() + timedelta(days=3))
    assert "Not open yet" in words(begin(phone, families))
    assert phone.get(f"/v/{families.place}/questions/").status_code == 200  # read beforehand
    Listening.objects.update(opens_on=None, closes_on=clock.today() - timedelta(days=1))
    assert "Closed" in words(begin(phone, families))
    assert Draft.objects.count() == 0


def test_an_address_that_is_nobodys_says_so(phone: Client) -> None:
    for place in ("zzzzzz", "much-too-long-for-a-place"):
        page = phone.get(f"/v/{place}/")
        assert page.status_code == 404
        assert "letter by letter" in words(page)


def test_capitals_in_an_address_make_no_difference(families: Asked, phone: Client) -> None:
    answer = phone.get(f"/v/{families.place.upper()}/?in=es")
    assert answer.headers["Location"] == f"/v/{families.place}/?in=es"


def test_families_can_read_what_they_and_learners_are_asked(families: Asked, phone: Client) -> None:
    page = words(phone.get(f"/v/{families.place}/"))
    learners = Asked.objects.get(listening=families.listening, group="learner")
    assert f"/v/{families.place}/questions/" in page
    assert f"/v/{learners.place}/questions/" in page


def test_what_fills_in_forms_by_itself_begins_nothing(families: Asked, phone: Client) -> None:
    begin(phone, families, website="https://example.org/")
    assert Draft.objects.count() == 0


def test_a_form_that_another_site_sends_is_refused(families: Asked, phone: Client) -> None:
    answer = phone.post(f"/v/{families.place}/", {"do": "begin"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert Draft.objects.count() == 0


def test_a_form_that_is_much_too_large_is_not_read(families: Asked, phone: Client) -> None:
    answer = phone.post(f"/v/{families.place}/", {"do": "begin", "more": "x" * 300_000})
    assert answer.status_code == 413


def test_a_welcome_asks_the_database_once(
    families: Asked, phone: Client, django_assert_num_queries: Any
) -> None:
    phone.get(f"/v/{families.place}/")
    with django_assert_num_queries(1):
        assert phone.get(f"/v/{families.place}/").status_code == 200


def test_somebody_who_is_signed_in_is_nobody_here(families: Asked, client: Client, lead: Any) -> None:
    client.force_login(lead.person)
    page = words(client.get(f"/v/{families.place}/"))
    assert lead.name not in page
    begin(client, families)
    draft = Draft.objects.get()
    assert lead.person_id not in (draft.pk, draft.asked_id)
    assert reverse("voices:welcome", args=[families.place]) == f"/v/{families.place}/"
