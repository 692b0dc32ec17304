"""What everybody reads who was asked."""

from typing import Any

import pytest
from django.test import Client

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Priority, Round
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.closing.actions import close_listening
from throughline.voices.inviting import papers as inviting_papers
from throughline.voices.models import Asked, Listening, Question, Reply, Slip
from throughline.voices.replying import paper as heard_paper
from throughline.voices.replying.actions import (
    add_reply,
    archive_listening,
    change_reply,
    publish_replies,
)
from throughline.voices.replying.tests.conftest import WORDS
from throughline.voices.spool.actions import begin_draft, hand_in, save_draft
from throughline.voices.spool.marks import code_hash, new_code
from throughline.voices.spool.outcomes import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(open_one: Listening) -> str:
    """Where families read it."""
    place = Asked.objects.get(listening=open_one, group="family").place
    return f"/v/{place}/heard/"


@pytest.fixture
def phone() -> Client:
    """A parent's phone, in English."""
    return Client(headers={"Accept-Language": "en"})


def test_before_anything_is_published(address: str, open_one: Listening, phone: Client) -> None:
    page = phone.get(address).content.decode()
    assert "once everybody has had time to answer" in page


def test_while_it_is_written_nothing_of_it_is_seen(address: str, line: Reply, phone: Client) -> None:
    page = phone.get(address).content.decode()
    assert "still reads the results" in page
    assert "Feedback comes too late." not in page


def test_it_is_read_in_the_language_that_is_chosen(
    address: str, line: Reply, closed: Listening, lead: Membership, phone: Client
) -> None:
    publish_replies(listening=closed, by=lead)
    page = phone.get(address)
    assert "Feedback comes too late." in page.content.decode()
    assert "We will do it" in page.content.decode()
    assert page["Cache-Control"] and page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies
    spanish = phone.get(f"{address}?in=es").content.decode()
    assert "Los comentarios llegan tarde." in spanish
    assert "Feedback comes too late." not in spanish
    assert "<script" not in spanish


def test_a_line_in_one_language_says_which(
    address: str, line: Reply, closed: Listening, lead: Membership, phone: Client
) -> None:
    change_reply(reply=line, words={"en": {"heard": "Only in English."}}, by=lead)
    publish_replies(listening=closed, by=lead)
    page = phone.get(f"{address}?in=es").content.decode()
    assert '<blockquote lang="en" dir="ltr">' in page


def test_what_is_changed_is_read_when_it_is_published(
    address: str, line: Reply, closed: Listening, lead: Membership, phone: Client
) -> None:
    publish_replies(listening=closed, by=lead)
    change_reply(reply=line, kind="later", by=lead)
    assert "Not yet" not in phone.get(address).content.decode()


def test_why_there_is_no_reply_is_read(
    address: str, closed: Listening, lead: Membership, phone: Client
) -> None:
    archive_listening(listening=closed, by=lead, without_reply="Only two answered.")
    assert "Only two answered." in phone.get(address).content.decode()


def test_the_first_page_leads_there(
    address: str, line: Reply, closed: Listening, lead: Membership, phone: Client
) -> None:
    publish_replies(listening=closed, by=lead)
    assert f'href="{address}?in=en"' in phone.get(address.replace("heard/", "")).content.decode()


def test_the_page_asks_little(
    address: str,
    line: Reply,
    closed: Listening,
    lead: Membership,
    phone: Client,
    django_assert_max_num_queries: Any,
) -> None:
    publish_replies(listening=closed, by=lead)
    with django_assert_max_num_queries(4):
        page = phone.get(f"{address}?in=en", headers={"Cookie": "a=b"})
    assert len(page.content) < 10_000


def test_how_a_priority_stands_is_said_today(
    address: str, line: Reply, closed: Listening, lead: Membership, phone: Client
) -> None:
    priority = a_priority(closed.journey, lead)
    change_reply(reply=line, priority=priority, by=lead)
    publish_replies(listening=closed, by=lead)
    assert "we want to get there by" in phone.get(address).content.decode()
    Priority.objects.filter(pk=priority.pk).update(dropped_at=clock.now())
    assert "It no longer is." in phone.get(f"{address}?in=en", headers={"Cookie": "a=b"}).content.decode()


def a_priority(journey: Journey, lead: Membership) -> Priority:
    """One that the journey has."""
    first = tree(journey.record.version_id).competencies[0]
    held = Round.objects.create(
        organisation_id=journey.organisation_id,
        journey=journey,
        framework_version=journey.record.version,
        number=1,
        made_by=lead,
    )
    return Priority.objects.create(
        organisation_id=journey.organisation_id,
        journey=journey,
        round=held,
        competency_id=first.id,
        position=1,
        why_now="Because",
        step=2,
        by_when=clock.today(),
        lead=lead,
    )


def test_a_code_leads_there(
    address: str, line: Reply, closed: Listening, lead: Membership, phone: Client
) -> None:
    asked, code = Asked.objects.get(listening=closed, group="learner"), new_code()
    Slip.objects.create(organisation_id=closed.organisation_id, asked=asked, code_hash=code_hash(code))
    before = phone.get(f"/c/{code}")
    assert before["Location"].startswith(f"/v/{asked.place}/") and "heard" not in before["Location"]
    publish_replies(listening=closed, by=lead)
    assert phone.get(f"/c/{code}")["Location"] == f"/v/{asked.place}/heard/"


def handed_in(asked: Asked, code: str) -> None:
    """Somebody answers with the code and hands in."""
    token, question = (
        begin_draft(asked),
        Question.objects.filter(asked=asked, kind="steps").earliest("position"),
    )
    save_draft(token, steps={question.code: 3}, background={}, words={})
    assert hand_in(token, code=code) == Outcome.OK


@pytest.mark.parametrize("used", [True, False])
def test_a_code_leads_to_what_came_of_it_whether_it_was_used_or_not(
    used: bool, open_one: Listening, lead: Membership, phone: Client
) -> None:
    asked, code = (
        Asked.objects.select_related("listening").get(listening=open_one, group="learner"),
        new_code(),
    )
    Asked.objects.filter(pk=asked.pk).update(by_code=True)
    Slip.objects.create(organisation_id=open_one.organisation_id, asked=asked, code_hash=code_hash(code))
    there, heard = f"/v/{asked.place}/", f"/v/{asked.place}/heard/"
    if used:
        handed_in(asked, code)
        told = phone.get(f"/c/{code}")["Location"]
        assert told == f"{there}?used=1" and "has been used" in phone.get(told).content.decode()
    closed = close_listening(listening=open_one, by=lead)
    assert phone.get(f"/c/{code}")["Location"].startswith(there)
    assert heard not in phone.get(f"/c/{code}")["Location"]  # nothing is published yet
    add_reply(listening=closed, kind="will", words=WORDS, by=lead)
    publish_replies(listening=closed, by=lead)
    found = phone.get(f"/c/{code}", follow=True)
    assert found.redirect_chain[-1][0] == heard
    assert "Feedback comes too late." in found.content.decode()


def test_a_code_leads_to_the_reason_where_nothing_was_published(
    closed: Listening, lead: Membership, phone: Client
) -> None:
    asked, code = Asked.objects.get(listening=closed, group="learner"), new_code()
    Slip.objects.create(organisation_id=closed.organisation_id, asked=asked, code_hash=code_hash(code))
    archive_listening(listening=closed, by=lead, without_reply="Only two answered.")
    found = phone.get(f"/c/{code}", follow=True)
    assert "Only two answered." in found.content.decode()


def test_poster_slips_and_paper_lead_to_the_same_page(
    open_one: Listening, lead: Membership, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned: list[str] = []

    def drawn(address: str) -> str:
        scanned.append(address)
        return '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'

    for module in (inviting_papers, heard_paper):
        monkeypatch.setattr(module, "code_of", drawn)
    asked = Asked.objects.select_related("listening").get(listening=open_one, group="learner")
    Asked.objects.filter(pk=asked.pk).update(by_code=True)
    slug, browser = open_one.organisation.slug, client_of(lead)
    inside = f"/s/{slug}/listenings/{open_one.pk}"
    assert browser.get(f"{inside}/ways-in/{asked.pk}/poster.pdf").status_code == 200
    made = browser.post(f"{inside}/ways-in/{asked.pk}/slips/", {"learner-count": "1", "learner-paper": "a4"})
    assert made["Content-Type"] == "application/pdf"
    closed = close_listening(listening=open_one, by=lead)
    add_reply(listening=closed, kind="will", words=WORDS, by=lead)
    publish_replies(listening=closed, by=lead)
    assert phone.get(f"/v/{asked.place}/heard/paper/?in=en").status_code == 200
    heard = f"/v/{asked.place}/heard/"
    poster, slip, paper = (f"/{each.partition('://')[2].partition('/')[2]}" for each in scanned)
    assert f'href="{heard}?in=en"' in phone.get(poster).content.decode()  # one tap away
    assert phone.get(slip)["Location"] == heard
    assert paper.partition("?")[0] == heard and phone.get(paper).status_code == 200
