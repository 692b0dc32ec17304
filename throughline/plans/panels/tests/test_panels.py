"""What is being done about a competency stands on its page, at the table and on the journey's first page."""

from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import CompetencyItem, tree
from throughline.journeys.models import Journey
from throughline.journeys.tests.running import Ground, spread
from throughline.journeys.tests.steps import a_place, address, page
from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.goals.actions import add_goal, change_goal_state
from throughline.plans.models import Action, Cycle, Goal, Measure, MeasureValue, Serves, SmallTest
from throughline.plans.panels.queries import doing_about, goals_going, versions_of
from throughline.plans.panels.sources import offered_too, what_is_done
from throughline.plans.policies.actions import About, add_policy
from throughline.records import panels
from throughline.records.actions import open_record
from throughline.records.moving.actions import move_record
from throughline.records.moving.tests.test_moving import next_version
from throughline.schools.actions.groups import create_group
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def competency(journey: Journey) -> CompetencyItem:
    return tree(journey.record.version_id).competencies[2]


def the_page(journey: Journey, competency: CompetencyItem) -> str:
    known = {
        "school": "harbour-bridge",
        "record_id": journey.record_id,
        "competency_id": competency.id,
    }
    return reverse("records:competency", kwargs=known)


def planned(journey: Journey, competency: CompetencyItem, lead: Membership, number: int = 1) -> Goal:
    """A goal that serves it, with a late action, one that is done, a measure with two values, a test and a policy."""
    goal = add_goal(journey=journey, title="They say what is next", competencies=[competency.id], by=lead)
    for each in range(number):
        add_action(goal=goal, title=f"Late one {each}", due_on=clock.today() - timedelta(days=3), by=lead)
    over = add_action(goal=goal, title="Finished one", by=lead)
    change_state(action=over, state="done", by=lead)
    here: dict[str, Any] = {"organisation": lead.organisation}
    measure = Measure.objects.create(goal=goal, title="Who can say", unit="%", made_by=lead, **here)
    for days, value in ((40, "31"), (9, "52.500")):
        on = clock.today() - timedelta(days=days)
        MeasureValue.objects.create(measure=measure, on=on, value=Decimal(value), by=lead, **here)
    test = SmallTest.objects.create(title="Exit cards", made_by=lead, **here)
    told = {"change": "Cards", "prediction": "Half", "learned": "Mornings work.", "outcome": "adapt"}
    Cycle.objects.create(test=test, number=1, made_by=lead, **told, **here)
    Serves.objects.create(test=test, competency_id=competency.id, made_by=lead, **here)
    add_policy(about=About("How credit is given", competencies=(competency.id,)), by=lead)
    return goal


def test_the_page_of_a_competency_says_what_is_done_about_it(
    journey: Journey, competency: CompetencyItem, lead: Membership, educator: Membership
) -> None:
    planned(journey, competency, lead)
    shown = unescape(client_of(lead).get(the_page(journey, competency)).content.decode())
    for words in (
        "They say what is next",
        "Late one 0",
        "1 is done",
        "52.5%",
        "Exit cards",
        "How credit is given",
    ):
        assert words in shown
    assert "Mornings work." in shown and "31 %" not in shown
    assert f"?competency={competency.id}" in shown
    for_staff = unescape(client_of(educator).get(the_page(journey, competency)).content.decode())
    assert "They say what is next" in for_staff and "Plan something for it" not in for_staff


def test_where_nothing_is_planned_whoever_may_plan_begins_there(
    journey: Journey, competency: CompetencyItem, lead: Membership, educator: Membership
) -> None:
    shown = unescape(client_of(lead).get(the_page(journey, competency)).content.decode())
    assert "Nothing in the plan is about it yet." in shown and "Plan something for it" in shown
    assert f"?competency={competency.id}" in shown
    for_staff = client_of(educator).get(the_page(journey, competency)).content.decode()
    assert "What is being done about it" not in for_staff


def test_the_next_step_begins_a_goal_with_the_competency_chosen(
    journey: Journey, competency: CompetencyItem, lead: Membership
) -> None:
    there = reverse("plans:new-goal", kwargs={"school": "harbour-bridge"})
    shown = client_of(lead).get(f"{there}?competency={competency.id}").content.decode()
    box = shown[shown.index(f'value="{competency.id}"') :]
    assert "checked" in box[: box.index(">")]


def test_it_costs_one_query_where_nothing_is_done_and_two_however_much_is(
    journey: Journey, competency: CompetencyItem, lead: Membership
) -> None:
    journey.record.refresh_from_db()
    with CaptureQueriesContext(connection) as nothing:
        assert doing_about(journey.record, versions_of(journey.record, competency.id)).is_empty
    planned(journey, competency, lead, number=3)
    with CaptureQueriesContext(connection) as much:
        found = doing_about(journey.record, versions_of(journey.record, competency.id))
    assert (len(nothing), len(much)) == (1, 2)
    assert (len(found.actions), found.done, len(found.measures)) == (3, 1, 1)


def test_the_page_stays_within_twelve_queries(
    journey: Journey, competency: CompetencyItem, lead: Membership
) -> None:
    planned(journey, competency, lead, number=8)
    client, address = client_of(lead), the_page(journey, competency)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= 12


def test_a_competency_follows_its_framework_to_a_newer_version(
    journey_version: FrameworkVersion, journey: Journey, competency: CompetencyItem, lead: Membership
) -> None:
    planned(journey, competency, lead)
    domain, place = next(
        (number, each.competencies.index(competency))
        for number, each in enumerate(tree(journey_version.pk).domains)
        if competency in each.competencies
    )

    def change(content: Any) -> None:
        content["domains"][domain]["competencies"][place]["name"] = "Said better"

    mine = next_version(journey_version, lead, "9", lambda content: None)
    newer = next_version(mine, lead, "10", change)
    record = journey.record
    for version in (mine, newer):
        record.refresh_from_db()
        move_record(record=record, to=version, reason="Better words.", by=lead)
    record.refresh_from_db()
    now = next(each for each in tree(record.version_id).competencies if each.name == "Said better")
    assert now.id != competency.id
    shown = unescape(client_of(lead).get(the_page(journey, now)).content.decode())
    assert "They say what is next" in shown and "Exit cards" in shown
    # a round that was begun on the older version shows what is planned in the words of now
    newest = add_goal(
        journey=Journey.objects.get(pk=journey.pk), title="Newest", competencies=[now.id], by=lead
    )
    found = doing_about(record, versions_of(record, competency.id))
    assert newest.pk in found.goals


def test_the_page_where_a_team_agrees_says_what_is_done_about_it(
    journey: Journey, lead: Membership, educator: Membership
) -> None:
    ground = Ground(journey, [lead, educator], tree(journey.record.version_id))
    held = spread(ground)
    served, other = list(held.items.order_by("competency_id"))[:2]
    competency = tree(journey.record.version_id).by_id[served.competency_id]
    assert isinstance(competency, CompetencyItem)
    goal = planned(journey, competency, lead, number=3)
    at_table = client_of(lead)
    there = address("agree", held, competency_id=served.competency_id)
    at_table.get(there)
    with CaptureQueriesContext(connection) as much:
        shown = unescape(at_table.get(there).content.decode())
    assert "What is being done about it" in shown and goal.title in shown and "Late one 2" in shown
    assert "52.5%" in shown and "How credit is given" in shown and "Mornings work." in shown
    with CaptureQueriesContext(connection) as little:
        elsewhere = unescape(
            at_table.get(address("agree", held, competency_id=other.competency_id)).content.decode()
        )
    assert "What is being done about it" not in elsewhere and goal.title not in elsewhere
    assert len(much) <= len(little) + 1  # the values of measures


def test_what_belongs_to_another_journey_stays_there(
    journey: Journey, journey_version: FrameworkVersion, competency: CompetencyItem, lead: Membership
) -> None:
    group = create_group(name="Grade 7", kind="classroom", by=lead)
    other = a_place(lead, journey_version, [lead], group=group).journey
    goal = add_goal(journey=other, title="Grade 7 only", competencies=[competency.id], by=lead)
    add_action(goal=goal, title="Grade 7 action", by=lead)
    assert doing_about(journey.record, (competency.id,)).is_empty
    assert [each.title for each in doing_about(other.record, (competency.id,)).actions] == ["Grade 7 action"]


def test_what_was_given_up_is_not_being_done(
    journey: Journey, competency: CompetencyItem, lead: Membership
) -> None:
    goal = add_goal(journey=journey, title="Given up", competencies=[competency.id], by=lead)
    add_action(goal=goal, title="Of no use now", by=lead)
    change_goal_state(goal=goal, state="dropped", why="No time.", by=lead)
    assert doing_about(journey.record, (competency.id,)).is_empty


def test_families_learners_and_records_of_learners_are_told_nothing(
    journey: Journey, competency: CompetencyItem, lead: Membership, family: Membership, learner: Membership
) -> None:
    planned(journey, competency, lead)
    request: Any = RequestFactory().get("/")
    for person in (family, learner):
        request.seat = seat_of(person)
        with CaptureQueriesContext(connection) as asked:
            assert what_is_done(request, journey.record, competency) is None
        assert not asked.captured_queries
    request.seat = seat_of(lead)
    of_learner = open_record(version=journey.record.version, learner=learner, by=lead)
    assert what_is_done(request, of_learner, competency) is None
    assert offered_too(request, of_learner, competency) is None
    assert what_is_done in panels.at_the_table


def test_the_overview_of_a_journey_says_how_its_goals_go(
    journey: Journey, competency: CompetencyItem, lead: Membership, team: Membership, family: Membership
) -> None:
    address = page("overview", journey_id=journey.pk)
    assert "What is being done" not in client_of(lead).get(address).content.decode()
    planned(journey, competency, lead, number=2)
    shown = client_of(lead).get(address).content.decode()
    assert "What is being done" in shown and "2 late" in shown and f"?journey={journey.pk}" in shown
    with CaptureQueriesContext(connection) as asked:
        [going] = goals_going(journey.record_id, journey.organisation_id, clock.today())
    assert (going.open, going.late, going.done, len(asked)) == (2, 2, 1, 1)
    assert Action.objects.count() == 3
