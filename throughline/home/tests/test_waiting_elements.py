"""What waits about elements: a mention until it is answered, comments from outside until they are read, a decision until it
is recorded; each with those who can do it."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from throughline.elements.adopting.actions import change_stage
from throughline.elements.adopting.tests.test_adopting import adopted, seen, write
from throughline.elements.consulting.actions.answering import moderate
from throughline.elements.consulting.actions.hearing import Said, comment_from_outside
from throughline.elements.consulting.actions.opening import Call, open_consultation
from throughline.elements.models import Belongs, Element, ElementKind
from throughline.elements.setup.actions import begin_element
from throughline.elements.talk.actions.talking import begin_thread, reply, resolve
from throughline.home.desk import Desk
from throughline.home.waiting import waiting_for
from throughline.kit import clock
from throughline.schools.models import Membership, Organisation, Role
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db


def waits(member: Membership, where: str = "/talk/") -> list[str]:
    desk = Desk(member.person, [seat_of(member)])
    return [each.href for each in waiting_for(desk) if where in each.href]


def test_a_mention_waits_until_it_is_answered_or_settled(school: Organisation, lead: Membership) -> None:
    educator = make_member(school, "Ravi Nair", Role.EDUCATOR)
    element = begin_element(
        kind=ElementKind.GRADUATE_PROFILE, title="Our <hope>", language="en", outline=[], by=lead
    )
    first = begin_thread(element=element, text="@Ravi Nair, what do you think?", by=lead)
    second = begin_thread(element=element, text="@Ravi Nair, and this?", by=lead)
    assert waits(educator) == [f"/s/{school.slug}/elements/graduate-profile/talk/{first.pk}/"]
    assert waits(lead) == []
    reply(thread=first, text="Yes.", by=educator)
    assert waits(educator) == [f"/s/{school.slug}/elements/graduate-profile/talk/{second.pk}/"]
    resolve(thread=second, by=lead)
    assert waits(educator) == []


@pytest.fixture
def profile(lead: Membership) -> Element:
    made = begin_element(
        kind=ElementKind.GRADUATE_PROFILE, title="Our <hope>", language="en", outline=[], by=lead
    )
    write(made, lead, "We hope.")
    return made


def test_comments_from_outside_wait_for_those_who_may_read_them(
    school: Organisation, lead: Membership, profile: Element
) -> None:
    team, educator = (
        make_member(school, name, role)
        for name, role in (("Tomas Lind", Role.TEAM), ("Ravi Nair", Role.EDUCATOR))
    )
    call = Call(clock.today(), clock.today() + timedelta(days=9))
    asked = open_consultation(element=profile, call=call, seen=seen(profile), by=lead).consultation
    assert waits(lead, "/consultations/") == []
    for number in range(2):
        said = Said(f"Comment {number}", Belongs.FAMILY)
        comment_from_outside(consultation=asked, said=said, address="192.0.2.1")
    there = f"/s/{school.slug}/elements/graduate-profile/consultations/{asked.pk}/comments/?state=held"
    assert waits(lead, "/consultations/") == waits(team, "/consultations/") == [there]
    assert waits(educator, "/consultations/") == []
    page = client_of(lead).get("/").content.decode()
    assert "2</bdi> comments on “<bdi>Our &lt;hope&gt;</bdi>” to read" in page
    listed = client_of(lead).get(there).content.decode()
    assert "Comment 0" in listed and "Comment 1" in listed
    every = [each.pk for each in asked.comments.all()]
    moderate(consultation=asked, comments=every, state="taken", by=team)
    assert waits(lead, "/consultations/") == []


def test_what_is_proposed_waits_for_those_who_may_record_the_decision(
    school: Organisation, lead: Membership, profile: Element
) -> None:
    team = make_member(school, "Tomas Lind", Role.TEAM)
    assert waits(lead, "/adopt/") == []
    change_stage(element=profile, to="proposed", on=clock.today(), seen=seen(profile), by=lead)
    assert waits(lead, "/adopt/") == [f"/s/{school.slug}/elements/graduate-profile/adopt/"]
    assert waits(team, "/adopt/") == []
    adopted(profile, lead)
    assert waits(lead, "/adopt/") == []


def test_nothing_of_it_costs_a_query_of_its_own(
    lead: Membership,
    profile: Element,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(lead)
    client.get("/")
    with django_assert_max_num_queries(12) as before:
        client.get("/")
    call = Call(clock.today(), clock.today() + timedelta(days=9))
    asked = open_consultation(element=profile, call=call, seen=seen(profile), by=lead).consultation
    for number in range(9):
        said = Said(f"Comment {number}", Belongs.FAMILY)
        comment_from_outside(consultation=asked, said=said, address="192.0.2.1")
    change_stage(element=profile, to="proposed", on=clock.today(), seen=seen(profile), by=lead)
    with django_assert_num_queries(len(before.captured_queries)):
        page = client.get("/").content.decode()
    assert "comments on" in page and "is proposed" in page
