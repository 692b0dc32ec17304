"""A whole text is put in the place of another one by the smallest steps."""

import pytest
from django.core.exceptions import ValidationError

from throughline.elements.editing.actions import Meanwhile, replace_text
from throughline.elements.editing.queries import text_at
from throughline.elements.models import Change, Element, ElementKind
from throughline.elements.setup.actions import begin_element
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import make_member

pytestmark = pytest.mark.django_db


def doc(*paragraphs: str) -> dict[str, object]:
    return {
        "type": "doc",
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in paragraphs
        ],
    }


@pytest.fixture
def element(lead: Membership) -> Element:
    return begin_element(
        kind=ElementKind.CALL_TO_ACTION, title="Why we change", language="en", outline=[], by=lead
    )


def test_every_version_can_be_read_again(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("One 🎈 two", "Three"), seen=0, by=lead)
    second = replace_text(element=element, document=doc("One 🎈 too", "Three", "Four"), seen=first, by=lead)
    assert text_at(element).document == doc("One 🎈 too", "Three", "Four")
    assert (text_at(element).version, text_at(element, first).document) == (
        second,
        doc("One 🎈 two", "Three"),
    )
    assert text_at(element, 0).document["content"] == [{"type": "paragraph"}]


def test_only_what_changed_is_in_the_steps(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("One two three", "Four"), seen=0, by=lead)
    replace_text(element=element, document=doc("One 2 three", "Four"), seen=first, by=lead)
    [step] = Change.objects.latest("start").steps
    assert (step["from"], step["to"]) == (5, 8)


def test_what_others_wrote_meanwhile_is_not_overwritten(lead: Membership, element: Element) -> None:
    first = replace_text(element=element, document=doc("One"), seen=0, by=lead)
    with pytest.raises(Meanwhile) as told:
        replace_text(element=element, document=doc("Two"), seen=0, by=lead)
    assert told.value.version == first
    assert text_at(element).document == doc("One")


def test_who_may_not_write_does_not(school: Organisation, lead: Membership, element: Element) -> None:
    educator = make_member(school, "Ravi Nair", Role.EDUCATOR)
    with pytest.raises(Refused):
        replace_text(element=element, document=doc("One"), seen=0, by=educator)
    with pytest.raises(ValidationError):
        replace_text(
            element=element, document={"type": "doc", "content": [{"type": "script"}]}, seen=0, by=lead
        )
