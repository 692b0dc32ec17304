"""What the tests of writing begin with: nothing is open in this process, and an element has begun."""

from collections.abc import Iterator

import pytest

from throughline.elements.editing.opening import forget_all
from throughline.elements.models import Element, ElementKind
from throughline.elements.setup.actions import begin_element
from throughline.schools.models import Membership


@pytest.fixture(autouse=True)
def nothing_is_open() -> Iterator[None]:
    forget_all()
    yield
    forget_all()


@pytest.fixture
def element(lead: Membership) -> Element:
    return begin_element(
        kind=ElementKind.CALL_TO_ACTION, title="Why we change", language="en", outline=[], by=lead
    )
