"""An offering that somebody of the team runs, and an educator competency of the school."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from throughline.elements.models import Item
from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item
from throughline.kit import clock
from throughline.plans.models import Offering
from throughline.plans.professional.actions.offerings import Offer, add_offering, sign_up
from throughline.schools.models import Membership
from throughline.testing import make_member


@pytest.fixture
def trait(lead: Membership) -> Item:
    """What the school’s educators want to be good at."""
    framework = begin_element(
        kind="learning-framework", title="Our framework", language="en", outline=[], by=lead
    )
    words = {"title": "Feedback that is used", "text": "Learners act on it within the week."}
    return add_item(element=framework, kind="educator-competency", words=words, by=lead)


@pytest.fixture
def offering(lead: Membership, team: Membership) -> Offering:
    """A study group that began a week ago and ends in a month."""
    today = clock.today()
    offer = Offer(
        "Reading rubrics together",
        today - timedelta(days=7),
        kind="study",
        ends_on=today + timedelta(days=30),
        run_by=team,
    )
    return add_offering(offer=offer, by=lead)


@pytest.fixture
def more_people(school: object, lead: Membership) -> Callable[[Offering, int], list[Membership]]:
    """Lets so many more educators sign up."""
    made: list[Membership] = []

    def come(offering: Offering, number: int) -> list[Membership]:
        found = []
        for _each in range(number):
            made.append(make_member(lead.organisation, f"Colleague {len(made):02}", "educator"))
            sign_up(offering=offering, by=made[-1])
            found.append(made[-1])
        return found

    return come
