"""An element with a text, written by its lead, and those who talk about it."""

from typing import Any

import pytest

from throughline.elements.editing.actions import replace_text
from throughline.elements.models import Element, ElementKind
from throughline.elements.setup.actions import begin_element
from throughline.schools.models import Membership, Organisation, Role
from throughline.testing import make_member


def doc(*paragraphs: str) -> dict[str, Any]:
    """A text of plain paragraphs."""
    return {
        "type": "doc",
        "content": [
            {"type": "paragraph", **({"content": [{"type": "text", "text": text}]} if text else {})}
            for text in paragraphs
        ],
    }


def write(element: Element, by: Membership, *paragraphs: str) -> int:
    """Put these paragraphs in the place of the text."""
    element.refresh_from_db()
    version = replace_text(element=element, document=doc(*paragraphs), seen=element.head, by=by)
    element.refresh_from_db()
    return version


@pytest.fixture
def element(lead: Membership) -> Element:
    made = begin_element(
        kind=ElementKind.CALL_TO_ACTION,
        title="Why we change",
        language="en",
        outline=[{"key": "vision", "title": "What we hope for"}],
        by=lead,
    )
    write(made, lead, "Every learner 🎈 is known well.", "We begin in spring.")
    return made


@pytest.fixture
def educator(school: Organisation) -> Membership:
    return make_member(school, "Ravi Nair", Role.EDUCATOR)
