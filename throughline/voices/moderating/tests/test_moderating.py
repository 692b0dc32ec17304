"""A moderator takes names and harm out; the team reads what is left, once results are open."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.activity.models import Event
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.testing import client_of
from throughline.voices.asking.actions import add_host
from throughline.voices.closing.actions import close_listening
from throughline.voices.models import Listening, Words
from throughline.voices.moderating.actions import leave_out_words, show_words
from throughline.voices.moderating.queries import progress_of
from throughline.voices.spool.tests.steps import answered, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(listening: Listening, lead: Membership, learner: Membership) -> Listening:
    """A closed listening: eleven learners and eleven families answered, three of them in their own words."""
    groups = opened(listening)
    Listening.objects.filter(pk=listening.pk).update(state="draft")
    add_host(listening=listening, member=learner, by=lead)
    Listening.objects.filter(pk=listening.pk).update(state="open")
    answered(groups["learner"], 10)
    answered(groups["learner"], words=f"Ask {lead.name} why we wait")
    answered(groups["family"], 9)
    answered(groups["family"], words="More art, please")
    answered(groups["family"], words="Zqharm")
    close_listening(listening=listening, by=lead)
    found = Listening.objects.select_related("organisation", "journey__record", "round")
    return found.get(pk=listening.pk)


def at(name: str, listening: Listening, **more: object) -> str:
    where = {"school": listening.organisation.slug, "listening_id": listening.pk, **more}
    return reverse(f"voices:{name}", kwargs=where)


def text(start: str) -> Words:
    return Words.objects.select_related("question__asked__listening").get(text__startswith=start)


def shown(response: Any) -> str:
    return str(response.content.decode())


def test_from_text_to_text_until_everything_was_looked_at(
    closed: Listening, lead: Membership, django_assert_max_num_queries: Any
) -> None:
    client = client_of(lead)
    client.get(at("words", closed))  # the framework is known from here on
    page = client.get(at("moderate", closed))
    assert "0 of 3 texts have been looked at" in shown(page)
    for _each in range(3):
        following = page.context["next"] if "next" in page.context else page.context["held"].pk
        here = at("moderate-words", closed, words_id=following)
        with django_assert_max_num_queries(12):
            page = client.get(here)
        held = page.context["held"]
        if held.text == "Zqharm":
            said = {"leave": "1", "why": "harm", "seen": "waiting"}
        else:
            said = {"wording": held.text.replace(lead.name, "somebody"), "seen": "waiting"}
        if held.text.startswith("Ask"):
            assert "<mark>" in shown(page)
        page = client.post(here, said, follow=True)
    assert "3 of 3 texts have been looked at" in shown(page) and "Every text has been looked at" in shown(
        page
    )
    assert Event.objects.filter(verb="voices.moderated").count() == 1
    with django_assert_max_num_queries(12):
        read = shown(client.get(at("words", closed)))
    assert "Ask somebody why we wait" in read and "More art" in read
    assert "Zqharm" not in read and lead.name not in read.split("<main")[1]
    assert "1 text was left out" in read


def test_a_decision_can_be_changed_and_two_moderators_do_not_overwrite_each_other(
    closed: Listening, lead: Membership
) -> None:
    leave_out_words(words=text("Zqharm"), why="harm", by=lead, seen_state="waiting")
    with pytest.raises(ValidationError, match="meanwhile"):
        show_words(words=text("Zqharm"), wording="Zqharm", by=lead, seen_state="waiting")
    held = show_words(words=text("Zqharm"), wording=" Softer ", by=lead, seen_state="left-out")
    assert (held.wording, held.state, held.why_left_out, held.text) == ("Softer", "shown", "", "Zqharm")


@pytest.mark.parametrize(("wording", "said"), [("  ", "Leave it out"), ("x" * 600, "Take away")])
def test_nothing_and_more_than_was_written_are_refused(
    closed: Listening, lead: Membership, wording: str, said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        show_words(words=text("Zqharm"), wording=wording, by=lead)
    with pytest.raises(ValidationError, match="Say why"):
        leave_out_words(words=text("Zqharm"), why="dull", by=lead)


def test_a_reason_is_asked_for_on_the_page_and_nothing_typed_is_lost(
    closed: Listening, lead: Membership
) -> None:
    there = at("moderate-words", closed, words_id=text("Zqharm").pk)
    for sent in ({"leave": "1", "seen": "waiting"}, {"show": "1", "wording": "  ", "seen": "waiting"}):
        response = client_of(lead).post(there, sent)
        assert response.status_code == 422 and text("Zqharm").state == "waiting"


def test_neither_other_staff_nor_learners_who_host_see_what_was_not_moderated(
    closed: Listening, lead: Membership, educator: Membership, learner: Membership
) -> None:
    show_words(words=text("More art"), wording="More art", by=lead)
    for member in (educator, learner):
        client = client_of(member)
        page = client.get(at("moderate", closed))
        assert page.status_code == 403 and "Zqharm" not in shown(page)
        held = client.get(at("moderate-words", closed, words_id=text("Zqharm").pk))
        assert held.status_code == 403 and "Zqharm" not in shown(held)
        read = shown(client.get(at("words", closed)))
        assert "More art" in read and "Zqharm" not in read
        with pytest.raises(Refused):
            show_words(words=text("Zqharm"), wording="x", by=member)


def test_nothing_is_moderated_before_closing(listening: Listening, lead: Membership) -> None:
    opened(listening)
    assert client_of(lead).get(at("moderate", listening)).status_code == 403
    assert client_of(lead).get(at("words", listening)).status_code == 403


def test_words_are_found_by_what_they_say_and_told_of_a_group_only_where_all_are_large(
    closed: Listening, lead: Membership
) -> None:
    for each in Words.objects.select_related("question__asked__listening"):
        show_words(words=each, wording=each.text, by=lead)
    client = client_of(lead)
    found = shown(client.get(at("words", closed), {"q": "ART", "domain": "culture"}))
    assert "More art" in found and "Zqharm" not in found and "Families" in found
    assert "No text has these words" in shown(client.get(at("words", closed), {"q": "nowhere"}))


def test_words_carry_no_group_beside_a_group_that_is_too_small(
    listening: Listening, lead: Membership
) -> None:
    groups = opened(listening)
    answered(groups["learner"], 11, words="Of learners")
    answered(groups["family"], 2, words="Of families")
    close_listening(listening=listening, by=lead)
    for each in Words.objects.select_related("question__asked__listening"):
        show_words(words=each, wording=each.text, by=lead)
    page = client_of(lead).get(at("words", listening))
    assert {each.group for each, _name in page.context["remarks"]} == {""}
    assert progress_of(listening).shown == 13
