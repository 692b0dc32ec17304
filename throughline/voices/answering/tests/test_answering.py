"""Answering page by page, going back, going away, and handing in."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from throughline.kit import clock
from throughline.voices.answering.tests.people import (
    begin,
    go_through,
    names_on,
    page_of,
    seen_on,
    send,
)
from throughline.voices.models import Asked, Draft, HeldAnswer, HeldWords, Listening, Question, Way
from throughline.voices.spool.times import GRACE

pytestmark = pytest.mark.django_db
AGES = {
    "code": "years",
    "words": {"en": {"text": "For how long have you known the school?"}, "es": {"text": "¿Desde cuándo?"}},
    "choices": [
        {"code": "new", "words": {"en": {"text": "Since this year"}, "es": {"text": "Desde este año"}}},
        {"code": "long", "words": {"en": {"text": "For longer"}, "es": {"text": "Desde antes"}}},
    ],
}


def test_somebody_answers_it_all_and_hands_in(families: Asked, phone: Client) -> None:
    begin(phone, families)
    last = go_through(phone, families)
    assert last.headers["Location"] == f"/v/{families.place}/done/?in=en"
    held = HeldAnswer.objects.get()
    asked = set(Question.objects.filter(asked=families, kind="steps").values_list("code", flat=True))
    assert set(held.content["steps"]) == asked
    assert set(held.content["steps"].values()) == {3}
    assert held.way == Way.LINK
    assert Draft.objects.get().content == {}
    thanks = phone.get(last.headers["Location"]).content.decode()
    assert "nobody can tell which are yours" in thanks


def test_nothing_is_chosen_before_and_each_question_can_be_declined(families: Asked, phone: Client) -> None:
    begin(phone, families)
    page = page_of(phone, families, 1).content.decode()
    assert " checked" not in page
    assert (
        page.count("Does not apply to me")
        == page.count("I would rather not say")
        == page.count("<legend")
        >= 3
    )


def test_going_back_loses_nothing(families: Asked, phone: Client) -> None:
    begin(phone, families)
    name = names_on(page_of(phone, families, 1))[0]
    send(phone, families, 1, **{name: "0"})
    second = send(phone, families, 2, "back", **{names_on(page_of(phone, families, 2))[0]: "-2"})
    assert second.headers["Location"].startswith(f"/v/{families.place}/answer/1/")
    for nth, value in ((1, "0"), (2, "-2")):
        page = page_of(phone, families, nth)
        first = names_on(page)[0]
        assert f'name="{first}" value="{value}" checked' in page.content.decode()


def test_changing_the_language_on_the_way_loses_nothing(families: Asked, phone: Client) -> None:
    begin(phone, families)
    there = send(phone, families, 1, "in:es").headers["Location"]
    assert there == f"/v/{families.place}/answer/1/?in=es"
    page = phone.get(there).content.decode()
    assert '<html lang="es"' in page
    assert " checked" in page
    assert "La oficina" in page or "La oficina" in phone.get(there.replace("/1/", "/2/")).content.decode()


def test_a_closed_page_is_found_again_the_next_day(families: Asked, phone: Client) -> None:
    begin(phone, families)
    assert "later" in send(phone, families, 1, "later").headers["Location"]
    with clock.standing_at(clock.now() + timedelta(hours=23)):
        page = phone.get(f"/v/{families.place}/").content.decode()
        assert f"/v/{families.place}/answer/2/" in page
        assert 'value="3" checked' in page_of(phone, families, 1).content.decode()


def test_a_page_sent_twice_says_the_same_once(families: Asked, phone: Client) -> None:
    begin(phone, families)
    shown = page_of(phone, families, 1)
    told = {"in": "en", "seen": seen_on(shown), "do": "next", names_on(shown)[0]: "1"}
    first, second = (phone.post(f"/v/{families.place}/answer/1/", told) for _each in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Draft.objects.get().content["steps"] == {names_on(shown)[0].removeprefix("q."): 1}


def test_handing_in_twice_counts_once(families: Asked, phone: Client) -> None:
    begin(phone, families)
    send(phone, families, 1)
    last = len(_pages(families, phone))
    shown = page_of(phone, families, last)
    told = {"in": "en", "seen": seen_on(shown), "do": "next"}
    answers = [phone.post(f"/v/{families.place}/answer/{last}/", told) for _each in range(2)]
    assert {each.headers["Location"] for each in answers} == {f"/v/{families.place}/done/?in=en"}
    assert HeldAnswer.objects.count() == 1


def _pages(asked: Asked, browser: Client) -> list[int]:
    text = page_of(browser, asked, 1).content.decode()
    return list(range(int(text.partition('max="')[2].partition('"')[0])))


def test_two_tabs_keep_what_both_say(families: Asked, phone: Client) -> None:
    """The one that is older changes what was chosen in it, and takes nothing back that the other one wrote."""
    begin(phone, families)
    last = _with_words(families, phone)
    old = page_of(phone, families, last)
    own = next(each for each in names_on(old) if each.startswith("w."))
    first, second = names_on(old)[:2]
    address = f"/v/{families.place}/answer/{last}/"
    phone.post(address, {"in": "en", "seen": seen_on(old), "do": "back", first: "4", own: "From the new tab"})
    phone.post(address, {"in": "en", "seen": seen_on(old), "do": "back", second: "0", own: ""})
    content = Draft.objects.get().content
    assert content["steps"] == {first[2:]: 4, second[2:]: 0}
    assert content["words"] == {own[2:]: "From the new tab"}
    now = page_of(phone, families, last)
    phone.post(address, {"in": "en", "seen": seen_on(now), "do": "back", own: ""})
    assert Draft.objects.get().content["words"] == {}


def _with_words(asked: Asked, browser: Client) -> int:
    """The first page with a question that is answered in one's own words."""
    for each in _pages(asked, browser):
        if any(name.startswith("w.") for name in names_on(page_of(browser, asked, each + 1))):
            return each + 1
    raise AssertionError("nothing is asked in one's own words")


def test_own_words_stand_beside_whom_to_turn_to_and_part_from_the_rest(
    families: Asked, phone: Client
) -> None:
    begin(phone, families)
    nth = _with_words(families, phone)
    page = page_of(phone, families, nth)
    assert "The office, room 2" in page.content.decode()
    own = next(each for each in names_on(page) if each.startswith("w."))
    send(phone, families, nth, **{own: "More <b>time</b> for \ue000 art"})
    again = page_of(phone, families, nth).content.decode()
    assert "More &lt;b&gt;time&lt;/b&gt; for" in again
    go_through(phone, families)
    assert "words" not in HeldAnswer.objects.get().content
    assert HeldWords.objects.get().text.startswith("More <b>time</b>")


def test_learners_write_nothing_unless_somebody_reads_it(
    learners: Asked, families: Asked, phone: Client, lead: Any
) -> None:
    Asked.objects.filter(pk=learners.pk).update(by_link=True)
    questions = f"/v/{learners.place}/questions/"
    assert "own words" not in phone.get(questions).content.decode()
    Listening.objects.update(reader=lead, version=7)
    page = phone.get(questions).content.decode()
    assert "own words" in page
    assert f"\u2068{lead.name}\u2069 reads what learners write" in page


def test_what_is_too_long_is_shown_again_with_what_was_typed(families: Asked, phone: Client) -> None:
    begin(phone, families)
    nth = _with_words(families, phone)
    own = next(each for each in names_on(page_of(phone, families, nth)) if each.startswith("w."))
    answer = send(phone, families, nth, **{own: "long " * 500})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "long long" in page
    assert "At most 2000 characters." in page
    assert 'value="3" checked' in page


@pytest.mark.parametrize(
    "told",
    [
        {"q.nothing-of-ours": "3"},
        {"FIRST": "5"},
        {"FIRST": "-3"},
        {"FIRST": "many"},
        {"FIRST": "³"},
        {"b.years": "x" * 200},
        {"seen": "-1"},
        {"do": "in:xx"},
        {"do": "fly"},
    ],
)
def test_what_no_page_offers_changes_nothing(families: Asked, phone: Client, told: dict[str, str]) -> None:
    begin(phone, families)
    first = names_on(page_of(phone, families, 1))[0]
    sent = {first if name == "FIRST" else name: value for name, value in told.items()}
    answer = phone.post(f"/v/{families.place}/answer/1/", sent)
    assert answer.status_code == 302
    assert Draft.objects.get().content.get("steps", {}) == {}


def test_nothing_answered_is_nothing_to_hand_in(families: Asked, phone: Client) -> None:
    begin(phone, families)
    last = len(_pages(families, phone))
    answer = phone.post(f"/v/{families.place}/answer/{last}/", {"in": "en", "seen": "0", "do": "next"})
    assert answer.status_code == 422
    assert HeldAnswer.objects.count() == 0


def test_what_somebody_says_of_themselves_comes_last_and_can_be_taken_back(
    families: Asked, phone: Client
) -> None:
    Listening.objects.update(background=[AGES], version=9)
    begin(phone, families)
    last = len(_pages(families, phone))
    page = page_of(phone, families, last)
    assert names_on(page) == ["b.years"]
    assert "Since this year" in page.content.decode()
    send(phone, families, last, "back", **{"b.years": "new"})
    assert Draft.objects.get().content["background"] == {"years": "new"}
    send(phone, families, last, "back", **{"b.years": "rather-not"})
    assert Draft.objects.get().content["background"] == {}


def test_what_was_begun_can_be_deleted(families: Asked, phone: Client) -> None:
    begin(phone, families)
    send(phone, families, 1)
    assert "Delete what you answered?" in phone.get(f"/v/{families.place}/withdraw/").content.decode()
    assert Draft.objects.count() == 1
    gone = phone.post(f"/v/{families.place}/withdraw/", {"in": "en"}, follow=True)
    assert "What you had begun is deleted." in gone.content.decode()
    assert Draft.objects.count() == 0


def test_what_was_handed_in_cannot_be_deleted(families: Asked, phone: Client) -> None:
    begin(phone, families)
    go_through(phone, families)
    phone.post(f"/v/{families.place}/withdraw/", {"in": "en"})
    assert HeldAnswer.objects.count() == 1


def test_without_a_draft_one_is_told_so(families: Asked, phone: Client) -> None:
    for path in ("answer/1/", "done/", "withdraw/"):
        assert (
            phone.get(f"/v/{families.place}/{path}").headers["Location"].startswith(f"/v/{families.place}/?")
        )
    phone.cookies["voice-draft"] = "forged"
    answer = phone.post(f"/v/{families.place}/answer/1/", {"do": "next"}, follow=True)
    assert "let this browser keep cookies" in answer.content.decode()


def test_a_draft_opens_no_other_groups_pages(families: Asked, learners: Asked, phone: Client) -> None:
    begin(phone, families)
    phone.cookies["voice-draft"]["path"] = "/"
    assert "lost=1" in phone.get(f"/v/{learners.place}/answer/1/").headers["Location"]


def test_whoever_writes_while_it_closes_can_hand_in_for_a_while(families: Asked, phone: Client) -> None:
    begin(phone, families)
    send(phone, families, 1)
    Listening.objects.update(state="closed", closed_at=clock.now() + GRACE)
    welcome = phone.get(f"/v/{families.place}/").content.decode()
    assert "can still be handed in" in welcome
    go_through(phone, families)
    assert HeldAnswer.objects.count() == 1


def test_after_that_nothing_is_taken(families: Asked, phone: Client) -> None:
    begin(phone, families)
    send(phone, families, 1)
    Listening.objects.update(state="closed", closed_at=clock.now() - timedelta(seconds=1))
    answer = phone.post(f"/v/{families.place}/answer/1/", {"do": "next"}, follow=True)
    assert "Closed" in answer.content.decode()
    assert HeldAnswer.objects.count() == 0


def test_a_page_and_a_save_ask_little_of_the_database(
    families: Asked, phone: Client, django_assert_max_num_queries: Any
) -> None:
    begin(phone, families)
    send(phone, families, 1)
    with django_assert_max_num_queries(2):
        shown = page_of(phone, families, 1)
    told = {"in": "en", "seen": seen_on(shown), "do": "next", names_on(shown)[0]: "0"}
    with django_assert_max_num_queries(
        9
    ):  # two of them the transaction's savepoint; four more on PostgreSQL at most
        phone.post(f"/v/{families.place}/answer/1/", told)
