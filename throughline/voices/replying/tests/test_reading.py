"""What everybody reads who was asked."""

from typing import Any

import pytest
from django.test import Client

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Priority, Round
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.voices.models import Asked, Listening, Reply, Slip
from throughline.voices.replying.actions import archive_listening, change_reply, publish_replies
from throughline.voices.spool.marks import code_hash, new_code

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
