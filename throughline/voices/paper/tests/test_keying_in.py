"""Sheets keyed in one after the other: quick, once each, and nothing that ties a sheet to an answer or a time."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from throughline.activity.models import Receipt
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.answering.queries import questionnaire_of
from throughline.voices.closing.actions import close_listening, forget_listening
from throughline.voices.models import (
    SPOOL,
    Answer,
    Asked,
    Draft,
    HeldAnswer,
    HeldWords,
    KeyedIn,
    Listening,
    Question,
)
from throughline.voices.paper.sheet import Row, rows_of, sheet_of

pytestmark = pytest.mark.django_db


def address(asked: Asked, name: str = "key-in-answers", nth: int = 1) -> str:
    return reverse(f"voices:{name}", args=[asked.organisation.slug, asked.listening_id, asked.pk, nth])


def rows(asked: Asked, nth: int = 1) -> list[Row]:
    return rows_of(sheet_of(questionnaire_of(asked), nth, "en"))


def a_sheet(asked: Asked, digit: str = "4", nth: int = 1, **more: str) -> dict[str, str]:
    """Everything on the sheet, with the same box everywhere; the second box about the person."""
    typed = {
        f"row-{row.number}": {"steps": digit, "background": "2", "words": "More clubs"}[row.kind]
        for row in rows(asked, nth)
    }
    return {**typed, **more}


def mark(browser: Client, asked: Asked) -> str:
    page = browser.get(address(asked)).content.decode()
    return str(re.findall(r'name="mark" value="([^"]+)"', page)[0])


def everything() -> dict[str, list[str]]:
    """All that is written down anywhere but in the spool."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models()
        if model not in SPOOL
    }


def test_a_sheet_is_kept_as_it_was_crossed_and_the_next_comes_at_once(
    learners: Asked, lead: Membership
) -> None:
    browser = client_of(lead)
    first, second, *_rest = [f"row-{row.number}" for row in rows(learners) if row.kind == "steps"]
    sent = a_sheet(learners) | {first: "6", second: "0", "mark": mark(browser, learners)}
    answer = browser.post(address(learners), sent)
    assert (answer.status_code, answer["Location"]) == (302, address(learners))
    [held] = HeldAnswer.objects.all()
    steps = held.content["steps"]
    codes = [row.code for row in rows(learners) if row.kind == "steps"]
    assert (held.way, steps[codes[0]], codes[1] in steps) == ("link", -1, False)
    assert set(steps.values()) == {-1, 3} and held.content["background"] == {"grade-band": "high"}
    assert HeldWords.objects.get().text == "More clubs"
    page = browser.get(address(learners)).content.decode()
    assert "Saved. 1 sheet of this group is entered." in page and "More clubs" not in page
    assert "no-store" in browser.get(address(learners))["Cache-Control"]


def test_it_is_said_before_that_nothing_can_be_taken_back(learners: Asked, lead: Membership) -> None:
    page = client_of(lead).get(address(learners)).content.decode()
    said = page.index("afterwards nobody can change it")
    assert said < page.index('name="mark"') < page.index("It can’t be taken back.")


def test_sent_twice_it_counts_once(learners: Asked, lead: Membership) -> None:
    browser = client_of(lead)
    sent = a_sheet(learners, mark=mark(browser, learners))
    for _twice in range(2):
        assert browser.post(address(learners), sent).status_code == 302
    assert "It counts once" in browser.get(address(learners)).content.decode()
    browser.post(address(learners), a_sheet(learners, mark=mark(browser, learners)))
    assert HeldAnswer.objects.count() == KeyedIn.objects.get().count == 2


def test_what_is_missing_or_wrong_is_pointed_out_and_nothing_typed_is_lost(
    learners: Asked, lead: Membership
) -> None:
    browser = client_of(lead)
    for wrong in ("", "8", "x", "-1", "٤"):
        sent = a_sheet(learners) | {"row-1": wrong, "mark": mark(browser, learners)}
        answer = browser.post(address(learners), sent)
        page = answer.content.decode()
        assert answer.status_code == 422 and "More clubs" in page and sent["mark"].split(":")[0] in page
    nothing = dict.fromkeys(a_sheet(learners), "0") | {"mark": mark(browser, learners)}
    blank = {**nothing, **{f"row-{row.number}": "" for row in rows(learners) if not row.boxes}}
    answer = browser.post(address(learners), blank)
    assert answer.status_code == 422 and "Nothing was answered on this sheet." in answer.content.decode()
    assert not HeldAnswer.objects.exists() and not KeyedIn.objects.exists() and not Draft.objects.exists()


def test_a_page_of_yesterday_or_with_a_made_up_mark_asks_to_look_again(
    learners: Asked, lead: Membership
) -> None:
    browser = client_of(lead)
    for made_up in ("", "abc", "abc:def:ghi"):
        answer = browser.post(address(learners), a_sheet(learners, mark=made_up))
        page = answer.content.decode()
        assert answer.status_code == 422 and "open for more than a day" in page
        sent = a_sheet(learners, mark=re.findall(r'name="mark" value="([^"]+)"', page)[0])
    assert browser.post(address(learners), sent).status_code == 302


def test_each_part_has_its_own_rows_and_takes_no_other(learners: Asked, lead: Membership) -> None:
    for number, each in enumerate(Question.objects.filter(asked=learners, kind="steps")):
        Question.objects.filter(pk=each.pk).update(block=number % 2 + 1)
    Asked.objects.filter(pk=learners.pk).update(blocks=2)
    learners.refresh_from_db()
    browser = client_of(lead)
    codes = [{row.code for row in rows(learners, nth) if row.kind == "steps"} for nth in (1, 2)]
    assert codes[0] and codes[1] and codes[0].isdisjoint(codes[1])
    assert "part 2 of 2" in browser.get(address(learners, nth=2)).content.decode()
    sent = a_sheet(learners, nth=2, mark=mark(browser, learners))
    assert browser.post(address(learners, nth=2), sent).status_code == 302
    assert set(HeldAnswer.objects.get().content["steps"]) == codes[1]
    assert browser.get(address(learners, nth=3)).status_code == 404
    assert browser.get(address(learners, nth=0)).status_code == 404


def test_keying_in_writes_the_spool_a_count_by_day_and_nothing_else(
    learners: Asked, lead: Membership
) -> None:
    """No session, no receipt, no line in the log: nothing that has a time."""
    browser = client_of(lead)
    browser.post(address(learners), a_sheet(learners, mark=mark(browser, learners)))
    before = everything()
    browser.post(address(learners), a_sheet(learners, mark=mark(browser, learners)))
    after = everything()
    assert {label for label in after if after[label] != before[label]} == {"voices.KeyedIn"}
    assert not Receipt.objects.exists()
    fields = {field.name for field in KeyedIn._meta.get_fields()}
    assert fields == {"id", "organisation", "asked", "membership", "on", "count"}
    assert not {"on", "membership"} & {field.name for field in HeldAnswer._meta.get_fields()}


def test_after_closing_paper_lies_among_the_rest_and_no_mark_or_receipt_is_left(
    learners: Asked, lead: Membership, open_one: Listening
) -> None:
    browser = client_of(lead)
    for _each in range(3):
        browser.post(address(learners), a_sheet(learners, mark=mark(browser, learners)))
    # Buttons of the listening leave receipts over HTTP, as everywhere; closing lets go of them.
    there = reverse("voices:withdraw-sheet", args=[learners.organisation.slug, open_one.pk, learners.pk])
    key = "0190d6f4-0000-7000-8000-000000000001"
    assert browser.post(there, {"sheet": "1", "_once": key}).status_code == 302
    assert Receipt.objects.filter(location__contains=str(open_one.pk)).count() == 1
    close_listening(listening=Listening.objects.get(), by=lead)
    assert not Receipt.objects.filter(location__contains=str(open_one.pk)).exists()
    assert not any(model._base_manager.exists() for model in SPOOL)
    assert list(Answer.objects.values_list("way", flat=True)) == ["link"] * 3
    assert "The listening is closed" in browser.get(address(learners)).content.decode()
    page = browser.get(reverse("voices:on-paper", args=[learners.organisation.slug, open_one.pk]))
    assert "3 sheets" in page.content.decode()
    with clock.standing_at(clock.now() + timedelta(days=400)):
        assert forget_listening(open_one.pk)
    assert not KeyedIn.objects.exists()


def test_only_who_runs_it_keys_in_and_only_while_it_takes_answers(
    learners: Asked, lead: Membership, educator: Membership
) -> None:
    assert client_of(educator).get(address(learners)).status_code == 403
    browser = client_of(lead)
    sent = a_sheet(learners, mark=mark(browser, learners))
    Listening.objects.update(state="paused")
    assert browser.post(address(learners), sent).status_code == 302
    Listening.objects.update(state="draft")
    assert "once the listening is open" in browser.get(address(learners)).content.decode()
    assert browser.post(address(learners), {**sent, "mark": sent["mark"][:-1] + "x"}).status_code == 422
    assert HeldAnswer.objects.count() == 1


def test_the_pages_ask_few_questions(
    learners: Asked, lead: Membership, django_assert_max_num_queries: Any
) -> None:
    browser = client_of(lead)
    mark(browser, learners)
    with django_assert_max_num_queries(12):
        assert browser.get(address(learners)).status_code == 200
    there = reverse("voices:on-paper", args=[learners.organisation.slug, learners.listening_id])
    with django_assert_max_num_queries(12):
        assert browser.get(there).status_code == 200
