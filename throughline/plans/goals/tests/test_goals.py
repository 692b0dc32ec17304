"""Goals of the plan, and the page that shows them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.kit.verdict import Refused
from throughline.plans.doing.actions import add_action
from throughline.plans.goals.actions import add_goal, change_goal, change_goal_state, move_goal
from throughline.plans.models import Action, Goal, LogEntry
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
    with django_assert_num_queries(8):  # type: ignore[operator]
        page = client.get("/s/harbour-bridge/plan/").content.decode()
    assert goal.title in page and action.title in page and "Something 4" in page


def test_families_do_not_see_the_plan(action: Action, family: Membership) -> None:
    assert client_of(family).get("/s/harbour-bridge/plan/").status_code == 403


def test_changing_a_goal_leaves_what_is_not_said_and_logs_another_day(goal: Goal, lead: Membership) -> None:
    changed = change_goal(goal=goal, by_when=date(2028, 6, 1), by=lead)
    assert (changed.title, changed.for_whom, changed.version) == (goal.title, goal.for_whom, 2)
    assert LogEntry.objects.get(goal=goal).data == {"by_when": [None, "2028-06-01"]}


def test_who_changes_what_somebody_else_has_changed_hears_of_it(goal: Goal, lead: Membership) -> None:
    change_goal(goal=goal, title="Theirs", by=lead)
    with pytest.raises(ValidationError):
        change_goal(goal=goal, title="Ours", seen_version=1, by=lead)


def test_giving_up_needs_a_reason_and_a_goal_comes_back(goal: Goal, lead: Membership) -> None:
    with pytest.raises(ValidationError) as told:
        change_goal_state(goal=goal, state="dropped", by=lead)
    assert "why" in told.value.message_dict
    assert change_goal_state(goal=goal, state="dropped", why="Too much.", by=lead).why == "Too much."
    assert change_goal_state(goal=goal, state="open", by=lead).state == "open"
    assert [each.data["state"] for each in LogEntry.objects.filter(goal=goal).order_by("at")] == [
        ["open", "dropped"],
        ["dropped", "open"],
    ]


def test_educators_neither_change_nor_move_nor_reach_a_goal(goal: Goal, educator: Membership) -> None:
    for act in (
        lambda: change_goal(goal=goal, title="Mine", by=educator),
        lambda: change_goal_state(goal=goal, state="reached", by=educator),
        lambda: move_goal(goal=goal, up=True, by=educator),
        lambda: change_goal(goal=goal, competencies=[], by=educator),
    ):
        with pytest.raises(Refused):
            act()


def test_goals_move_past_those_that_are_over(journey: Journey, goal: Goal, lead: Membership) -> None:
    over = add_goal(journey=journey, title="Over", by=lead)
    change_goal_state(goal=over, state="reached", by=lead)
    last = add_goal(journey=journey, title="Last", by=lead)
    move_goal(goal=last, up=True, by=lead)
    titles = list(Goal.objects.order_by("position").values_list("title", flat=True))
    assert titles == ["Last", goal.title, "Over"]
