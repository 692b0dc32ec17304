"""What the tests of writing begin with: nothing is open in this process, and an element has begun."""

from collections.abc import Iterator

import pytest
from django.test import Client

from throughline.elements.editing.actions import replace_text
from throughline.elements.editing.opening import forget_all
from throughline.elements.editing.tests.test_together import rich
from throughline.elements.models import Element, ElementKind
from throughline.elements.setup.actions import begin_element
from throughline.schools.models import Membership
from throughline.testing import client_of


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


@pytest.fixture
def there(element: Element, lead: Membership) -> str:
    """Where a text with one of everything is written."""
    replace_text(element=element, document=rich(), seen=0, by=lead)
    return f"/s/{lead.organisation.slug}/elements/call-to-action/text/"


@pytest.fixture
def browser(lead: Membership) -> Client:
    """The lead's."""
    return client_of(lead.person)
