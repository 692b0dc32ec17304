"""Lines of *you said → we did* on the page for families: by choice, as entries, in every language they were published in."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.plans.families.actions.hearing import take_over_replies
from throughline.plans.families.actions.writing import begin_page, publish_page, write_section
from throughline.plans.families.heard import TOPIC
from throughline.plans.families.queries import drafts_of, family_page, newest_replies
from throughline.plans.models import PageForFamilies
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.closing.actions import close_listening
from throughline.voices.conftest import journey, listening, open_one
from throughline.voices.models import Listening, ReplyEdition
from throughline.voices.replying.actions import add_reply, publish_replies

__all__ = ["journey", "listening", "open_one"]
pytestmark = pytest.mark.django_db
FIRST = {
    "en": {"heard": "Feedback comes\ntoo late.", "answer": "Within a week."},
    "es": {"heard": "Los comentarios llegan tarde.", "answer": "En una semana."},
}
LONG = "a" * 300


@pytest.fixture
def edition(open_one: Listening, lead: Membership) -> ReplyEdition:
    closed = close_listening(listening=open_one, by=lead)
    add_reply(listening=closed, kind="will", words=FIRST, by=lead)
    add_reply(listening=closed, kind="not", words={"en": {"heard": LONG, "answer": "Why."}}, by=lead)
    add_reply(listening=closed, kind="later", words={"es": {"heard": "Más tiempo."}}, by=lead)
    return publish_replies(listening=closed, by=lead)


@pytest.fixture
def page(lead: Membership) -> PageForFamilies:
    return begin_page(language="en", by=lead)


def items(page: PageForFamilies) -> list[dict[str, Any]]:
    return list(drafts_of(page)[TOPIC].content["items"])


def test_chosen_lines_become_entries_in_every_language(
    edition: ReplyEdition, page: PageForFamilies, lead: Membership
) -> None:
    write_section(page=page, section=TOPIC, told={"text": "So.", "items": [{"title": "Mine"}]}, by=lead)
    take_over_replies(page=page, edition=edition, lines=[0, 1, 2, 9], by=lead)
    mine, first, second = items(page)
    assert (mine["title"], drafts_of(page)[TOPIC].content["text"]) == ("Mine", "So.")
    assert (first["title"], first["text"]) == ("Feedback comes too late.", "Within a week.")
    assert second["title"].endswith("…") and len(second["title"]) <= 200
    assert second["text"] == "We will not do it. Why."
    publish_page(page=page, by=lead)
    spanish = family_page(lead.organisation, "es")
    assert spanish is not None
    said = [line.title.text for part in spanish.parts for line in part.lines]
    assert "Los comentarios llegan tarde." in said


def test_what_stands_there_is_not_added_again(
    edition: ReplyEdition, page: PageForFamilies, lead: Membership
) -> None:
    take_over_replies(page=page, edition=edition, lines=[0], by=lead)
    with pytest.raises(ValidationError):
        take_over_replies(page=page, edition=edition, lines=[0], by=lead)
    with pytest.raises(ValidationError):
        take_over_replies(page=page, edition=edition, lines=[], by=lead)
    assert len(items(page)) == 1


def test_a_lead_takes_them_over_on_the_page(
    edition: ReplyEdition, page: PageForFamilies, lead: Membership, educator: Membership
) -> None:
    slug = lead.organisation.slug
    there = reverse("plans:family-take-over", kwargs={"school": slug})
    section = reverse("plans:family-section", kwargs={"school": slug, "topic": TOPIC})
    browser = client_of(lead)
    assert there in browser.get(section).content.decode()
    shown = browser.get(there).content.decode()
    assert "Feedback comes too late." in shown and "1 line is not said" in shown
    assert browser.post(there, {"line": ["0"]})["Location"] == section
    assert "stands there already" in browser.get(there).content.decode()
    assert browser.post(there, {"line": ["x", "77"]})["Location"] == there
    assert len(items(page)) == 1
    assert client_of(educator).get(there).status_code == 403


def test_without_an_edition_there_is_nothing_to_take(page: PageForFamilies, lead: Membership) -> None:
    slug = lead.organisation.slug
    assert newest_replies(lead.organisation) is None
    there = reverse("plans:family-take-over", kwargs={"school": slug})
    assert client_of(lead).get(there).status_code == 404
    section = reverse("plans:family-section", kwargs={"school": slug, "topic": TOPIC})
    assert there not in client_of(lead).get(section).content.decode()
