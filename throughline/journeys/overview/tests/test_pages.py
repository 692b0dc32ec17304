"""The first pages of journeys: who sees what, what waits, and what it costs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.overview.queries import LATEST
from throughline.journeys.tests import running
from throughline.journeys.tests.running import Ground
from throughline.journeys.tests.steps import page
from throughline.kit import clock
from throughline.records.actions import set_aside
from throughline.schools.actions.groups import create_group
from throughline.schools.models import Membership
from throughline.testing import client_of, make_member
from throughline.ui.times import month_in_words

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def words(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


def test_a_lead_without_a_journey_is_shown_the_way_to_one(lead: Membership) -> None:
    assert page("start") in words(client_of(lead), page("list"))


def test_a_family_member_outside_every_team_sees_no_journey_and_is_told_kindly(
    ground: Ground, family: Membership
) -> None:
    shown = words(client_of(family), page("list"))
    assert "Our school" not in shown and "When a team asks how you see learning here" in shown
    assert client_of(family).get(page("overview", journey_id=ground.journey.id)).status_code == 404


def test_the_list_says_scope_standing_and_round_in_words(ground: Ground, team: Membership) -> None:
    running.opened(ground)
    shown = words(client_of(team), page("list"))
    assert "The whole school" in shown
    assert "0 of 15 foundational earned" in shown
    assert "Pre-assessment: everyone is rating" in shown


def test_a_competency_set_aside_is_not_counted_in_the_list(ground: Ground, lead: Membership) -> None:
    advanced = next(each for each in ground.framework.competencies if each.level == "advanced")
    set_aside(record=ground.journey.record, competency_id=advanced.id, reason="Not here.", by=lead)
    assert "0 of 8 advanced earned" in words(client_of(lead), page("list"))


@pytest.mark.parametrize("number", [1, 5])
def test_the_list_asks_equally_much_for_one_journey_and_for_five(
    ground: Ground,
    journey_version: FrameworkVersion,
    lead: Membership,
    number: int,
    django_assert_num_queries: Callable[..., object],
) -> None:
    from throughline.journeys.setup.actions import Part, start_journey
    from throughline.schools.tenant import seat_of

    for each in range(number - 1):
        group = create_group(by=lead, kind="classroom", name=f"Class {each}")
        start_journey(
            name=f"Class {each}", version=journey_version, team=[Part(lead)], by=seat_of(lead), group=group
        )
    client = client_of(lead)
    client.get(page("list"))
    with django_assert_num_queries(7):  # type: ignore[attr-defined]
        client.get(page("list"))


def test_everyone_who_sees_the_journey_sees_its_first_page(
    ground: Ground, lead: Membership, team: Membership, learner: Membership, educator: Membership
) -> None:
    address = page("overview", journey_id=ground.journey.id)
    for person in (lead, team, learner, educator):
        assert "Where we stand in" in words(client_of(person), address)


def test_another_school_does_not_find_it(ground: Ground, outsider: Membership) -> None:
    address = page("overview", journey_id=ground.journey.id)
    assert client_of(outsider).get(address).status_code == 404
    elsewhere = reverse("journeys:overview", kwargs={"school": "stonefield", "journey_id": ground.journey.id})
    assert client_of(outsider).get(elsewhere).status_code == 404


def test_the_one_thing_that_waits_depends_on_who_looks_and_when(
    ground: Ground, lead: Membership, team: Membership, educator: Membership
) -> None:
    address = page("overview", journey_id=ground.journey.id)
    assert "Open the first round" in words(client_of(lead), address)
    assert "You’re all caught up" in words(client_of(team), address)
    held = running.rated(ground, finished=1)
    assert "You have 3 competencies left, about 5 minutes." in words(client_of(team), address)
    assert "1 of 3 people have finished rating." in words(client_of(educator), address)
    assert page("rate", round_id=held.id) not in words(client_of(educator), address)
    assert "You’ve rated everything" in words(client_of(lead), address)


def test_a_decider_is_sent_to_the_spread_and_a_lead_to_what_closing_needs(
    ground: Ground, lead: Membership, team: Membership
) -> None:
    held = running.spread(ground)
    address = page("overview", journey_id=ground.journey.id)
    assert "3 competencies are left to talk about." in words(client_of(team), address)
    running.settle(ground, held)
    shown = words(client_of(lead), address)
    assert page("close", round_id=held.id) in shown and page("priorities", round_id=held.id) in shown


def test_after_closing_the_page_tells_priorities_and_what_changed(ground: Ground, lead: Membership) -> None:
    running.closed(ground)
    shown = words(client_of(lead), page("overview", journey_id=ground.journey.id))
    assert "no next step yet" in shown and "add one" in shown
    assert "You’re leading <strong>" in shown
    assert "has begun" in shown or "No standings have changed." in shown
    assert "compare with the start" in shown and f"compare with {month_in_words(clock.today())}" not in shown
    with clock.standing_at(clock.now() + timedelta(days=40)):
        assert "compare with" in words(client_of(lead), page("overview", journey_id=ground.journey.id))


@pytest.mark.parametrize("rounds", [1, 3])
@pytest.mark.parametrize(("state", "queries"), [("rating", MOST_QUERIES), ("agreeing", MOST_QUERIES - 1)])
def test_the_first_page_asks_equally_much_after_one_round_and_after_three(
    ground: Ground,
    lead: Membership,
    rounds: int,
    state: str,
    queries: int,
    django_assert_num_queries: Callable[..., object],
) -> None:
    for _each in range(rounds):
        running.closed(ground)
    if state == "rating":
        running.rated(ground, finished=1)
    else:
        running.spread(ground)
    client = client_of(lead)
    address = page("overview", journey_id=ground.journey.id)
    client.get(address)
    with django_assert_num_queries(queries):  # type: ignore[attr-defined]
        client.get(address)


def test_earlier_rounds_are_shown_to_whoever_asks(ground: Ground, lead: Membership) -> None:
    for _each in range(LATEST):
        running.closed(ground)
    client, address = client_of(lead), page("overview", journey_id=ground.journey.id)
    assert "Pre-assessment" in words(client, address) and "#rounds" not in words(client, address)
    running.closed(ground)
    shown = words(client, address)
    assert 'href="?rounds=all#rounds">Show all 7 rounds' in shown and "Pre-assessment" not in shown
    everything = words(client, f"{address}?rounds=all")
    assert "Pre-assessment" in everything and "#rounds" not in everything


def test_the_team_is_changed_by_those_who_run_it_and_read_by_the_others(
    ground: Ground, lead: Membership, team: Membership, educator: Membership, learner: Membership
) -> None:
    address = page("team", journey_id=ground.journey.id)
    said = {"raters": [str(lead.id), str(educator.id)], "deciders": [str(lead.id)]}
    assert client_of(team).post(address, said).status_code == 403
    assert 'name="raters"' not in words(client_of(team), address)
    assert client_of(lead).post(address, said).status_code == 302
    shown = words(client_of(educator), address)
    assert "Mei Tanaka" in shown and "Past team members" in shown


def test_what_counts_is_chosen_with_a_reason(ground: Ground, lead: Membership, team: Membership) -> None:
    one = ground.framework.competencies[3]
    where = {"journey_id": ground.journey.id, "competency_id": one.id}
    assert client_of(team).get(page("aside", **where)).status_code == 403
    refused = client_of(lead).post(page("aside", **where), {"reason": " "})
    assert refused.status_code == 422
    assert (
        client_of(lead).post(page("aside", **where), {"reason": "A class makes no policy."}).status_code
        == 302
    )
    assert "A class makes no policy." in words(client_of(team), page("scope", journey_id=ground.journey.id))
    assert client_of(lead).post(page("take-up", **where)).status_code == 302
    assert "24 competencies count." in words(client_of(team), page("scope", journey_id=ground.journey.id))


def test_two_schools_never_meet(ground: Ground, outsider: Membership) -> None:
    stranger = make_member(outsider.organisation, "Someone Else", "educator")
    for name in ("team", "scope", "prepare", "overview"):
        assert client_of(stranger).get(page(name, journey_id=ground.journey.id)).status_code == 404
