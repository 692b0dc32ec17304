"""Goals of the plan, and the page that shows them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.kit.verdict import Refused
from throughline.plans.doing.actions import add_action
from throughline.plans.goals.actions import add_goal
from throughline.plans.models import Action, Goal
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def test_a_goal_says_what_will_be_true_for_whom_by_when_and_what_it_serves(
    journey: Journey, lead: Membership
) -> None:
    served = [each.id for each in tree(journey.record.version_id).competencies[:2]]
    goal = add_goal(
        journey=journey,
        title=" Nobody waits ",
        for_whom="9th grade",
        by_when=date(2027, 6, 1),
        competencies=served,
        by=lead,
    )
    assert (goal.title, goal.for_whom, goal.by_when) == ("Nobody waits", "9th grade", date(2027, 6, 1))
    assert {each.competency_id for each in goal.serves.all()} == set(served)


def test_an_educator_adds_no_goal(journey: Journey, educator: Membership) -> None:
    with pytest.raises(Refused):
        add_goal(journey=journey, title="Mine", by=educator)


def test_a_goal_without_words_is_refused(journey: Journey, lead: Membership) -> None:
    with pytest.raises(ValidationError) as told:
        add_goal(journey=journey, title="  ", by=lead)
    assert "title" in told.value.message_dict


def test_the_plan_shows_goals_with_their_actions_in_a_fixed_number_of_queries(
    action: Action, goal: Goal, lead: Membership, django_assert_num_queries: object
) -> None:
    client = client_of(lead)
    client.get("/s/harbour-bridge/plan/")
    for number in range(5):
        add_action(goal=goal if number % 2 else None, title=f"Something {number}", by=lead)
    with django_assert_num_queries(5):  # type: ignore[operator]
        page = client.get("/s/harbour-bridge/plan/").content.decode()
    assert goal.title in page and action.title in page and "Something 4" in page


def test_families_do_not_see_the_plan(action: Action, family: Membership) -> None:
    assert client_of(family).get("/s/harbour-bridge/plan/").status_code == 403
