"""The trail: three steps to a first round that tick themselves off, and after closing always a next thing and a date."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from throughline.frameworks.models import FrameworkVersion
from throughline.home.ahead import ahead_for
from throughline.home.desk import Desk
from throughline.home.starting import starts_of
from throughline.home.waiting import Waiting, waiting_for
from throughline.journeys.models import Round
from throughline.journeys.next_round.actions import plan_return
from throughline.journeys.policy import Place
from throughline.journeys.priorities.actions import Choice, choose_priority
from throughline.journeys.rounds.actions import open_round, open_spread
from throughline.journeys.setup.actions import put_away
from throughline.journeys.tests.steps import a_draft, a_place, an_open_spread, closed, few, say
from throughline.kit import clock
from throughline.network.actions import Offer, share_snapshot
from throughline.schools.models import Membership, Organisation
from throughline.schools.tenant import seats_of
from throughline.testing import client_of, make_member, make_school, ship_frameworks

pytestmark = pytest.mark.django_db
MakeOne = Callable[..., Membership]


@pytest.fixture
def version(db: None) -> FrameworkVersion:
    ship_frameworks()
    return FrameworkVersion.objects.get(framework__code="journeys-to-mastery-learning")


def desk_of(member: Membership) -> Desk:
    return Desk(member.person, seats_of(member.person))


def ticks(member: Membership) -> list[bool]:
    """Which of the three steps are done."""
    (start,) = starts_of(desk_of(member))
    return [task.done for task in start.tasks]


def waits(member: Membership) -> list[Waiting]:
    return waiting_for(desk_of(member))


def page_of(member: Membership, address: str = "/") -> str:
    return client_of(member).get(address).content.decode()


def test_the_three_steps_tick_themselves_off(
    version: FrameworkVersion, school: Organisation, lead: Membership, make_one: MakeOne
) -> None:
    assert ticks(lead) == [False, False, False]
    assert 'aria-current="step"' in page_of(lead) and "Invite people" in page_of(lead)
    others = [make_one(f"Rater {number}", "educator") for number in range(2)]
    assert ticks(lead) == [True, False, False]
    assert "2 people invited; 2 have joined." in page_of(lead)
    place = a_place(lead, version, [lead, *others])
    draft = a_draft(place, [lead, *others])
    assert ticks(lead) == [True, False, False]
    held = open_round(place=place, round_id=draft.pk)
    assert ticks(lead) == [True, True, False]
    assert f"/rounds/{held.pk}/rate/" in page_of(lead)
    say(held, lead, 2)
    assert ticks(lead) == [True, True, False] and "Your part is done." in page_of(lead)
    for each in others:
        say(held, each, 2)
    assert ticks(lead) == [True, True, True]
    open_spread(place=place, round_id=held.pk)
    assert starts_of(desk_of(lead)) == []


def test_the_steps_are_for_those_who_can_take_them(lead: Membership, educator: Membership) -> None:
    assert len(starts_of(desk_of(lead))) == 1
    assert starts_of(desk_of(educator)) == []
    network = make_member(make_school("Estuary", "network"), "Noor Haddad", "network-staff")
    assert starts_of(desk_of(network)) == []


@pytest.fixture
def over(
    version: FrameworkVersion, lead: Membership, team: Membership, educator: Membership
) -> tuple[Place, Round]:
    """A first round that has just been closed without any priority."""
    people = [lead, team, educator]
    place = a_place(lead, version, people)
    held = an_open_spread(place, people, [2, 2, 3])
    closed(place, held)
    return place, Round.objects.get(pk=held.pk)


def test_after_closing_home_leads_to_priorities_then_sharing_then_a_date_and_back(
    over: tuple[Place, Round], lead: Membership, team: Membership
) -> None:
    place, held = over
    (task,) = waits(lead)
    assert task.href.endswith(f"/rounds/{held.pk}/priorities/")
    assert "What’s next for you" in page_of(lead)
    day = clock.today() + timedelta(days=90)
    choose_priority(
        place=place, round_id=held.pk, choice=Choice(few(place)[0].id, "Now.", 3, day, team, "Ask.", day)
    )
    (task,) = waits(lead)
    assert "share what you found" in task.title and task.href.endswith(f"/rounds/{held.pk}/#next")
    assert 'id="next"' in page_of(lead, task.href)
    share_snapshot(place=place, snapshot=held.snapshots.get(), offer=Offer("staff"))
    (task,) = waits(lead)
    assert task.href.endswith(f"/rounds/{held.pk}/return/")
    plan_return(place=place, round_id=held.pk, return_on=day)
    assert waits(lead) == []
    assert "You’re all caught up" in page_of(lead)
    (row,) = ahead_for(desk_of(lead))
    assert row.on == day and "The next round starts" in row.next
    with clock.standing_at(clock.now() + timedelta(days=84)):
        (task,) = waits(lead)
        assert "time for the next round" in task.title
        assert task.href.endswith(f"/journeys/{place.journey.pk}/rounds/new/")
        assert all("next round" not in each.title for each in waits(team))
    a_draft(place, [lead])
    assert all("time for the next round" not in each.title for each in waits(lead))


def test_a_team_that_keeps_it_to_itself_only_sets_the_date(
    over: tuple[Place, Round], lead: Membership
) -> None:
    place, held = over
    day = clock.today() + timedelta(days=90)
    choose_priority(
        place=place, round_id=held.pk, choice=Choice(few(place)[0].id, "Now.", 3, day, lead, "A.", day)
    )
    plan_return(place=place, round_id=held.pk, return_on=day)
    assert waits(lead) == []


def test_a_journey_that_was_put_away_asks_for_nothing(over: tuple[Place, Round], lead: Membership) -> None:
    put_away(place=over[0])
    assert waits(lead) == [] and ahead_for(desk_of(lead)) == []


def test_home_says_what_comes_next_to_those_of_whom_nothing_is_asked(
    over: tuple[Place, Round], team: Membership, family: Membership
) -> None:
    assert "Coming up" in page_of(team) and "No date is set for the next round yet." in page_of(team)
    assert "Nothing is scheduled for you" in page_of(family)


def test_the_header_leads_on_from_home_too(
    school: Organisation, lead: Membership, learner: Membership
) -> None:
    header = page_of(lead).split("<main")[0]
    for page in ("journeys", "frameworks", "people", "settings"):
        assert f'href="/s/{school.slug}/{page}/"' in header
    assert f"/s/{school.slug}/settings/" not in page_of(learner).split("<main")[0]


def test_with_several_schools_the_header_goes_on_with_the_one_looked_at_last(
    school: Organisation, lead: Membership
) -> None:
    other = make_member(make_school("Alder"), "Amara Okafor", "lead", person=lead.person)
    client = client_of(lead)
    header = client.get("/").content.decode().split("<main")[0]
    assert f'href="/s/{other.organisation.slug}/journeys/"' in header
    client.get(f"/s/{school.slug}/")
    header = client.get("/me/").content.decode().split("<main")[0]
    assert f'href="/s/{school.slug}/journeys/"' in header
