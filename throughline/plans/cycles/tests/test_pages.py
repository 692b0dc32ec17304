"""The pages of small tests, as people meet them."""

import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from throughline.frameworks.tree import tree
from throughline.plans.cycles import actions
from throughline.plans.cycles.checking import Found, Idea, Trial
from throughline.plans.models import Cycle, Goal, Serves, SmallTest
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def at(name: str, **more: object) -> str:
    return str(reverse(f"plans:{name}", kwargs={"school": "harbour-bridge", **more}))


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


@pytest.fixture
def test(goal: Goal, lead: Membership) -> SmallTest:
    idea = Idea("Exit cards", "Do they say more precisely what comes next?", goal, lead)
    return actions.add_test(idea=idea, trial=Trial("Cards on Friday", "Half of them name a step"), by=lead)


def cycle(test: SmallTest) -> Cycle:
    return Cycle.objects.select_related("test").filter(test=test).latest("number")


def filled(client: Any, address: str, **said: str) -> dict[str, str]:
    seen = re.search(r'name="as_seen" value="([^"]*)"', client.get(address).content.decode())
    assert seen
    return {"as_seen": seen[1], **said}


def test_from_an_idea_to_what_was_learned(goal: Goal, lead: Membership) -> None:
    client = client_of(lead)
    competency = tree(goal.journey.record.version_id).competencies[1]
    said = {
        "title": "Exit cards",
        "question": "Does it help?",
        "change": "Cards",
        "competencies": [competency.id],
    }
    page = client.post(at("new-test"), {**said, "goal": goal.pk, "owner": lead.pk}, follow=True)
    assert "Say what you expect" in shown(page)
    made = SmallTest.objects.get()
    assert Serves.objects.get(test=made).competency_id == competency.id
    first = cycle(made)
    refused = client.post(at("begin-cycle", cycle_id=first.pk), follow=True)
    assert "Say first what you expect" in shown(refused)
    there = at("plan-cycle", cycle_id=first.pk)
    client.post(there, filled(client, there, change="Cards", prediction="Half of them"))
    page = client.post(at("begin-cycle", cycle_id=first.pk), follow=True)
    assert "Say what happened" in shown(page)
    assert "Half of them" in shown(client.get(there)) and 'name="prediction"' not in shown(client.get(there))
    there = at("cycle-found", cycle_id=first.pk)
    told = {"happened": "A third", "compared": "Less", "learned": "Ask earlier", "outcome": "adopt"}
    page = client.post(there, filled(client, there, **told), follow=True)
    assert "Ask earlier" in shown(page) and "Plan it for everybody" in shown(page)
    page = client.post(at("test-again", test_id=made.pk), follow=True)
    assert "Cycle 2" in shown(page)


def test_the_list_takes_a_fixed_number_of_queries(
    test: SmallTest, goal: Goal, lead: Membership, django_assert_num_queries: Any
) -> None:
    client = client_of(lead)
    client.get(at("small-tests"))
    for number in range(5):
        more = actions.add_test(
            idea=Idea(f"Test {number}", "Why?", goal, lead), trial=Trial("A", "B"), by=lead
        )
        held = actions.begin_cycle(cycle=cycle(more), by=lead)
        outcome = "adapt" if number else "abandon"
        actions.end_cycle(cycle=held, found=Found("C", "D", f"Learned {number}"), outcome=outcome, by=lead)
    with django_assert_num_queries(5):
        page = shown(client.get(at("small-tests")))
    assert "Learned 4" in page and "abandoned" in page


def test_one_test_takes_a_fixed_number_of_queries(
    test: SmallTest, lead: Membership, django_assert_num_queries: Any
) -> None:
    client, address = client_of(lead), at("small-test", test_id=test.pk)
    client.get(address)
    for number in range(3):
        held = actions.begin_cycle(
            cycle=actions.change_cycle(cycle=cycle(test), trial=Trial("A", f"Guess {number}"), by=lead),
            by=lead,
        )
        actions.end_cycle(cycle=held, found=Found("C", "D", "E"), outcome="adapt", by=lead)
    with django_assert_num_queries(6):
        page = shown(client.get(address))
    assert "Guess 2" in page and "Cycle 4" in page


def test_two_who_write_at_once_see_both_versions(test: SmallTest, lead: Membership, team: Membership) -> None:
    client = client_of(lead)
    actions.begin_cycle(cycle=cycle(test), by=lead)
    there = at("cycle-found", cycle_id=cycle(test).pk)
    said = filled(client, there, happened="Mine, typed slowly")
    actions.say_found(cycle=cycle(test), found=Found("Theirs, saved first"), by=team)
    answer = client.post(there, said)
    assert answer.status_code == 422
    assert "Theirs, saved first" in shown(answer) and "Mine, typed slowly" in shown(answer)
    assert cycle(test).happened == "Theirs, saved first"
    there = at("change-test", test_id=test.pk)
    said = filled(client, there, title="Mine", question="Why?")
    actions.change_test(test=test, idea=Idea("Theirs", "Why?"), by=team)
    answer = client.post(there, said)
    assert answer.status_code == 422 and "Theirs" in shown(answer) and "Mine" in shown(answer)


def test_what_is_missing_comes_back_with_what_was_typed(test: SmallTest, lead: Membership) -> None:
    client = client_of(lead)
    actions.begin_cycle(cycle=cycle(test), by=lead)
    answer = client.post(
        at("cycle-found", cycle_id=cycle(test).pk), {"happened": "A third", "outcome": "adopt"}
    )
    assert answer.status_code == 422
    assert "A third" in shown(answer) and "Say what you learned" in shown(answer)


def test_others_read_and_change_nothing(
    test: SmallTest, educator: Membership, family: Membership, outsider: Membership
) -> None:
    client = client_of(educator)
    assert "Half of them name a step" in shown(client.get(at("small-test", test_id=test.pk)))
    for name, key in (("change-test", {"test_id": test.pk}), ("cycle-found", {"cycle_id": cycle(test).pk})):
        assert client.get(at(name, **key)).status_code == 403
    assert client.get(at("new-test")).status_code == 403
    assert client_of(family).get(at("small-tests")).status_code == 403
    for name, key in (("small-test", {"test_id": test.pk}), ("plan-cycle", {"cycle_id": cycle(test).pk})):
        assert client_of(family).get(at(name, **key)).status_code == 404
        assert client_of(outsider).get(at(name, **key)).status_code == 404
