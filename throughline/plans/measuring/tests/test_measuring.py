"""Measures: what is counted, its values over time, and what is due to be read."""

from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.measuring.actions import (
    add_measure,
    add_value,
    change_measure,
    end_measure,
    resume_measure,
    take_back_value,
)
from throughline.plans.measuring.narrowing import narrowed
from throughline.plans.measuring.picture import Point
from throughline.plans.measuring.queries import read, read_all
from throughline.plans.measuring.ready import READY
from throughline.plans.models import Goal, Measure, MeasureValue, Serves
from throughline.plans.narrowing import priorities_of_goals
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def at(name: str, **more: object) -> str:
    return str(reverse(f"plans:{name}", kwargs={"school": "harbour-bridge", **more}))


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


@pytest.fixture
def measure(goal: Goal, lead: Membership, educator: Membership) -> Measure:
    """Kept by the educator, read every month."""
    return add_measure(title="Returned in a week", unit="%", goal=goal, keeper=educator, by=lead)


def test_a_measure_says_what_is_counted_and_where_it_should_be(goal: Goal, lead: Membership) -> None:
    served = tree(goal.journey.record.version_id).competencies[0].id
    made = add_measure(
        title=" Returned ",
        goal=goal,
        kind="lagging",
        target=Decimal("92.5"),
        every_months=12,
        competencies=[served],
        by=lead,
    )
    made.refresh_from_db()
    assert (made.title, made.kind, made.target, made.every_months) == (
        "Returned",
        "lagging",
        Decimal("92.5"),
        12,
    )
    assert Serves.objects.get(measure=made).competency_id == served


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "A", "kind": "other"}, "kind"),
        ({"title": "A", "every_months": 0}, "every_months"),
        ({"title": "A", "target": Decimal("1e12")}, "target"),
        ({"title": "A", "baseline": Decimal("0.0001")}, "baseline"),
        ({"title": "A", "target_on": date(26, 1, 1)}, "target_on"),
    ],
)
def test_what_cannot_be_meant_is_refused(said: dict[str, Any], field: str, lead: Membership) -> None:
    with pytest.raises(ValidationError) as told:
        add_measure(**said, by=lead)
    assert field in told.value.message_dict


def test_its_keeper_adds_values_and_others_do_not(
    measure: Measure, educator: Membership, learner: Membership
) -> None:
    assert add_value(measure=measure, value=Decimal(70), by=educator).on == clock.today()
    with pytest.raises(Refused):
        add_value(measure=measure, value=Decimal(71), by=learner)
    with pytest.raises(Refused):
        change_measure(measure=measure, title="Mine", by=educator)


def test_one_value_a_day_none_in_the_future_and_a_wrong_one_is_taken_back(
    measure: Measure, educator: Membership, lead: Membership
) -> None:
    first = add_value(measure=measure, value=Decimal(70), by=educator)
    for day in (clock.today(), clock.today() + timedelta(days=1)):
        with pytest.raises(ValidationError) as told:
            add_value(measure=measure, value=Decimal(71), on=day, by=educator)
        assert "on" in told.value.message_dict
    take_back_value(value=first, by=lead)
    add_value(measure=measure, value=Decimal(72), by=educator)
    [one] = read_all(measure.organisation_id, clock.today())
    assert [each.value for each in one.points] == [Decimal(72)]
    first.refresh_from_db()
    assert (first.value, first.taken_back_by) == (Decimal(70), lead)


def test_what_is_due_to_be_read(measure: Measure, educator: Membership) -> None:
    today = clock.today()
    assert read(measure, (), today).due
    points = (Point(today - timedelta(days=15), Decimal(1)),)
    assert not read(measure, points, today).due
    assert read(measure, points, today + timedelta(days=20)).due
    measure.ended_at = clock.now()
    assert read(measure, (), today).next_on is None


def test_less_can_be_better(measure: Measure) -> None:
    measure.target, measure.more_is_better = Decimal(10), False
    today = clock.today()
    assert read(measure, (Point(today, Decimal(9)),), today).is_reached
    assert not read(measure, (Point(today, Decimal(11)),), today).is_reached


def test_a_measure_that_is_read_no_more_takes_no_value_until_it_is_taken_up(
    measure: Measure, lead: Membership
) -> None:
    end_measure(measure=measure, by=lead)
    with pytest.raises(ValidationError):
        add_value(measure=measure, value=Decimal(1), by=lead)
    resume_measure(measure=measure, by=lead)
    assert add_value(measure=measure, value=Decimal(1), by=lead).pk


def test_who_changes_what_somebody_else_has_changed_hears_of_it(
    measure: Measure, lead: Membership, team: Membership
) -> None:
    client, address = client_of(team), at("change-measure", measure_id=measure.pk)
    form = client.get(address).context["form"]
    said = {
        "title": "Ours",
        "kind": "leading",
        "more_is_better": "1",
        "every_months": "1",
        "as_seen": form.mark(),
    }
    change_measure(measure=measure, title="Theirs", by=lead)
    page = client.post(address, said)
    assert page.status_code == 422 and "Theirs" in shown(page)
    with pytest.raises(ValidationError):
        change_measure(measure=measure, title="Ours", seen_version=1, by=lead)


def test_sending_the_form_as_it_came_changes_nothing(measure: Measure, lead: Membership) -> None:
    change_measure(measure=measure, target=Decimal("92.50"), baseline=Decimal(10), by=lead)
    client, address = client_of(lead), at("change-measure", measure_id=measure.pk)
    form = client.get(address).context["form"]
    sent = {each.html_name: each.value() or "" for each in form if each.name != "as_seen"}
    assert (sent["target"], sent["baseline"]) == ("92.5", "10")
    client.post(address, {**sent, "as_seen": form.mark()})
    measure.refresh_from_db()
    assert measure.version == 2


def test_a_value_is_typed_in_the_local_way_and_a_wrong_one_comes_back(
    measure: Measure, lead: Membership
) -> None:
    client, address = client_of(lead), at("measure-value", measure_id=measure.pk)
    page = client.post(address, {"value": "many", "note": "kept"})
    assert page.status_code == 422
    assert "Please type a number" in shown(page) and "kept" in shown(page)
    client.post(address, {"value": "72,5"})
    assert MeasureValue.objects.get().value == Decimal("72.5")
    page = client.get(at("measure", measure_id=measure.pk))
    assert "<polyline" not in shown(page) and "<circle" in shown(page) and "72.5%" in shown(page)
    client.post(at("take-back-value", measure_id=measure.pk, value_id=MeasureValue.objects.get().pk))
    assert "taken back by" in shown(client.get(at("measure", measure_id=measure.pk)))


def test_each_ready_measure_can_be_added_as_it_is(lead: Membership) -> None:
    for ready in READY:
        made = add_measure(
            title=str(ready.title),
            definition=str(ready.definition),
            source=str(ready.source),
            unit=ready.unit,
            kind=ready.kind,
            every_months=ready.every_months,
            more_is_better=ready.more_is_better,
            ready=ready.code,
            by=lead,
        )
        assert made.ready == ready.code
    assert add_measure(title="Ours", ready="nothing-known", by=lead).ready == ""


def test_what_graduates_do_next_says_how_small_groups_are_left_out(goal: Goal, lead: Membership) -> None:
    client = client_of(lead)
    page = client.get(at("new-measure") + f"?ready=after-graduation&goal={goal.pk}")
    assert "only when it has at least ten people" in shown(page)
    form = page.context["form"]
    sent = {each.html_name: each.value() for each in form if each.value()}
    assert 'name="as_seen"' not in shown(page)
    del sent["as_seen"]
    answer = client.post(at("new-measure") + "?ready=after-graduation", sent)
    assert answer.status_code == 302, answer.context["form"].errors
    made = Measure.objects.get()
    assert (made.ready, made.goal, made.every_months, made.kind) == ("after-graduation", goal, 12, "lagging")
    assert "only when it has at least ten people" in shown(client.get(at("measure", measure_id=made.pk)))


def test_pages_in_a_fixed_number_of_queries(
    measure: Measure, goal: Goal, lead: Membership, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        other = add_measure(title=f"Another {number}", goal=goal, keeper=lead, by=lead)
        add_value(measure=other, value=Decimal(number), by=lead)
    client = client_of(lead)
    for address, most in (
        (at("measures"), 7),
        (at("measure", measure_id=measure.pk), 10),
        (at("goal", goal_id=goal.pk), 13),
    ):
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_families_see_no_measures(measure: Measure, family: Membership) -> None:
    client = client_of(family)
    assert client.get(at("measures")).status_code == 403
    assert client.get(at("measure", measure_id=measure.pk)).status_code == 404


def test_the_list_is_narrowed_and_sorted(
    measure: Measure, goal: Goal, lead: Membership, educator: Membership
) -> None:
    late = add_measure(title="A late one", kind="lagging", target=Decimal(5), every_months=12, by=lead)
    add_value(measure=late, value=Decimal(6), by=lead)
    client = client_of(lead)
    with clock.standing_at(clock.now() + timedelta(days=70)):
        for asked, titles in {
            "": ["Returned in a week", "A late one"],
            f"goal={goal.pk}": ["Returned in a week"],
            "goal=none": ["A late one"],
            f"who={educator.pk}": ["Returned in a week"],
            "who=none": ["A late one"],
            "kind=lagging": ["A late one"],
            "show=due": ["Returned in a week"],
            "show=reached": ["A late one"],
            "show=unreached": [],
            "kind=nonsense": ["Returned in a week", "A late one"],
        }.items():
            page = client.get(at("measures") + f"?{asked}")
            shown_rows = [*page.context["due"], *page.context["others"]]
            assert [each.measure.title for each in shown_rows] == titles, asked
        assert "No measure is like this" in shown(client.get(at("measures") + "?show=unreached"))
    rows = read_all(lead.organisation_id, clock.today())
    assert [each.measure.title for each in narrowed(rows, {"order": "name"}, [])[1]] == [
        "A late one",
        "Returned in a week",
    ]
    assert narrowed(rows, {"order": "day"}, [])[1] == sorted(rows, key=lambda each: each.next_on or date.max)


def test_a_priority_finds_the_measures_of_the_goals_that_follow_from_it(measure: Measure, goal: Goal) -> None:
    key = uuid4()
    priorities = [(goal.pk, key, "Feedback")]
    rows = read_all(measure.organisation_id, clock.today())
    asked, found = narrowed(rows, {"goal": str(key)}, priorities)
    assert asked.answer("goal") == str(key) and [each.measure for each in found] == [measure]
    assert ("Priorities", [(str(key), "Feedback")]) in asked.questions[0].groups
    assert priorities_of_goals(measure.organisation_id) == []
