"""The plan and those who are no part of it: a former member, a mentor outside the pair, a family without a tie, secret addresses
of somebody who has left. Every address is tried, as the URLconf has them.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.routes import doors
from tests.trust.test_walk import addresses
from tests.trust.world import Realm, build_realm
from throughline.kit import clock
from throughline.kit.access import Door
from throughline.plans.calendars.actions import make_feed
from throughline.plans.doing.actions import add_action
from throughline.plans.mentoring.actions import agree_pair, propose_pair
from throughline.plans.models import Pair
from throughline.plans.reminders.actions import choose_reminders, make_done_link
from throughline.plans.reminders.links import stop_token
from throughline.schools.actions import leave
from throughline.schools.models import Membership, Role
from throughline.testing import client_of, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine("who may see what is decided in Python")]
NAME = "Harbour Bridge"
OF_THE_PLAN = sorted(
    route
    for route, door in doors().items()
    if door is Door.MEMBER and route.startswith("s/<slug:school>/plan/")
)
# What is one's own, whoever one is: what one has taken on, how one hears of it, what one wrote oneself. Mentoring and reflections
# are empty for them, and a mentor may have become a family member.
OWN = {"plan/mine/", "plan/reminders/", "plan/learning/mine/"}


@pytest.fixture
def ours() -> Realm:
    return build_realm(NAME)


def every(ours: Realm, *parts: str) -> Iterator[str]:
    """Each address with each id that the organization has."""
    for route in OF_THE_PLAN:
        if all(part in route for part in parts):
            yield from addresses(route, ours, ours)


def test_the_plan_has_addresses_to_try() -> None:
    assert len(OF_THE_PLAN) > 60


def test_to_a_former_member_nothing_of_the_plan_exists(ours: Realm) -> None:
    former = make_member(ours.organisation, "Once here", Role.LEAD, Role.EDUCATOR)
    client = client_of(former)
    assert client.get(reverse("plans:plan", kwargs={"school": ours.organisation.slug})).status_code == 200
    leave(by=former)
    found = {
        address: {client.get(address).status_code, client.post(address).status_code}
        for address in every(ours)
    }
    assert {address: codes for address, codes in found.items() if codes != {404}} == {}


@pytest.mark.parametrize("role", [Role.LEAD, Role.TEAM, Role.DISTRICT_LEAD, Role.EDUCATOR])
def test_to_a_mentor_outside_the_pair_it_does_not_exist(ours: Realm, role: Role) -> None:
    mentor = make_member(ours.organisation, "Mentor of another", *{role, Role.EDUCATOR})
    mentee = make_member(ours.organisation, "Their mentee", Role.EDUCATOR)
    agree_pair(pair=propose_pair(other=mentor, as_mentor=False, every_weeks=2, by=mentee), by=mentor)
    client, tried = client_of(mentor), 0
    arranged = Pair.objects.get(organisation=ours.organisation, arranged=True)
    for address in every(ours, "pair_id"):
        if role is Role.LEAD and address.endswith(f"{arranged.pk}/end/"):
            continue  # whoever may arrange pairs may end those, and reads nothing of them
        assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}, address
        tried += 1
    assert tried >= 5
    for route in ("plans:mentoring", "plans:learning", "plans:log"):
        page = client.get(reverse(route, kwargs={"school": ours.organisation.slug})).content.decode()
        assert f"{NAME} meeting" not in page


@pytest.mark.parametrize("role", [Role.FAMILY, Role.LEARNER, Role.COMMUNITY])
def test_a_family_without_a_tie_reads_nothing_of_the_plan(ours: Realm, role: Role) -> None:
    client = client_of(make_member(ours.organisation, "No tie", role))
    theirs = re.compile(rf"{NAME} (goal|action|measure|risk|test|policy|offering|meeting|review|reflection)")
    opened = set()
    for address in every(ours):
        answer = client.get(address)
        assert not theirs.search(answer.content.decode(errors="replace")), address
        if answer.status_code not in (403, 404, 405):
            opened.add(address.partition(f"/s/{ours.organisation.slug}/")[2])
    assert opened == OWN


def secrets_of(member: Membership, lead: Membership) -> dict[str, str]:
    """Every address that opens something of the plan without signing in, by what it is for."""
    due = clock.today() + timedelta(days=3)
    action = add_action(title="Taken on", owner=member, due_on=due, by=lead)
    held = choose_reminders(by=member, rhythm="daily")
    return {
        "plans:calendar": make_feed(by=member).token,
        "plans:no-mail": stop_token(held),
        "plans:done-link": make_done_link(held, action.pk),
    }


def opens(secrets: dict[str, str]) -> dict[str, int]:
    """What each answers to somebody who follows it."""
    return {
        name: Client().get(reverse(name, kwargs={"token": token}), follow=True).status_code
        for name, token in secrets.items()
    }


def test_secret_addresses_stop_when_their_owner_leaves(ours: Realm) -> None:
    lead = ours.members[Role.LEAD]
    staying, leaving = (make_member(ours.organisation, name, Role.EDUCATOR) for name in ("Stays", "Leaves"))
    kept, lost = secrets_of(staying, lead), secrets_of(leaving, lead)
    assert set(opens(lost).values()) == set(opens(kept).values()) == {200}
    leave(by=leaving)
    assert set(opens(lost).values()) == {404}
    assert set(opens(kept).values()) == {200}, "each is for one person"
    assert opens({name: f"{token[:-1]}0" for name, token in kept.items() if token[-1] != "0"}) == {
        name: 404 for name, token in kept.items() if token[-1] != "0"
    }
