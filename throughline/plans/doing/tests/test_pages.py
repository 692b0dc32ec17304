"""Pages of actions: adding a line, all that can be said, how it goes, what it waits for."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_action
from throughline.plans.goals.actions import add_goal
from throughline.plans.models import Action, Goal, LogEntry, Serves
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def at(name: str, **more: object) -> str:
    return str(reverse(f"plans:{name}", kwargs={"school": "harbour-bridge", **more}))


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


def test_a_line_is_added_and_the_next_one_begins_with_the_same_owner_and_day(
    goal: Goal, lead: Membership, educator: Membership
) -> None:
    client, due = client_of(lead), clock.today() + timedelta(days=9)
    said = {"title": "Ask families", "goal": goal.pk, "owner": educator.pk, "due_on": due.isoformat()}
    page = client.post(at("quick-action"), {**said, "next": at("plan")}, follow=True)
    added = Action.objects.get()
    assert (added.title, added.goal, added.owner, added.due_on) == ("Ask families", goal, educator, due)
    assert f'<option value="{educator.pk}" selected' in shown(page)
    assert f'value="{due.isoformat()}"' in shown(page)


def test_a_line_leads_nowhere_else(lead: Membership) -> None:
    page = client_of(lead).post(at("quick-action"), {"title": "Ours", "next": "https://example.org/"})
    assert page["Location"].startswith(at("plan"))


def test_a_line_that_is_refused_comes_back_in_the_whole_form(goal: Goal, lead: Membership) -> None:
    page = client_of(lead).post(at("quick-action"), {"title": "  ", "goal": goal.pk, "due_on": "2027-01-05"})
    assert page.status_code == 422
    assert 'value="2027-01-05"' in shown(page)
    assert not Action.objects.exists()


def test_all_that_can_be_said_of_an_action(goal: Goal, lead: Membership, educator: Membership) -> None:
    first = add_action(title="First", by=lead)
    competency = tree(goal.journey.record.version_id).competencies[3]
    said = {
        "title": "Second",
        "goal": goal.pk,
        "owner": lead.pk,
        "helpers": [educator.pk],
        "starts_on": "2027-01-05",
        "due_on": "2027-02-05",
        "done_when": "It hangs on the wall.",
        "resources": "A wall.",
        "waits_for": [first.pk],
        "competencies": [competency.id],
    }
    page = client_of(lead).post(at("new-action"), said, follow=True)
    added = Action.objects.get(title="Second")
    assert [each.on for each in added.waits_for.all()] == [first]
    assert [each.competency_id for each in Serves.objects.filter(action=added)] == [competency.id]
    for words in ("It hangs on the wall.", "A wall.", educator.name, competency.name, "First"):
        assert words in shown(page)


def test_what_an_action_and_its_goal_serve_stands_there_once(journey: Journey, lead: Membership) -> None:
    both, only = tree(journey.record.version_id).competencies[2:4]
    goal = add_goal(journey=journey, title="Nobody waits", competencies=[both.id, only.id], by=lead)
    held = add_action(goal=goal, title="Ask first", competencies=[both.id], by=lead)
    page = shown(client_of(lead).get(at("action", action_id=held.pk)))
    assert (page.count(f">{both.name}<"), page.count(f">{only.name}<")) == (1, 1)


def test_whoever_does_not_see_the_plan_goes_back_to_their_own_actions(
    goal: Goal, lead: Membership, family: Membership
) -> None:
    held = add_action(goal=goal, title="Bake for the evening", owner=family, by=lead)
    page = shown(client_of(family).get(at("action", action_id=held.pk)))
    crumbs = page.split('class="crumbs"')[1].split("</nav>")[0]
    assert at("mine") in crumbs and at("plan") not in crumbs.replace(at("mine"), "")


def test_two_who_change_an_action_both_hear_of_it(
    action: Action, goal: Goal, lead: Membership, team: Membership
) -> None:
    address = at("change-action", action_id=action.pk)
    client = client_of(team)
    opened = client.get(address)
    seen = opened.context["form"].mark()
    change_action(action=action, title="Said by the lead", by=lead)
    said = {"title": "Said by the team", "goal": goal.pk, "owner": action.owner_id, "as_seen": seen}
    page = client.post(address, said)
    assert page.status_code == 422
    assert "Said by the lead" in shown(page) and "Said by the team" in shown(page)
    action.refresh_from_db()
    assert action.title == "Said by the lead"


def test_the_page_of_an_action_says_what_it_waits_for_and_what_waits_for_it(
    action: Action, goal: Goal, lead: Membership, django_assert_max_num_queries: Any
) -> None:
    before = add_action(title="Something before", goal=goal, by=lead)
    after = add_action(title="Something after", goal=goal, waits_for=[action], by=lead)
    client = client_of(lead)
    client.post(at("action-waits", action_id=action.pk), {"on": before.pk})
    with django_assert_max_num_queries(12):
        page = shown(client.get(at("action", action_id=action.pk)))
    assert before.title in page and after.title in page
    client.post(at("drop-wait", action_id=action.pk, on_id=before.pk))
    assert not action.waits_for.exists()


def test_a_circle_is_said_on_the_page(action: Action, goal: Goal, lead: Membership) -> None:
    after = add_action(title="Something after", goal=goal, waits_for=[action], by=lead)
    page = client_of(lead).post(at("action-waits", action_id=action.pk), {"on": after.pk})
    assert page.status_code == 422
    assert "That would be a circle" in shown(page)


def test_the_owner_says_how_it_goes_and_gives_it_another_day(action: Action, educator: Membership) -> None:
    client = client_of(educator)
    client.post(at("action-state", action_id=action.pk), {"state": "under-way", "text": "Begun."})
    page = client.post(at("action-due", action_id=action.pk), {"due_on": "2027-03-01"})
    assert page.status_code == 422
    client.post(at("action-due", action_id=action.pk), {"due_on": "2027-03-01", "why": "Snow."})
    page = client.get(at("action", action_id=action.pk))
    assert "Begun." in shown(page) and "Snow." in shown(page) and "March 1, 2027" in shown(page)
    assert LogEntry.objects.filter(action=action).count() == 2


def test_a_helper_who_is_no_staff_sees_the_action_and_not_the_plan(
    action: Action, goal: Goal, lead: Membership, family: Membership
) -> None:
    add_action(title="Something after", goal=goal, waits_for=[action], by=lead)
    change_action(action=action, helpers=[family], by=lead)
    client = client_of(family)
    page = client.get(at("action", action_id=action.pk))
    assert page.status_code == 200 and "Something after" not in shown(page)
    assert at("goal", goal_id=goal.pk) not in shown(page)
    assert client.get(at("goal", goal_id=goal.pk)).status_code == 404


def test_an_action_whose_owner_has_left_needs_an_owner(
    action: Action, lead: Membership, educator: Membership
) -> None:
    educator.left_at = clock.now()
    educator.save()
    client = client_of(lead)
    assert "needs another owner" in shown(client.get(at("action", action_id=action.pk)))
    assert "1 needs an owner" in shown(client.get(at("plan")))
    assert action.title in shown(client.get(at("plan") + "?state=unowned"))


def test_a_new_action_of_a_goal_is_sent_as_the_page_shows_it(goal: Goal, lead: Membership) -> None:
    client = client_of(lead)
    page = client.get(at("new-action") + f"?goal={goal.pk}")
    assert 'name="as_seen"' not in shown(page)
    assert f'<option value="{goal.pk}" selected' in shown(page)
    client.post(at("new-action"), {"title": "Write it", "goal": goal.pk})
    assert Action.objects.get().goal == goal
