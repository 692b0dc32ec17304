"""The page of the timeline: its ways to look, its queries, who sees it."""

from datetime import timedelta
from typing import Any

import pytest

from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.models import Action, Goal
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db
PAGE = "/s/harbour-bridge/plan/timeline/"


def read(member: Membership, **asked: str) -> str:
    return client_of(member).get(PAGE, asked).content.decode()


def test_an_action_stands_in_the_picture_and_in_its_month(action: Action, lead: Membership) -> None:
    page = read(lead)
    assert page.count(action.title) == 3  # as a name in the picture, for those who hear it, and in the list
    assert 'class="timeline"' in page and "Every learner says what comes next" in page


@pytest.mark.parametrize("way", ["goal", "priority", "person", "nonsense"])
def test_actions_are_put_together_in_three_ways(
    action: Action, lead: Membership, educator: Membership, way: str
) -> None:
    expected = {"priority": "Without a priority", "person": educator.name}.get(way, "Every learner says")
    assert expected in read(lead, by=way)


def test_what_is_late_comes_first_and_carries_a_flag(action: Action, lead: Membership) -> None:
    late = clock.today() - timedelta(days=3)
    add_action(title="Should be done", due_on=late, by=lead)
    page = read(lead)
    assert (
        page.index("<h3>Late</h3>") < page.index("Should be done</bdi>") < page.index(f"{action.title}</bdi>")
    )
    assert 'class="flag"' in page


def test_what_is_over_is_shown_when_asked_for(action: Action, lead: Membership, educator: Membership) -> None:
    old = clock.today() - timedelta(days=200)
    done = add_action(title="Long ago", due_on=old, by=lead)
    change_state(action=done, state="done", on=old, by=lead)
    assert "Long ago" not in read(lead) and "1 that is over" in read(lead)
    assert "Long ago" in read(lead, all="1")


def test_an_empty_plan_leads_on(lead: Membership) -> None:
    assert "To the plan" in read(lead)


def test_it_asks_the_same_however_many_actions_there_are(
    action: Action, goal: Goal, lead: Membership, django_assert_max_num_queries: Any
) -> None:
    read(lead)
    for number in range(70):
        add_action(title=f"More {number}", goal=goal, due_on=clock.today() + timedelta(days=number), by=lead)
    client = client_of(lead)
    with django_assert_max_num_queries(7):
        page = client.get(PAGE).content.decode()
    assert "open the name of a row" in page
    assert "More 69" in client.get(PAGE, {"open": str(goal.pk)}).content.decode()


def test_families_do_not_see_it(action: Action, family: Membership) -> None:
    assert client_of(family).get(PAGE).status_code == 403


def test_of_very_many_the_list_shows_the_next_months_first(
    action: Action, goal: Goal, lead: Membership
) -> None:
    today = clock.today()
    for number in range(125):
        add_action(title=f"More {number}", goal=goal, due_on=today + timedelta(days=number * 2), by=lead)
    page, whole = read(lead), read(lead, list="all")
    assert "More 124</bdi>" not in page and "more after that. Show them" in page
    assert "More 124</bdi>" in whole and "more after that" not in whole
