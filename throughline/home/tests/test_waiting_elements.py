"""Whoever is mentioned in a conversation about an element finds it among what waits, until they answer."""

import pytest

from throughline.elements.models import ElementKind
from throughline.elements.setup.actions import begin_element
from throughline.elements.talk.actions.talking import begin_thread, reply, resolve
from throughline.home.desk import Desk
from throughline.home.waiting import waiting_for
from throughline.schools.models import Membership, Organisation, Role
from throughline.schools.tenant import seat_of
from throughline.testing import make_member

pytestmark = pytest.mark.django_db


def waits(member: Membership) -> list[str]:
    desk = Desk(member.person, [seat_of(member)])
    return [each.href for each in waiting_for(desk) if "/talk/" in each.href]


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
