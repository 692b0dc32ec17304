"""What is sent again, made up, too late, in another order, too large or by a machine: told in words, and nothing is doubled.

The rest of it stands beside what it is about: two tabs and a double press (`test_answering.py`), codes (`test_codes.py`).
"""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client

from throughline.kit import clock
from throughline.kit.tests.test_logs import log as log_of_the_product
from throughline.schools.models import Membership
from throughline.voices.answering.tests.people import begin, give_code, go_through, names_on, page_of, send
from throughline.voices.closing.actions import close_listening, finish_what_can_be
from throughline.voices.models import Answer, Asked, Draft, HeldAnswer, HeldWords, Listening, Spent
from throughline.voices.spool.actions import drop_old_drafts
from throughline.voices.spool.times import GRACE

pytestmark = pytest.mark.django_db
log = log_of_the_product


class Recorder(Client):
    """A browser whose posts somebody has written down, cookies too."""

    def __init__(self) -> None:
        super().__init__(headers={"Accept-Language": "en"})
        self.tape: list[tuple[str, bytes, str, dict[str, str]]] = []

    def request(self, **told: Any) -> Any:
        if told["REQUEST_METHOD"] == "POST":
            body = told["wsgi.input"].read()
            told["wsgi.input"] = BytesIO(body)
            cookies = {name: each.value for name, each in self.cookies.items()}
            self.tape.append((told["PATH_INFO"], body, told["CONTENT_TYPE"], cookies))
        return super().request(**told)

    def replayed(self) -> Iterator[Any]:
        """Everything once more, as it was sent then."""
        for path, body, kind, cookies in self.tape.copy():
            browser = Client()
            browser.cookies.load(cookies)
            yield browser.generic("POST", path, body, kind)


def pages_of(browser: Client, asked: Asked) -> int:
    """How many pages there are."""
    return int(page_of(browser, asked, 1).content.decode().partition('max="')[2].partition('"')[0])


def test_all_that_was_sent_sent_again_counts_once(learners: Asked) -> None:
    browser, code = Recorder(), give_code(learners)
    begin(browser, learners, code=code)
    go_through(browser, learners)
    kept = (HeldAnswer.objects.count(), HeldWords.objects.count(), Spent.objects.count())
    answers = [*browser.replayed(), *browser.replayed()]
    assert {each.status_code for each in answers} == {302}
    assert (HeldAnswer.objects.count(), HeldWords.objects.count(), Spent.objects.count()) == kept
    assert kept[0] == kept[2] == 1


def test_a_made_up_draft_and_that_of_another_group_find_nothing(
    families: Asked, learners: Asked, phone: Client
) -> None:
    begin(phone, families)
    token = phone.cookies["voice-draft"].value
    begin(phone, learners, code=give_code(learners))
    for made_up in ("made-up", token, "x" * 5_000, "\u00e9.\u00e9"):
        browser = Client()
        browser.cookies["voice-draft"] = made_up
        answer = browser.post(f"/v/{learners.place}/answer/1/", {"do": "next", "seen": "0"})
        assert answer.status_code == 302 and "lost=1" in answer.headers["Location"]
    told = Client().get(f"/v/{learners.place}/?lost=1").content.decode()
    assert "No answer was found that was begun on this device." in told
    assert all(draft.content == {} for draft in Draft.objects.all())


def test_what_was_let_lie_for_two_days_is_gone_and_that_is_said(families: Asked, phone: Client) -> None:
    begin(phone, families)
    send(phone, families, 1)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        drop_old_drafts()
        answer = phone.post(f"/v/{families.place}/answer/2/", {"do": "next", "seen": "1"}, follow=True)
    assert "No answer was found that was begun on this device." in answer.content.decode()
    assert HeldAnswer.objects.count() == Draft.objects.count() == 0


def test_pages_come_in_any_order_and_all_of_them_count(families: Asked, phone: Client) -> None:
    begin(phone, families)
    last = pages_of(phone, families)
    shown = {nth: names_on(page_of(phone, families, nth)) for nth in range(1, last + 1)}
    for nth in (2, 1, *range(3, last)):
        send(phone, families, nth)
    answer = send(phone, families, last)
    assert "/done/" in answer.headers["Location"]
    steps = {name[2:] for names in shown.values() for name in names if name.startswith("q.")}
    assert set(HeldAnswer.objects.get().content["steps"]) == steps
    late = phone.post(f"/v/{families.place}/answer/1/", {f"q.{min(steps)}": "0", "do": "next", "seen": "0"})
    assert "/done/" in late.headers["Location"], "a page that comes after that changes nothing"
    assert set(HeldAnswer.objects.get().content["steps"].values()) == {3}


@pytest.mark.parametrize("nth", [0, 99, 10**18])
def test_a_page_that_there_is_not_leads_to_one_that_there_is(
    families: Asked, phone: Client, nth: int
) -> None:
    begin(phone, families)
    answer = phone.post(f"/v/{families.place}/answer/{nth}/", {"do": "next", "seen": "0"})
    assert answer.headers["Location"].startswith(f"/v/{families.place}/answer/1/")


def test_what_is_too_large_is_refused_in_words_and_what_was_kept_stays(
    families: Asked, phone: Client
) -> None:
    begin(phone, families)
    send(phone, families, 1)
    before = Draft.objects.get().content
    there = f"/v/{families.place}/answer/2/"
    refused = [
        phone.post(there, {"w.open": "x" * 300_000, "do": "next"}),
        phone.post(there, {f"q.{number}": "1" for number in range(2_500)}),
    ]
    assert [each.status_code for each in refused] == [413, 400]
    assert "nothing was saved" in refused[0].content.decode()
    assert Draft.objects.get().content == before
    assert "/answer/3/" in send(phone, families, 2).headers["Location"]


def test_a_machine_that_fills_in_everything_is_given_nothing(families: Asked, phone: Client) -> None:
    """It meets a field that nobody sees, and one form after the other that was never opened."""
    begin(phone, families, website="https://example.org/")
    assert Draft.objects.count() == 0
    for nth in (1, 2, 3):
        answer = phone.post(f"/v/{families.place}/answer/{nth}/", {"do": "next"})
        assert "lost=1" in answer.headers["Location"]
    assert HeldAnswer.objects.count() == 0


def test_who_is_writing_when_it_is_closed_hands_in_and_nobody_else_begins(
    families: Asked, phone: Client, lead: Membership
) -> None:
    begin(phone, families)
    send(phone, families, 1)
    slow = Client()
    begin(slow, families)
    send(slow, families, 1)
    close_listening(listening=families.listening, by=lead)
    assert "Closed" in begin(Client(), families).content.decode()
    with clock.standing_at(clock.now() + GRACE - timedelta(minutes=1)):
        assert "/done/" in go_through(phone, families).headers["Location"]
    with clock.standing_at(clock.now() + GRACE + timedelta(seconds=1)):
        late = slow.post(f"/v/{families.place}/answer/2/", {"do": "next", "seen": "1"}, follow=True)
        assert "Closed" in late.content.decode()
        assert finish_what_can_be() == (1, [])
        assert "/answer/" not in slow.get(f"/v/{families.place}/").content.decode()
    assert Answer.objects.count() == 1 and not Draft.objects.exists()


def test_one_tab_hands_in_and_the_other_is_told_so(families: Asked, phone: Client) -> None:
    begin(phone, families)
    last = pages_of(phone, families)
    old = names_on(page_of(phone, families, 1))[0]
    send(phone, families, 1)
    send(phone, families, last)
    answer = phone.post(f"/v/{families.place}/answer/1/", {old: "0", "do": "next", "seen": "0"})
    assert "/done/" in answer.headers["Location"]
    assert HeldAnswer.objects.count() == 1
    assert HeldAnswer.objects.get().content["steps"][old[2:]] == 3
    begun = begin(phone, families, do="anew")
    assert "/answer/1/" in begun.headers["Location"], "somebody else in the house answers as well"
    assert Draft.objects.filter(handed_in=False).get().content == {}


def test_no_line_tells_of_what_went_wrong_on_the_way(
    families: Asked, learners: Asked, phone: Client, log: StringIO
) -> None:
    """Neither a code nor a time: lines could be counted off beside what was answered."""
    code = give_code(learners)
    got = [
        begin(phone, learners, code="abcd efgh jkmn"),
        begin(phone, learners),
        phone.get("/c/abcdefghjkmn"),
        phone.get(f"/c/{code}/more"),
        phone.get("/v/nowhere/"),
        phone.get(f"/v/{families.place}/next/"),
        phone.post(f"/v/{families.place}/", {"more": "x" * 300_000}),
        phone.post(f"/v/{families.place}/", headers={"Sec-Fetch-Site": "cross-site"}),
        phone.post(f"/v/{families.place}/", {str(number): "" for number in range(2_500)}),
    ]
    assert sorted({each.status_code for each in got}) == [400, 403, 404, 405, 413, 422]
    begin(phone, families)
    last = pages_of(phone, families)
    empty = phone.post(f"/v/{families.place}/answer/{last}/", {"in": "en", "seen": "0", "do": "next"})
    assert empty.status_code == 422
    assert log.getvalue() == ""
    Listening.objects.update(state="closed")
    phone.get(f"/v/{families.place}/")
    assert log.getvalue() == ""
