"""An element with three paragraphs."""

import pytest

from throughline.elements.adopting.tests.test_adopting import write
from throughline.elements.models import Element, ElementKind
from throughline.elements.setup.actions import begin_element
from throughline.schools.models import Membership


@pytest.fixture
def element(lead: Membership) -> Element:
    made = begin_element(
        kind=ElementKind.CALL_TO_ACTION, title="Why we change", language="en", outline=[], by=lead
    )
    write(made, lead, "The world moves.", "Our learners wait.", "We begin.")
    return made
