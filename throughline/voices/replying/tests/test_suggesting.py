"""Drafts of lines from the results: the figures as the pages say them, nothing about a small group, nothing before results open."""

import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from throughline.journeys.models import Round
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.figures.words import sentence
from throughline.voices.models import Listening, Reply
from throughline.voices.replying.actions import add_reply
from throughline.voices.replying.suggesting import Why, draft_about, drafts
from throughline.voices.results.queries import result_in
from throughline.voices.tests.closed import ABOUT

pytestmark = pytest.mark.django_db


def at(name: str, listening: Listening, query: str = "", **more: object) -> str:
    where = {"school": listening.organisation.slug, "listening_id": listening.pk, **more}
    return f"{reverse(f'voices:{name}', kwargs=where)}{query}"


def read(page: Any) -> str:
    return str(unescape(page.content.decode()))


def test_the_widest_difference_comes_first_with_the_words_of_the_figures(closed_one: Listening) -> None:
    result = result_in(closed_one)
    assert result is not None
    found = drafts(result, ["en", "es", "ar"], without=set())
    assert found[0].why is Why.APART
    assert set(found[0].words) == {"en", "es"}  # the product speaks no Arabic: left open
    assert len({each.competency for each in found}) == len(found)
    counted = {sentence(each) for each in result.figures if each.is_shown}
    for draft in found:
        for line in draft.words["en"].split("\n")[1:]:
            assert line.partition(": ")[2] in counted
    assert found[0].words["es"] != found[0].words["en"]


def test_nothing_is_said_of_a_small_group(closed_one: Listening) -> None:
    result = result_in(closed_one)
    assert result is not None and "board" in result.too_small  # four of the board answered
    told = [draft_about(result, code, ["en"]) for code in ABOUT]
    said = "\n".join(each.words["en"] for each in told if each)
    assert said and "Board" not in said
    people = re.findall(r"(?:\d+ of|Of) (\d+)", said)
    assert people and all(int(of) >= closed_one.threshold for of in people)


def test_what_a_line_speaks_of_is_not_offered_again(closed_one: Listening, lead: Membership) -> None:
    result = result_in(closed_one)
    assert result is not None
    assert ABOUT[0] not in {each.competency for each in drafts(result, ["en"], without={ABOUT[0]})}
    assert drafts(result, ["en"], without=set(ABOUT)) == []


def test_a_draft_becomes_a_line_in_two_clicks(closed_one: Listening, lead: Membership) -> None:
    browser = client_of(lead)
    page = read(browser.get(at("replies", closed_one)))
    assert "What stands out in the results" in page
    link = re.search(r'href="([^"]*/new/\?from=[^"]+)"', page)
    assert link is not None
    form = browser.get(link[1]).context["form"]
    assert " said " in form["heard-en"].value() and form["heard-es"].value()
    told = {
        name: form[name].value() or "" for name in form.fields if name not in ("steps", "tells", "as_seen")
    }
    assert browser.post(at("new-reply", closed_one), told).status_code == 302
    assert Reply.objects.get(listening=closed_one).words["en"]["heard"] == form["heard-en"].value()


def test_a_result_leads_to_its_line(closed_one: Listening, lead: Membership, educator: Membership) -> None:
    page = read(client_of(lead).get(at("results", closed_one)))
    there = re.search(r'href="([^"]*/results/[0-9a-f-]{36}/)"', page)
    assert there is not None
    assert "Say what follows" in read(client_of(lead).get(there[1]))
    assert "Say what follows" not in read(client_of(educator).get(there[1]))
    form = client_of(lead).get(at("new-reply", closed_one, f"?competency={ABOUT[0]}")).context["form"]
    assert form["competency"].value() == ABOUT[0] and form["heard-en"].value()


@pytest.mark.parametrize("query", ["?from=nothing", "?competency=unknown", "?from=%00", "?from="])
def test_a_link_that_names_nothing_opens_an_empty_form(
    query: str, closed_one: Listening, lead: Membership
) -> None:
    answer = client_of(lead).get(at("new-reply", closed_one, query))
    assert answer.status_code == 200 and not answer.context["form"]["heard-en"].value()


def test_whoever_does_not_write_is_offered_nothing(closed_one: Listening, educator: Membership) -> None:
    assert "What stands out in the results" not in read(client_of(educator).get(at("replies", closed_one)))


def test_nothing_is_offered_before_the_teams_own_spread(closed_one: Listening, lead: Membership) -> None:
    version = closed_one.journey.record.version
    held = Round.objects.create(
        organisation_id=closed_one.organisation_id,
        journey=closed_one.journey,
        framework_version=version,
        number=1,
        made_by=lead,
    )
    Listening.objects.filter(pk=closed_one.pk).update(round=held)
    browser = client_of(lead)
    assert "What stands out in the results" not in read(browser.get(at("replies", closed_one)))
    assert browser.get(at("new-reply", closed_one, f"?competency={ABOUT[0]}")).status_code == 403
    Round.objects.filter(pk=held.pk).update(spread_opened_at=clock.now())
    assert "What stands out in the results" in read(browser.get(at("replies", closed_one)))


def test_the_page_asks_the_same_however_much_is_offered(
    closed_one: Listening, lead: Membership, django_assert_num_queries: Any
) -> None:
    browser = client_of(lead)
    browser.get(at("replies", closed_one))
    with django_assert_num_queries(9):
        browser.get(at("replies", closed_one))
    for code in ABOUT:
        add_reply(listening=closed_one, kind="will", words={"en": {"heard": "So."}}, competency=code, by=lead)
    with django_assert_num_queries(11):  # and what the lines are tied to
        browser.get(at("replies", closed_one))
