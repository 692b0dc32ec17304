"""A listening to test with: of the school's journey, composed by the lead, with learners and families asked."""

from datetime import timedelta

import pytest

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.models import Journey
from throughline.journeys.tests.steps import a_place
from throughline.kit import clock
from throughline.schools.models import Membership
from throughline.voices.asking.actions import (
    ask_group,
    begin_listening,
    change_listening,
    compose,
    open_listening,
)
from throughline.voices.models import Listening
from throughline.voices.tests.closed import a_closed_listening


@pytest.fixture
def journey(lead: Membership, educator: Membership, journey_version: FrameworkVersion) -> Journey:
    """The school's journey, with the lead and the educator on its team."""
    return a_place(lead, journey_version, [lead, educator]).journey


@pytest.fixture
def listening(journey: Journey, lead: Membership) -> Listening:
    """A listening that is being composed, with learners and families to ask."""
    begun = begin_listening(journey=journey, title="What we hear in spring", by=lead)
    for group in ("learner", "family"):
        ask_group(listening=begun, group=group, invited=40, by=lead)
    return begun


@pytest.fixture
def open_one(listening: Listening, lead: Membership) -> Listening:
    """The same, about two competencies in English and Spanish, open for a week."""
    about = ["stakeholder-buy-in", "learning-is-constant-time-is-variable"]
    compose(listening=listening, competencies=about, languages=["en", "es"], by=lead)
    change_listening(
        listening=listening,
        closes_on=clock.today() + timedelta(days=7),
        contact={"en": "The office, room 2", "es": "La oficina, sala 2"},
        by=lead,
    )
    return open_listening(listening=listening, by=lead)


@pytest.fixture
def closed_one(listening: Listening, lead: Membership) -> Listening:
    """The same with educators, closed: learners say rarely what educators say often; too few board members answered.

    30 learners by code (15 in each grade band), 12 by link, 20 families by link, 14 educators by code, 4 of the board.
    """
    return a_closed_listening(listening, lead)
