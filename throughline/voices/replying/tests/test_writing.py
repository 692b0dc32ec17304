"""Writing what came of a listening, publishing it, and putting the listening away."""

from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.activity.models import Event
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.asking.actions import begin_listening
from throughline.voices.models import Host, Listening, Reply, ReplyEdition
from throughline.voices.replying.actions import (
    add_reply,
    archive_listening,
    change_reply,
    drop_reply,
    move_reply,
    publish_replies,
    unarchive_listening,
)
from throughline.voices.replying.checking import missing_in
from throughline.voices.replying.tests.conftest import WORDS

pytestmark = pytest.mark.django_db
SAID = {"en": {"heard": "More time to read."}}


def at(name: str, listening: Listening, **more: object) -> str:
    return str(
        reverse(f"voices:{name}", kwargs={"school": "harbour-bridge", "listening_id": listening.pk, **more})
    )


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


def host(listening: Listening, member: Membership) -> None:
    Host.objects.create(organisation_id=listening.organisation_id, listening=listening, membership=member)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "maybe", "words": SAID}, "kind"),
        ({"kind": "will", "words": {}}, "heard-en"),
        ({"kind": "will", "words": {"es": {"answer": "Sí."}}}, "heard-es"),
        ({"kind": "not", "words": SAID}, "answer-en"),
        ({"kind": "will", "words": {"de": {"heard": "Mehr Zeit."}}}, "words"),
        ({"kind": "will", "words": {"en": {"heard": "a" * 1001}}}, "heard-en"),
        ({"kind": "will", "words": SAID, "competency": "unknown"}, "competency"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    said: dict[str, Any], field: str, closed: Listening, lead: Membership
) -> None:
    with pytest.raises(ValidationError) as told:
        add_reply(listening=closed, by=lead, **said)
    assert field in told.value.message_dict
    assert not Reply.objects.exists()


def test_a_no_with_its_reason_is_taken(closed: Listening, lead: Membership) -> None:
    words = {"en": {"heard": "No homework.", "answer": "It is where we practice."}}
    assert add_reply(listening=closed, kind="not", words=words, by=lead).position == 1


def test_nothing_is_written_before_it_is_closed(open_one: Listening, lead: Membership) -> None:
    with pytest.raises(Refused):
        add_reply(listening=open_one, kind="will", words=SAID, by=lead)


def test_a_change_that_comes_too_late_is_refused(line: Reply, lead: Membership) -> None:
    changed = change_reply(reply=line, kind="later", seen_version=1, by=lead)
    assert (changed.version, changed.words, changed.competency) == (2, WORDS, "stakeholder-buy-in")
    with pytest.raises(ValidationError):
        change_reply(reply=line, kind="will", seen_version=1, by=lead)
    assert change_reply(reply=line, kind="later", by=lead).version == 2  # nothing new


def test_lines_change_places_and_go(line: Reply, closed: Listening, lead: Membership) -> None:
    second = add_reply(listening=closed, kind="will", words=SAID, by=lead)
    move_reply(reply=second, up=True, by=lead)
    move_reply(reply=second, up=True, by=lead)  # already the first
    rows = Reply.objects.order_by("position")
    assert [each.pk for each in rows] == [second.pk, line.pk]
    drop_reply(reply=second, by=lead)
    assert [each.pk for each in rows.all()] == [line.pk]


def test_hosts_write_and_do_not_publish(closed: Listening, family: Membership, educator: Membership) -> None:
    host(closed, family)
    add_reply(listening=closed, kind="will", words=SAID, by=family)
    with pytest.raises(Refused):
        publish_replies(listening=closed, by=family)
    with pytest.raises(Refused):
        add_reply(listening=closed, kind="will", words=SAID, by=educator)


def test_an_edition_stays_as_it_was(line: Reply, closed: Listening, lead: Membership) -> None:
    first = publish_replies(listening=closed, by=lead)
    assert publish_replies(listening=closed, by=lead).pk == first.pk  # the same again
    change_reply(reply=line, kind="later", by=lead)
    second = publish_replies(listening=closed, by=lead)
    assert second.number == 2
    first.refresh_from_db()
    assert first.document["lines"][0]["kind"] == "will"


def test_nothing_cannot_be_published(closed: Listening, lead: Membership) -> None:
    with pytest.raises(ValidationError):
        publish_replies(listening=closed, by=lead)
    assert not ReplyEdition.objects.exists()


def test_it_is_put_away_once_it_is_answered(line: Reply, closed: Listening, lead: Membership) -> None:
    with pytest.raises(ValidationError) as told:
        archive_listening(listening=closed, by=lead, without_reply="  ")
    assert "without_reply" in told.value.message_dict
    publish_replies(listening=closed, by=lead)
    held = archive_listening(listening=closed, by=lead, without_reply="Not kept then.")
    assert held.archived_at and not held.unanswered_why
    with pytest.raises(Refused):
        change_reply(reply=line, kind="later", by=lead)
    with pytest.raises(Refused):
        publish_replies(listening=closed, by=lead)
    assert unarchive_listening(listening=closed, by=lead).archived_at is None
    assert change_reply(reply=line, kind="later", by=lead).version == 2


def test_without_a_reply_the_reason_is_logged(
    closed: Listening, lead: Membership, educator: Membership
) -> None:
    with pytest.raises(Refused):
        archive_listening(listening=closed, by=educator, without_reply="No.")
    archive_listening(listening=closed, by=lead, without_reply="Nobody answered.")
    event = Event.objects.get(verb="voices.put-away-unanswered")
    assert event.detail["why"] == "Nobody answered."
    page = client_of(lead).get(at("replies", closed))
    assert "Nobody answered." in shown(page)


def test_an_open_one_is_not_put_away(open_one: Listening, lead: Membership) -> None:
    with pytest.raises(Refused):
        archive_listening(listening=open_one, by=lead, without_reply="No.")


def test_languages_that_are_not_complete() -> None:
    lines = [{"en": {"heard": "a"}, "es": {"heard": "b"}}, {"en": {"heard": "c"}}]
    assert missing_in(lines, ["en", "es"]) == ["es"]


def test_a_lead_writes_and_publishes(closed: Listening, lead: Membership) -> None:
    browser = client_of(lead)
    assert "Nothing is written yet" in shown(browser.get(at("replies", closed)))
    wrong = browser.post(at("new-reply", closed), {"kind": "not", "heard-en": "No homework."})
    assert wrong.status_code == 422
    assert "A no without a reason is not an answer." in shown(wrong)
    sent = {"kind": "will", "heard-en": "Feedback comes late.", "answer-en": "Within a week."}
    assert browser.post(at("new-reply", closed), sent).status_code == 302
    reply = Reply.objects.get()
    page = shown(browser.get(at("replies", closed)))
    assert "Not complete in: español." in page
    assert "Feedback comes late." in page
    form = browser.get(at("reply", closed, reply_id=reply.pk)).context["form"]
    assert form["heard-en"].value() == "Feedback comes late."
    sent |= {"heard-es": "Los comentarios llegan tarde.", "as_seen": form.mark()}
    assert browser.post(at("reply", closed, reply_id=reply.pk), sent).status_code == 302
    assert browser.post(at("publish-replies", closed)).status_code == 302
    edition = ReplyEdition.objects.get()
    assert set(edition.document["lines"][0]["words"]) == {"en", "es"}
    for name in ("move-reply", "drop-reply"):
        assert browser.post(at(name, closed, reply_id=reply.pk), {"up": "1"}).status_code == 302
    assert not Reply.objects.exists()
    assert browser.post(at("put-away", closed), {}).status_code == 302
    assert browser.post(at("bring-back", closed)).status_code == 302


def test_a_reason_is_asked_for_on_the_page(closed: Listening, lead: Membership) -> None:
    refused = client_of(lead).post(at("put-away", closed), {"without_reply": ""})
    assert refused.status_code == 422
    assert "Publish it, or say why not." in shown(refused)


def test_a_line_of_another_listening_is_not_found(line: Reply, closed: Listening, lead: Membership) -> None:
    other = begin_listening(journey=closed.journey, title="Another", by=lead)
    assert client_of(lead).get(at("reply", other, reply_id=line.pk)).status_code == 404


def test_a_page_with_many_lines_asks_the_same(
    line: Reply, closed: Listening, lead: Membership, django_assert_num_queries: Any
) -> None:
    for _each in range(5):
        add_reply(listening=closed, kind="will", words=SAID, by=lead)
    browser = client_of(lead)
    browser.get(at("replies", closed))
    with django_assert_num_queries(11):
        browser.get(at("replies", closed))
