"""A closed round to share, and a district that the school belongs to."""

from collections.abc import Callable

import pytest
from django.test import Client

from throughline.journeys.models import Round, Snapshot
from throughline.journeys.policy import Place
from throughline.journeys.priorities.actions import Choice, choose_priority
from throughline.journeys.queries import items_of
from throughline.journeys.rounds.actions import open_spread
from throughline.journeys.tests.steps import a_place, a_round, all_say, closed, earn, say, settle
from throughline.kit import clock
from throughline.network.actions import Offer, Shared, share_snapshot
from throughline.schools.models import Affiliation, Membership, Organisation
from throughline.testing import client_of, make_member, make_school, shipped_version

SECRET = "Only I would say zebra."
Share = Callable[..., Shared]


@pytest.fixture
def team_of_three(lead: Membership, team: Membership, educator: Membership) -> list[Membership]:
    """Amara, Jonas and Mei."""
    return [lead, team, educator]


@pytest.fixture
def place(lead: Membership, team_of_three: list[Membership]) -> Place:
    """The lead's place in the school's journey."""
    version = shipped_version()
    return a_place(lead, version, team_of_three)


def a_closed_round(place: Place, people: list[Membership], *, earned: bool = True) -> Snapshot:
    """Everyone rates with a remark that must never be seen; something is agreed, with a priority, and it is closed."""
    held = a_round(place, people)
    all_say(held, people, [1, 3, 4])
    say(held, people[0], 1, SECRET)
    open_spread(place=place, round_id=held.id)
    first, second, _third = items_of(held)
    earn(place, first) if earned else settle(place, first, 2, why_changed="evidence")
    settle(place, second, 2)
    choice = Choice(
        competency_id=second.competency_id,
        why_now="Because learners ask for it.",
        step=3,
        by_when=clock.today().replace(year=clock.today().year + 1),
        lead=people[1],
    )
    choose_priority(place=place, round_id=held.id, choice=choice)
    return closed(place, held)


@pytest.fixture
def snapshot(place: Place, team_of_three: list[Membership]) -> Snapshot:
    """A closed round: one competency earned, one in progress and chosen as a priority, one left open."""
    return a_closed_round(place, team_of_three)


@pytest.fixture
def held(snapshot: Snapshot) -> Round:
    """That round."""
    return Round.objects.get(pk=snapshot.round_id)


@pytest.fixture
def share(place: Place, snapshot: Snapshot) -> Share:
    """`share("staff", …)`: share that snapshot."""

    def make(audience: str, **more: object) -> Shared:
        if audience == "link":
            more.setdefault("ends_on", clock.today())
        return share_snapshot(place=place, snapshot=snapshot, offer=Offer(audience, **more))  # type: ignore[arg-type]

    return make


@pytest.fixture
def district(school: Organisation) -> Organisation:
    """Tidewater: Harbour Bridge belongs to it, and both have agreed."""
    made = make_school("Tidewater", kind="district")
    Affiliation.objects.create(organisation=school, to=made, asked_by_member=True, agreed_at=clock.now())
    return made


@pytest.fixture
def district_lead(district: Organisation) -> Membership:
    """Henrik Vale leads the district."""
    return make_member(district, "Henrik Vale", "district-lead")


@pytest.fixture
def board(make_one: Callable[..., Membership]) -> Membership:
    """Dorothea Quist sits on the board."""
    return make_one("Dorothea Quist", "board")


@pytest.fixture
def lead_client(lead: Membership) -> Client:
    """A browser in which the lead is signed in."""
    return client_of(lead)
