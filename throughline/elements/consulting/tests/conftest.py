"""An element whose draft is put to the community."""

from datetime import timedelta
from typing import Any

import pytest

from throughline.elements.adopting.actions import Seen
from throughline.elements.adopting.queries import road_of
from throughline.elements.adopting.tests.test_adopting import write
from throughline.elements.consulting.actions.hearing import Said, comment_from_outside
from throughline.elements.consulting.actions.opening import Call, Opened, open_consultation
from throughline.elements.models import Consultation, Element, ElementKind, OutsideComment
from throughline.elements.setup.actions import begin_element
from throughline.kit import clock
from throughline.schools.models import Membership


def begun(lead: Membership) -> Element:
    element = begin_element(
        kind=ElementKind.GRADUATE_PROFILE, title="Our graduates", language="en", outline=[], by=lead
    )
    write(element, lead, "They ask good questions.", "They finish what they begin.")
    return element


def opened(element: Element, lead: Membership, **more: Any) -> Opened:
    last = road_of(element).last
    call = Call(**{"opens_on": clock.today(), "closes_on": clock.today() + timedelta(days=14), **more})
    return open_consultation(element=element, call=call, seen=Seen(last.pk if last else None, 0), by=lead)


def say(consultation: Consultation, text: str, **more: Any) -> OutsideComment:
    said = Said(text, **{"belongs": "family", **more})
    return comment_from_outside(consultation=consultation, said=said, address="192.0.2.1")


@pytest.fixture
def element(lead: Membership) -> Element:
    return begun(lead)


@pytest.fixture
def call(element: Element, lead: Membership) -> Opened:
    return opened(element, lead, questions=("What is missing?",), introduction="Please tell us.")
