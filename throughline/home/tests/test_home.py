"""A person's home and an organisation's front page: what waits, nothing else first, and nothing of others."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.tree import Tree, tree
from throughline.home.desk import Desk
from throughline.home.roles import TODAY
from throughline.home.starting import starts_of
from throughline.home.waiting import Waiting, waiting_for
from throughline.journeys.agreeing.actions import leave_open
from throughline.journeys.closing.actions import close_round
from throughline.journeys.models import Journey, Round, RoundItem
from throughline.journeys.priorities.actions import Choice, choose_priority
from throughline.journeys.queries import place_of
from throughline.journeys.rating.actions import rate
from throughline.journeys.rounds.actions import open_round, open_spread, prepare_round
from throughline.journeys.setup.actions import Part, start_journey
from throughline.kit import clock
from throughline.records.actions import Cite, decide
from throughline.records.evidence.actions import Piece, Shows, bring_evidence
from throughline.schools.actions import ask_affiliation, create_group
from throughline.schools.models import Group, Membership, Organisation, Role
from throughline.schools.tenant import seat_of, seats_of
from throughline.testing import client_of, make_member, make_person, make_school, ship_frameworks

pytestmark = pytest.mark.django_db
MakeOne = Callable[..., Membership]


@pytest.fixture
def version(db: None) -> FrameworkVersion:
    ship_frameworks()
    return FrameworkVersion.objects.get(framework__code="journeys-to-mastery-learning")


@pytest.fixture
def framework(version: FrameworkVersion) -> Tree:
    return tree(version.pk)


def journey_of(
    version: FrameworkVersion, *people: Membership, group: Group | None = None, name: str = "Ours"
) -> Journey:
    team = [Part(each) for each in people]
    return start_journey(name=name, version=version, team=team, by=seat_of(people[0]), group=group)


def round_of(journey: Journey, framework: Tree, *people: Membership) -> Round:
    """A round about one domain, as its draft."""
    return prepare_round(
        place=place_of(seat_of(people[0]), journey),
        competencies=[each.id for each in framework.domains[1].competencies],
        raters=people,
        due_on=clock.today() + timedelta(days=7),
    )


def waits(member: Membership) -> list[Waiting]:
    return waiting_for(Desk(member.person, seats_of(member.person)))


def titles(member: Membership) -> list[str]:
    return [str(each.title) for each in waits(member)]


def first_step(member: Membership) -> str:
    """What the list of the first round says comes now."""
    (start,) = starts_of(Desk(member.person, seats_of(member.person)))
    return next(task.action for task in start.tasks if task.now)


def test_a_round_waits_for_each_person_as_what_they_are_in_it(
    version: FrameworkVersion, framework: Tree, lead: Membership, team: Membership, learner: Membership
) -> None:
    assert first_step(lead) == "Prepare the round" and titles(lead) == []
    journey = journey_of(version, lead, team, learner)
    held = round_of(journey, framework, lead, team, learner)
    assert first_step(lead) == "Open the round" and titles(lead) == []
    assert titles(learner) == []
    place = place_of(seat_of(lead), journey)
    open_round(place=place, round_id=held.pk)
    assert first_step(lead) == "Start rating" and titles(lead) == []
    for person in (lead, team, learner):
        if person is not lead:
            (task,) = waits(person)
            assert (task.action, task.minutes) == ("Start rating", 5)
            assert "You have 3 competencies left" in task.detail
        for each in framework.domains[1].competencies:
            rate(by=seat_of(person), round_id=held.pk, competency_id=each.id, step=2)
    assert "the spread can be opened" in titles(lead)[0]
    assert titles(team) == titles(learner) == []
    open_spread(place=place, round_id=held.pk)
    assert "3 competencies are left to talk about" in waits(learner)[0].detail
    for item in RoundItem.objects.filter(round=held):
        leave_open(place=place, item_id=item.pk, reason="We do not know yet.", seen_version=0)
    assert "choose priorities and close" in titles(lead)[0]
    assert titles(learner) == []
    competency = framework.domains[1].competencies[0]
    by_when = clock.today() + timedelta(days=90)
    choice = Choice(competency.id, "It is time.", 3, by_when, team)
    choose_priority(place=place, round_id=held.pk, choice=choice)
    close_round(place=place, round_id=held.pk)
    assert titles(team) == [f"<bdi>{competency.name}</bdi> has no next step yet"]
    soon = clock.today() + timedelta(days=2)
    choice = Choice(competency.id, "It is time.", 3, by_when, team, "Ask grade 8", soon)
    choose_priority(place=place, round_id=held.pk, choice=choice)
    assert "next step is coming up" in titles(team)[0]
    assert "share what you found" in titles(lead)[0]


def test_after_the_date_the_lead_may_go_on_and_the_others_are_still_heard(
    version: FrameworkVersion, framework: Tree, lead: Membership, make_one: MakeOne
) -> None:
    people = [lead, *(make_one(f"Rater {number}", "educator") for number in range(4))]
    journey = journey_of(version, *people)
    held = round_of(journey, framework, *people)
    open_round(place=place_of(seat_of(lead), journey), round_id=held.pk)
    for person in people[:3]:
        for each in framework.domains[1].competencies:
            rate(by=seat_of(person), round_id=held.pk, competency_id=each.id, step=None)
    assert titles(lead) == []
    with clock.standing_at(clock.now() + timedelta(days=9)):
        assert "The deadline has passed" in waits(lead)[0].detail
        assert "your view still counts" in waits(people[4])[0].detail


def test_aged_evidence_waits_for_whoever_brought_it_while_a_standing_rests_on_it(
    version: FrameworkVersion, framework: Tree, lead: Membership, team: Membership
) -> None:
    journey = journey_of(version, lead, team)
    competency = framework.competencies[0]
    today = clock.today()
    piece = Piece(
        kind="text",
        mark="practice",
        title="Soup & listening",
        happened_on=today,
        text="Many came.",
        recheck_on=today + timedelta(days=3),
        shows=(Shows(competency.id),),
    )
    brought = bring_evidence(record=journey.record, piece=piece, by=team)
    later = clock.now() + timedelta(days=5)
    with clock.standing_at(later):
        assert titles(team) == []
    decide(
        record=journey.record,
        competency_id=competency.id,
        after="in-progress",
        reason="People came.",
        by=lead,
        cites=[Cite(brought.pk)],
    )
    with clock.standing_at(later):
        (task,) = waits(team)
        assert task.title == "“<bdi>Soup &amp; listening</bdi>” is due for a check"
        assert task.label == "Check it: “Soup & listening” is due for a check"
        assert all("is due for a check" not in title for title in titles(lead))


def test_questions_and_invitations_wait(school: Organisation, lead: Membership, educator: Membership) -> None:
    district = make_member(make_school("Tidewater", "district"), "Henrik Vale", "district-lead")
    ask_affiliation(by=district, short_name=school.slug)
    assert "invites you to join it" in " ".join(titles(lead))
    Membership.objects.create(organisation=district.organisation, person=educator.person, name=educator.name)
    assert titles(educator) == ["<bdi>Tidewater</bdi> has invited you"]


def test_everything_that_waits_says_what_to_do_on_a_phone_too(school: Organisation, lead: Membership) -> None:
    ask_affiliation(
        by=make_member(make_school("Tidewater", "district"), "Henrik Vale", "district-lead"),
        short_name=school.slug,
    )
    ask_affiliation(
        by=make_member(make_school("Estuary", "network"), "Noor Haddad", "network-staff"),
        short_name=school.slug,
    )
    page = client_of(lead).get("/").content.decode().split("<main")[1]
    assert len(waits(lead)) == 2
    assert all(str(task.action) in page for task in waits(lead)) and "wide-only" not in page


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_told_something_true(role: Role) -> None:
    kind = {Role.DISTRICT_LEAD: "district", Role.NETWORK_STAFF: "network"}.get(role, "school")
    member = make_member(make_school("Elsewhere", kind), "Somebody", role)
    client = client_of(member)
    for address in ("/", "/s/elsewhere/"):
        page = client.get(address)
        assert page.status_code == 200
        assert str(TODAY[role]) in page.content.decode()


def test_who_belongs_nowhere_is_told_how_people_come_in() -> None:
    page = client_of(make_person("Nobody Yet")).get("/").content.decode()
    assert "People join by invitation" in page


def test_home_costs_the_same_whatever_there_is(
    version: FrameworkVersion,
    framework: Tree,
    lead: Membership,
    team: Membership,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    journey = journey_of(version, lead, team)
    open_round(place=place_of(seat_of(lead), journey), round_id=round_of(journey, framework, lead, team).pk)
    client = client_of(lead)
    client.get("/")
    with django_assert_max_num_queries(12) as first:
        client.get("/")
    with django_assert_max_num_queries(12) as front:
        client.get("/s/harbour-bridge/")
    costs = len(first.captured_queries), len(front.captured_queries)
    for number in range(4):
        group = create_group(by=lead, kind="classroom", name=f"Class {number}")
        more = journey_of(version, lead, team, group=group, name=f"Class {number}")
        held = round_of(more, framework, lead, team)
        if number % 2:
            open_round(place=place_of(seat_of(lead), more), round_id=held.pk)
    other = make_member(make_school("Second"), "Amara Okafor", "lead", person=lead.person)
    open_round(
        place=place_of(seat_of(other), there := journey_of(version, other)),
        round_id=round_of(there, framework, other).pk,
    )
    with django_assert_num_queries(costs[0]):
        page = client.get("/")
    assert page.content.decode().count("You have 3 competencies left") == 4
    client.get("/s/harbour-bridge/")  # kept once: where somebody with several organisations was last
    with django_assert_num_queries(costs[1]):
        client.get("/s/harbour-bridge/")


def test_home_shows_nothing_of_organisations_that_one_has_left_or_never_joined(
    version: FrameworkVersion, lead: Membership, outsider: Membership
) -> None:
    journey_of(version, lead, name="A private journey")
    page = client_of(outsider).get("/").content.decode()
    assert "Stonefield" in page
    assert "A private journey" not in page and "Harbour Bridge" not in page
    assert "A private journey" in client_of(lead).get("/").content.decode()
    lead.left_at = clock.now()
    lead.save()
    assert "A private journey" not in client_of(lead).get("/").content.decode()


@pytest.mark.parametrize("role", [Role.LEAD, Role.LEARNER])
def test_the_frameworks_are_a_link_away_for_everyone(role: Role) -> None:
    member = make_member(make_school("Elsewhere"), "Somebody", role)
    client = client_of(member)
    assert "/s/elsewhere/frameworks/" in client.get("/s/elsewhere/").content.decode()
    assert client.get("/s/elsewhere/frameworks/").status_code == 200


def test_a_front_page_hides_journeys_from_those_who_may_not_see_them(
    version: FrameworkVersion, lead: Membership, learner: Membership, family: Membership
) -> None:
    journey_of(version, lead, learner, name="Our way")
    assert "Our way" in client_of(learner).get("/s/harbour-bridge/").content.decode()
    page = client_of(family).get("/s/harbour-bridge/").content.decode()
    assert "Our way" not in page and "Nothing to see here yet" in page


def test_signed_out_the_product_says_what_it_is(school: Organisation, settings: Any) -> None:
    settings.DEMO = False
    bare = Client().get("/").content.decode()
    assert "A school earns competencies" in bare and "<svg" in bare
    assert "/demo/" not in bare
    ship_frameworks()
    page = Client().get("/").content.decode()
    assert "6 of 15" in page and "<table" in page


def test_the_landing_page_says_what_it_is_for_how_long_it_takes_and_what_comes_out(
    school: Organisation, settings: Any
) -> None:
    settings.DEMO = False
    words = Client().get("/").content.decode()
    for needed in (
        "learners move on when they can show what they’ve learned",
        "About 40 minutes",
        "About 90 minutes together",
        "What you’ll have at the end",
        "a date to look again",
        'href="/help/mastery-learning/"',
    ):
        assert needed in words, needed
    assert "How long it takes" in Client().get("/help/mastery-learning/").content.decode()


def test_an_empty_installation_begins_at_the_start(client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get("/").headers["Location"] == "/start/"
