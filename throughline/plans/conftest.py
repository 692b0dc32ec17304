"""A plan to test with: a journey of the school, a goal, and an action that the educator has taken on."""

from datetime import timedelta

import pytest

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.models import Journey
from throughline.journeys.tests.steps import a_place
from throughline.kit import clock
from throughline.plans.doing.actions import add_action
from throughline.plans.goals.actions import add_goal
from throughline.plans.models import Action, Goal
from throughline.schools.models import Membership


@pytest.fixture
def journey(lead: Membership, educator: Membership, journey_version: FrameworkVersion) -> Journey:
    """The school's journey, with the lead and the educator on its team."""
    return a_place(lead, journey_version, [lead, educator]).journey


@pytest.fixture
def goal(journey: Journey, lead: Membership) -> Goal:
    """Something that will be true."""
    return add_goal(
        journey=journey, title="Every learner says what comes next", for_whom="All learners", by=lead
    )


@pytest.fixture
def action(goal: Goal, lead: Membership, educator: Membership) -> Action:
    """Something that the educator does within a month."""
    due = clock.today() + timedelta(days=30)
    return add_action(goal=goal, title="Write the first rubric together", owner=educator, due_on=due, by=lead)
