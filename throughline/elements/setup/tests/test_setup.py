"""The five elements are begun, and only those invited see a draft."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from throughline.elements.models import Element, ElementKind, Stage
from throughline.elements.policy import Part, may_comment, may_decide, may_see_draft, may_write
from throughline.elements.queries import part_in, parts_of
from throughline.elements.setup.actions import begin_element, end_participation, invite_participant
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership, Organisation, Role
from throughline.schools.tenant import seat_of
from throughline.testing import client_of, make_member

pytestmark = pytest.mark.django_db


def begun(lead: Membership, kind: str = ElementKind.GRADUATE_PROFILE) -> Element:
    return begin_element(kind=kind, title="What we hope for", language="en", outline=[], by=lead)


def test_a_lead_begins_an_element_once(lead: Membership) -> None:
    element = begun(lead)
    assert element.stage == Stage.DRAFTING
    assert [change.stage for change in element.stage_changes.all()] == [Stage.DRAFTING]
    with pytest.raises(ValidationError):
        begun(lead)


def test_an_educator_reads_and_comments_but_neither_begins_nor_writes(
    school: Organisation, lead: Membership
) -> None:
    educator = make_member(school, "Ravi Nair", Role.EDUCATOR)
    with pytest.raises(Refused):
        begun(educator)
    part = Part(begun(lead), educator)
    assert (bool(may_see_draft(part)), bool(may_comment(part))) == (True, True)
    assert (bool(may_write(part)), bool(may_decide(part))) == (False, False)


def test_a_learner_sees_the_one_draft_they_were_invited_to(school: Organisation, lead: Membership) -> None:
    learner = make_member(school, "Noor Haddad", Role.LEARNER)
    element = begun(lead)
    begun(lead, ElementKind.CALL_TO_ACTION)
    assert parts_of(seat_of(learner)) == []
    invited = invite_participant(element=element, member=learner, may="write", by=lead)
    part = part_in(seat_of(learner), ElementKind.GRADUATE_PROFILE)
    assert part is not None and may_write(part)
    assert [each.element for each in parts_of(seat_of(learner))] == [element]
    end_participation(participant=invited, by=lead)
    assert parts_of(seat_of(learner)) == []


def test_the_pages_open_for_staff_and_do_not_exist_for_strangers(
    school: Organisation, lead: Membership, outsider: Membership
) -> None:
    begun(lead)
    mine, other = client_of(lead), client_of(outsider)
    for address in (f"/s/{school.slug}/elements/", f"/s/{school.slug}/elements/graduate-profile/"):
        assert mine.get(address).status_code == 200
        assert other.get(address).status_code == 404
        assert Client().get(address).status_code == 302
