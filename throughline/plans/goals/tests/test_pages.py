"""Pages of goals: from a priority to a goal, its page, changing it."""

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from throughline.frameworks.blueprint import Blueprint, CompetencyPlan, DomainPlan, default_steps
from throughline.frameworks.models import Competency
from throughline.frameworks.publishing.actions import publish
from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Priority
from throughline.journeys.tests.running import Ground, closed
from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.goals.actions import add_goal, change_goal
from throughline.plans.goals.queries import SHOWN_EACH
from throughline.plans.models import Action, Goal, Serves
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def at(name: str, room: str = "plans", **more: object) -> str:
    return str(reverse(f"{room}:{name}", kwargs={"school": "harbour-bridge", **more}))


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


def an_older_competency(lead: Membership) -> Competency:
    """One of a framework that no journey uses."""
    competency = CompetencyPlan(code="c", name="As it was", level="foundational", description="Before")
    plan = Blueprint(
        code="own",
        number="1",
        language="en",
        title="Ours",
        content={"steps": default_steps(), "steps_are_default": True},
        domains=(DomainPlan(code="d", name="A domain", competencies=(competency,)),),
    )
    return publish(plan, owner=lead.organisation, by=lead).version.competencies.get()


def test_a_priority_of_a_closed_round_leads_to_a_goal_that_follows_from_it(
    journey: Journey, lead: Membership, educator: Membership
) -> None:
    held = closed(Ground(journey, [lead, educator], tree(journey.record.version_id)))
    priority = Priority.objects.get(round=held)
    client = client_of(lead)
    for name in ("round", "priorities"):
        there = at(name, "journeys", round_id=held.pk)
        link = f"{at('new-goal')}?round={held.pk}&competency={priority.competency_id}"
        assert link in shown(client.get(there))
        assert at("new-goal") not in shown(client_of(educator).get(there))
    form = client.get(link)
    assert priority.why_now in shown(form)
    initial = form.context["form"].initial
    assert (initial["priority"], initial["by_when"]) == (priority.pk, priority.by_when)
    said = {**initial, "title": "Learners choose", "by_when": priority.by_when.isoformat()}
    page = client.post(at("new-goal"), said, follow=True)
    goal = Goal.objects.get()
    assert (goal.priority, goal.journey) == (priority, journey)
    assert [each.competency_id for each in Serves.objects.filter(goal=goal)] == [priority.competency_id]
    assert priority.why_now in shown(page)


def test_a_priority_of_another_journey_is_refused(journey: Journey, goal: Goal, lead: Membership) -> None:
    page = client_of(lead).post(at("new-goal"), {"title": "Ours", "journey": lead.pk})
    assert page.status_code == 422


def test_the_page_of_a_goal_in_a_fixed_number_of_queries(
    action: Action, goal: Goal, lead: Membership, django_assert_max_num_queries: Any
) -> None:
    client = client_of(lead)
    client.get(at("goal", goal_id=goal.pk))
    with django_assert_max_num_queries(12):
        page = client.get(at("goal", goal_id=goal.pk))
    assert action.title in shown(page) and goal.for_whom in shown(page)


def test_a_goal_tells_what_people_said_of_its_actions_in_a_fixed_number_of_queries(
    action: Action, goal: Goal, lead: Membership, educator: Membership, django_assert_max_num_queries: Any
) -> None:
    elsewhere = add_action(title="By itself", by=lead)
    other = add_action(goal=goal, title="Ask the learners", owner=educator, by=lead)
    change_state(action=elsewhere, state="under-way", text="Of something else.", by=lead)
    change_state(action=other, state="under-way", by=educator)  # no word, so nothing is told
    for number in range(4):
        change_state(action=action, state="under-way", text=f"Said {number} times.", by=educator)
    client = client_of(lead)
    client.get(at("goal", goal_id=goal.pk))
    with django_assert_max_num_queries(12):
        page = client.get(at("goal", goal_id=goal.pk))
    log = shown(page).split('id="log"')[1]
    assert all(f"Said {number} times." in log for number in range(4)) and "Of something else." not in log
    assert f'<a href="{at("action", action_id=action.pk)}"><bdi>{action.title}</bdi></a>' in log
    assert other.title not in log


def test_two_who_change_a_goal_both_hear_of_it(goal: Goal, lead: Membership, team: Membership) -> None:
    client, address = client_of(team), at("change-goal", goal_id=goal.pk)
    seen = client.get(address).context["form"].mark()
    change_goal(goal=goal, title="Said by the lead", by=lead)
    said = {"title": "Said by the team", "journey": goal.journey_id, "as_seen": seen}
    page = client.post(address, said)
    assert page.status_code == 422 and "Said by the lead" in shown(page)
    again = {**said, "as_seen": page.context["form"].data["as_seen"]}
    assert client.post(address, again).status_code == 302
    goal.refresh_from_db()
    assert goal.title == "Said by the team"


def test_what_a_goal_served_in_an_older_version_stays(goal: Goal, lead: Membership) -> None:
    """A tie to what the journey no longer has is kept when the others are chosen anew."""
    known = tree(goal.journey.record.version_id).competencies
    change_goal(goal=goal, competencies=[known[0].id], by=lead)
    elsewhere = an_older_competency(lead)
    Serves.objects.create(organisation=goal.organisation, goal=goal, competency=elsewhere, made_by=lead)
    change_goal(goal=goal, competencies=[known[1].id], by=lead)
    assert set(goal.serves.values_list("competency", flat=True)) == {known[1].id, elsewhere.pk}


def test_giving_up_is_said_on_the_page_and_the_plan_folds_it(goal: Goal, lead: Membership) -> None:
    client = client_of(lead)
    address = at("goal-state", goal_id=goal.pk)
    assert client.post(address, {"state": "dropped"}).status_code == 422
    page = client.post(address, {"state": "dropped", "why": "Another one first."}, follow=True)
    assert "Another one first." in shown(page)
    assert "1 goal that is over" in shown(client.get(at("plan")))


def test_an_empty_plan_leads_on(lead: Membership, educator: Membership, journey: Journey) -> None:
    assert at("new-goal") in shown(client_of(lead).get(at("plan")))
    assert at("new-goal") not in shown(client_of(educator).get(at("plan")))


def test_goals_are_moved_on_the_plan(goal: Goal, journey: Journey, lead: Membership) -> None:
    later = add_goal(journey=journey, title="Later", by_when=clock.today(), by=lead)
    client = client_of(lead)
    assert f'form="move" formaction="{at("move-goal", goal_id=later.pk)}" name="up"' in shown(
        client.get(at("plan"))
    )
    client.post(at("move-goal", goal_id=later.pk), {"up": "1"})
    assert list(Goal.objects.order_by("position")) == [later, goal]


def test_a_competency_leads_to_a_goal_that_serves_it(journey: Journey, lead: Membership) -> None:
    served = tree(journey.record.version_id).competencies[4].id
    form = client_of(lead).get(at("new-goal") + f"?competency={served}").context["form"]
    assert form.initial["competencies"] == [served]
    form = client_of(lead).get(at("new-goal") + f"?competency={lead.pk}").context["form"]
    assert form.initial["competencies"] == []


def test_the_plan_with_five_hundred_actions_asks_no_more_than_with_one(
    goal: Goal, journey: Journey, lead: Membership, django_assert_max_num_queries: Any
) -> None:
    goals = [goal, *(add_goal(journey=journey, title=f"Goal {n}", by=lead) for n in range(19))]
    Action.objects.bulk_create(
        Action(
            organisation=goal.organisation,
            goal=goals[number % 20],
            title=f"Action {number}",
            owner=lead,
            due_on=clock.today(),
            position=number,
            made_by=lead,
        )
        for number in range(500)
    )
    client = client_of(lead)
    client.get(at("plan"))
    with django_assert_max_num_queries(9):
        page = shown(client.get(at("plan")))
    assert page.count('class="record-block"') == 20 * SHOWN_EACH
    assert "17 more on the goal’s page" in page and "500 open" in page
    assert len(page.encode()) < 150_000
