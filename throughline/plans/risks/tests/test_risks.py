"""Risks: what could go wrong, how likely and how bad, and how it ended."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.models import Goal, Risk, Serves
from throughline.plans.risks.actions import add_risk, change_risk, close_risk, reopen_risk
from throughline.plans.risks.queries import risks_of, weighed
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def at(name: str, **more: object) -> str:
    return str(reverse(f"plans:{name}", kwargs={"school": "harbour-bridge", **more}))


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


@pytest.fixture
def risk(goal: Goal, lead: Membership) -> Risk:
    """Something grave that is looked at again in a month."""
    return add_risk(
        title="Nobody has the time",
        goal=goal,
        likelihood=3,
        effect=2,
        review_on=clock.today() + timedelta(days=30),
        by=lead,
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "A", "likelihood": 4}, "likelihood"),
        ({"title": "A", "effect": 0}, "effect"),
        ({"title": "A", "response": "a" * 2001}, "response"),
        ({"title": "A", "review_on": date(26, 1, 1)}, "review_on"),
    ],
)
def test_what_cannot_be_meant_is_refused(said: dict[str, Any], field: str, lead: Membership) -> None:
    with pytest.raises(ValidationError) as told:
        add_risk(**said, by=lead)
    assert field in told.value.message_dict


def test_a_risk_weighs_what_it_is_times_how_bad() -> None:
    today = clock.today()
    tones = {
        (one, other): weighed(Risk(likelihood=one, effect=other), today).tone
        for one in (1, 2, 3)
        for other in (1, 2, 3)
    }
    assert {key for key, tone in tones.items() if tone == "error"} == {(2, 3), (3, 2), (3, 3)}
    assert {key for key, tone in tones.items() if not tone} == {(1, 1), (1, 2), (2, 1)}


def test_the_gravest_stand_first(risk: Risk, lead: Membership) -> None:
    add_risk(title="Small", likelihood=1, effect=1, by=lead)
    add_risk(title="Grave", likelihood=3, effect=3, by=lead)
    titles = [each.title for each in risks_of(seat_of(lead))]
    assert titles == ["Grave", "Nobody has the time", "Small"]


def test_a_risk_is_looked_at_again_on_its_day(risk: Risk) -> None:
    today = clock.today()
    assert not weighed(risk, today).due
    assert weighed(risk, today + timedelta(days=30)).due


def test_a_risk_comes_true_and_can_happen_again(risk: Risk, lead: Membership) -> None:
    ended = close_risk(risk=risk, came_true=True, by=lead)
    assert ended.came_true and ended.closed_at
    assert close_risk(risk=risk, came_true=False, by=lead).came_true, "how it ended is said once"
    again = reopen_risk(risk=risk, by=lead)
    assert (again.came_true, again.closed_at) == (False, None)


def test_educators_see_risks_and_change_none(risk: Risk, educator: Membership) -> None:
    client = client_of(educator)
    assert risk.title in shown(client.get(at("risks")))
    assert client.get(at("risk", risk_id=risk.pk)).status_code == 403
    with pytest.raises(Refused):
        change_risk(risk=risk, title="Mine", by=educator)


def test_families_see_no_risks(risk: Risk, family: Membership) -> None:
    assert client_of(family).get(at("risks")).status_code == 403
    assert client_of(family).get(at("risk", risk_id=risk.pk)).status_code == 404


def test_pages_of_a_risk(goal: Goal, lead: Membership, team: Membership) -> None:
    client = client_of(lead)
    competency = tree(goal.journey.record.version_id).competencies[2]
    said = {"title": "Snow", "likelihood": 2, "effect": 3, "goal": goal.pk, "competencies": [competency.id]}
    client.post(at("new-risk"), said)
    made = Risk.objects.get()
    assert Serves.objects.get(risk=made).competency_id == competency.id
    assert "Snow" in shown(client.get(at("goal", goal_id=goal.pk)))
    address = at("risk", risk_id=made.pk)
    seen = client_of(team).get(address).context["form"].mark()
    change_risk(risk=made, title="Much snow", by=lead)
    page = client_of(team).post(address, {**said, "title": "No snow", "as_seen": seen})
    assert page.status_code == 422 and "Much snow" in shown(page)
    client.post(at("close-risk", risk_id=made.pk), {"true": "1"})
    made.refresh_from_db()
    assert made.came_true
    assert "1 risk that is over" in shown(client.get(at("risks")))


def test_the_list_in_a_fixed_number_of_queries(
    risk: Risk, goal: Goal, lead: Membership, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        add_risk(title=f"Another {number}", goal=goal, owner=lead, by=lead)
    client = client_of(lead)
    client.get(at("risks"))
    with django_assert_max_num_queries(6):
        client.get(at("risks"))


def test_the_list_is_narrowed_and_sorted(
    risk: Risk, goal: Goal, lead: Membership, educator: Membership
) -> None:
    soon = clock.today() + timedelta(days=1)
    add_risk(title="Snow", likelihood=1, effect=3, owner=educator, review_on=soon, by=lead)
    gone = add_risk(title="Strike", goal=goal, likelihood=3, effect=1, by=lead)
    close_risk(risk=gone, came_true=False, by=lead)
    client = client_of(lead)
    for asked, titles in {
        "": ["Nobody has the time", "Snow", "Strike"],
        f"goal={goal.pk}": ["Nobody has the time", "Strike"],
        "goal=none": ["Snow"],
        f"who={educator.pk}": ["Snow"],
        "who=none": ["Nobody has the time", "Strike"],
        "likelihood=3": ["Nobody has the time", "Strike"],
        "effect=3": ["Snow"],
        "show=open": ["Nobody has the time", "Snow"],
        "show=over": ["Strike"],
        "show=due": [],
        "order=effect": ["Snow", "Nobody has the time", "Strike"],
        "order=day": ["Snow", "Nobody has the time", "Strike"],
        "who=nonsense&likelihood=9": ["Nobody has the time", "Snow", "Strike"],
    }.items():
        page = client.get(at("risks") + f"?{asked}")
        rows = [*page.context["open"], *page.context["over"]]
        assert [each.risk.title for each in rows] == titles, asked
    assert "No risk is like this" in shown(client.get(at("risks") + "?show=due"))
    assert any(tab.words == "Risks" and tab.here for tab in client.get(at("risks")).context["tabs"])
