"""Roles, removal, leaving, and the lead who must stay."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from throughline.activity.models import Event
from throughline.kit.verdict import Refused
from throughline.schools import actions
from throughline.schools.models import GroupMember, Membership, MemberState
from throughline.testing import client_of, make_member, make_school

pytestmark = pytest.mark.django_db


def again(member: Membership) -> Membership:
    return Membership.objects.get(pk=member.pk)


def test_roles_are_exactly_what_was_chosen_and_an_event_tells_before_and_after(
    lead: Membership, educator: Membership
) -> None:
    actions.change_roles(by=lead, member=educator, roles=["team", "registrar", "team"])
    assert again(educator).roles == {"team", "registrar"}
    event = Event.objects.get(verb="member.roles-changed")
    assert event.detail == {"name": "Mei Tanaka", "roles": ["team", "registrar"], "before": ["educator"]}
    actions.change_roles(by=lead, member=educator, roles=["registrar", "team"])
    assert Event.objects.filter(verb="member.roles-changed").count() == 1


@pytest.mark.parametrize("roles", [[], ["wizard"], ["district-lead"], ["network-staff"]])
def test_a_member_has_at_least_one_role_and_only_such_as_exist_here(
    lead: Membership, educator: Membership, roles: list[str]
) -> None:
    with pytest.raises(ValidationError):
        actions.change_roles(by=lead, member=educator, roles=roles)
    assert again(educator).roles == {"educator"}


def test_the_last_lead_can_neither_go_nor_be_removed_nor_stop_being_one(
    lead: Membership, team: Membership
) -> None:
    tries: list[Callable[[], Membership]] = [
        lambda: actions.leave(by=lead),
        lambda: actions.remove_member(by=lead, member=lead),
        lambda: actions.change_roles(by=lead, member=lead, roles=["team"]),
    ]
    for attempt in tries:
        with pytest.raises(ValidationError, match="is the only lead"):
            attempt()
    actions.change_roles(by=lead, member=team, roles=["lead"])
    actions.leave(by=lead)
    assert again(lead).state == MemberState.LEFT
    with pytest.raises(ValidationError, match="is the only lead"):
        actions.leave(by=team)


def test_an_invited_lead_does_not_count_as_one(lead: Membership) -> None:
    actions.invite_people(by=lead, entries=[actions.Entry("Next", "next@example.org", ("lead",))])
    with pytest.raises(ValidationError):
        actions.leave(by=lead)


def test_in_a_district_a_district_lead_is_enough() -> None:
    district = make_school("Coast District", "district")
    first = make_member(district, "Ada", "lead")
    make_member(district, "Ben", "district-lead")
    actions.leave(by=first)
    assert again(first).state == MemberState.LEFT


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_leave_in_the_same_moment_do_not_both_go() -> None:
    school = make_school()
    leads = [make_member(school, "Ada", "lead"), make_member(school, "Ben", "lead")]
    start = threading.Barrier(2)

    def go(member: Membership) -> None:
        start.wait()
        try:
            actions.leave(by=member)
        except ValidationError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(member,)) for member in leads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Membership.objects.filter(left_at=None).count() == 1


def test_who_was_removed_keeps_their_row_and_loses_the_rest(lead: Membership, educator: Membership) -> None:
    group = actions.create_group(by=lead, kind="classroom", name="7b")
    actions.add_to_group(by=lead, group=group, members=[educator])
    client = client_of(educator)
    people = reverse("schools:people", kwargs={"school": "harbour-bridge"})
    assert client.get(people).status_code == 200
    actions.remove_member(by=lead, member=educator)
    actions.remove_member(by=lead, member=educator)
    assert client.get(people).status_code == 404
    assert (again(educator).state, again(educator).roles) == (MemberState.LEFT, frozenset())
    assert not GroupMember.objects.exists()
    event = Event.objects.get(verb="member.removed")
    assert event.detail["before"] == ["educator"]


def test_only_leads_change_and_remove(team: Membership, educator: Membership, lead: Membership) -> None:
    with pytest.raises(Refused):
        actions.change_roles(by=team, member=educator, roles=["family"])
    with pytest.raises(Refused):
        actions.remove_member(by=team, member=educator)
    client = client_of(team)
    known = {"school": "harbour-bridge", "member": educator.pk}
    for name in ("roles", "remove"):
        assert client.get(reverse(f"schools:{name}", kwargs=known)).status_code == 403
        assert client.post(reverse(f"schools:{name}", kwargs=known), {"roles": ["lead"]}).status_code == 403


def test_the_pages_change_remove_and_leave(lead: Membership, educator: Membership, team: Membership) -> None:
    client = client_of(lead)
    known = {"school": "harbour-bridge", "member": educator.pk}
    member_page = reverse("schools:member", kwargs=known)
    roles = reverse("schools:roles", kwargs=known)
    assert client.post(roles, {"roles": []}).status_code == 422
    assert client.post(roles, {"roles": ["team", "board"]})["Location"] == member_page
    assert again(educator).roles == {"team", "board"}
    assert client.get(reverse("schools:remove", kwargs=known)).status_code == 200
    assert client.post(reverse("schools:remove", kwargs=known)).status_code == 302
    assert again(educator).state == MemberState.LEFT
    leaving = reverse("schools:leave", kwargs={"school": "harbour-bridge"})
    page = client.post(leaving)
    assert page.status_code == 422 and "is the only lead" in page.content.decode()
    goer = client_of(team)
    assert goer.get(leaving).status_code == 200
    assert goer.post(leaving)["Location"] == "/me/"
    assert again(team).state == MemberState.LEFT


def test_a_member_of_another_organisation_is_out_of_reach(
    lead: Membership, outsider: Membership, make_one: Callable[..., Membership]
) -> None:
    client = client_of(lead)
    for name in ("member", "roles", "remove", "invitation-renew", "invitation-withdraw"):
        address = reverse(f"schools:{name}", kwargs={"school": "harbour-bridge", "member": outsider.pk})
        assert client.post(address).status_code == 404
    with pytest.raises(Refused):
        actions.remove_member(by=lead, member=outsider)
    with pytest.raises(Refused):
        actions.change_roles(by=lead, member=outsider, roles=["team"])
    assert again(outsider).is_active
