"""Other words are suggested, and accepted as their author's change or refused with a reason."""

import pytest
from django.core.exceptions import ValidationError

from throughline.elements.editing.queries import text_at
from throughline.elements.models import Change, ChangeKind, Element, Thread, ThreadState
from throughline.elements.talk.actions.suggesting import (
    PassageChanged,
    accept_suggestion,
    refuse_suggestion,
    suggest,
)
from throughline.elements.talk.passages import passage_of_words
from throughline.elements.talk.tests.conftest import doc, write
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership

pytestmark = pytest.mark.django_db


def suggested(element: Element, by: Membership, words: str, instead: str) -> Thread:
    element.refresh_from_db()
    start, end = passage_of_words(element, 1, element.head, words)
    return suggest(element=element, passage=(start, end, element.head), words=instead, by=by)


def test_an_accepted_suggestion_is_its_authors_change(
    lead: Membership, educator: Membership, element: Element
) -> None:
    thread = suggested(element, educator, "known well", "seen and heard 🎺")
    write(element, lead, "Now every learner 🎈 is known well.", "We begin in spring.")
    with pytest.raises(Refused):
        accept_suggestion(thread=thread, by=educator)
    accept_suggestion(thread=thread, by=lead)
    assert text_at(element).document == doc(
        "Now every learner 🎈 is seen and heard 🎺.", "We begin in spring."
    )
    change = Change.objects.latest("start")
    assert (change.kind, change.by) == (ChangeKind.SUGGESTED, educator)
    thread.refresh_from_db()
    assert (thread.state, thread.settled_by) == (ThreadState.ACCEPTED, lead)
    with pytest.raises(ValidationError):
        accept_suggestion(thread=thread, by=lead)


def test_a_passage_that_changed_meanwhile_is_not_overwritten_unseen(
    lead: Membership, educator: Membership, element: Element
) -> None:
    thread = suggested(element, educator, "is known well", "is seen")
    write(element, lead, "Every learner 🎈 is always known well.", "We begin in spring.")
    with pytest.raises(PassageChanged) as told:
        accept_suggestion(thread=thread, by=lead)
    assert (told.value.then, told.value.now) == ("is known well", "is always known well")
    accept_suggestion(thread=thread, by=lead, over="is always known well")
    assert text_at(element).document["content"][0]["content"][0]["text"] == "Every learner 🎈 is seen."


def test_a_passage_that_is_gone_keeps_its_suggestion(
    lead: Membership, educator: Membership, element: Element
) -> None:
    thread = suggested(element, educator, "known well", "seen")
    write(element, lead, "We begin in spring.")
    with pytest.raises(PassageChanged) as told:
        accept_suggestion(thread=thread, by=lead)
    assert told.value.now == ""
    refuse_suggestion(thread=thread, reason="The sentence is gone.", by=lead)
    thread.refresh_from_db()
    assert (thread.state, thread.reason) == (ThreadState.REFUSED, "The sentence is gone.")


def test_words_may_go_and_marks_stay(lead: Membership, educator: Membership, element: Element) -> None:
    accept_suggestion(thread=suggested(element, educator, " 🎈", ""), by=lead)
    assert text_at(element).document["content"][0] == doc("Every learner  is known well.")["content"][0]
    element.refresh_from_db()
    start, end = passage_of_words(element, 1, element.head, "known")
    strong = [{"type": "text", "text": "known", "marks": [{"type": "strong"}]}]
    thread = suggest(element=element, passage=(start, end, element.head), proposed=strong, by=educator)
    accept_suggestion(thread=thread, by=lead)
    bolder = suggested(element, educator, "known", "understood")
    assert bolder.proposed == [{"type": "text", "text": "understood", "marks": [{"type": "strong"}]}]


def test_what_cannot_be_suggested_is_said(educator: Membership, element: Element) -> None:
    with pytest.raises(ValidationError, match="same words"):
        suggested(element, educator, "known well", "known well")
    with pytest.raises(ValidationError, match="one paragraph"):
        suggest(element=element, passage=(1, 40, element.head), words="All", by=educator)
    with pytest.raises(ValidationError):
        suggest(
            element=element,
            passage=(1, 6, element.head),
            proposed=[
                {"type": "text", "text": "x", "marks": [{"type": "link", "attrs": {"href": "javascript:1"}}]}
            ],
            by=educator,
        )
    with pytest.raises(ValidationError):
        suggested(element, educator, "not there", "x")
