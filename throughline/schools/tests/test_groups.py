"""Groups: names, members, archive."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from throughline.kit.verdict import Refused
from throughline.schools import actions
from throughline.schools.models import Group, GroupMember, Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def address(name: str, **known: object) -> str:
    return reverse(f"schools:{name}", kwargs={"school": "harbour-bridge", **known})


def test_a_name_is_unique_among_its_kind_whatever_the_case(lead: Membership) -> None:
    actions.create_group(by=lead, kind="subject", name="Ciências")
    with pytest.raises(ValidationError, match="already"):
        actions.create_group(by=lead, kind="subject", name=" CIÊNCIAS ")
    other = actions.create_group(by=lead, kind="team", name="Ciências")
    with pytest.raises(ValidationError):
        actions.change_group(by=lead, group=other, kind="subject", name="ciências")
    actions.archive_group(by=lead, group=Group.objects.get(kind="subject"))
    with pytest.raises(ValidationError, match="bring it back"):
        actions.create_group(by=lead, kind="subject", name="Ciências")


@pytest.mark.parametrize(
    ("kind", "name"), [("club", "Chess"), ("team", ""), ("team", "x" * 201), ("team", "a\x00b")]
)
def test_a_group_needs_a_kind_and_a_name_that_can_be_kept(lead: Membership, kind: str, name: str) -> None:
    with pytest.raises(ValidationError):
        actions.create_group(by=lead, kind=kind, name=name)
    page = client_of(lead).post(address("group-new"), {"kind": kind, "name": name})
    assert page.status_code == 422
    assert not Group.objects.exists()


def test_members_come_in_and_go_and_repeating_changes_nothing(
    lead: Membership, educator: Membership, learner: Membership
) -> None:
    client = client_of(lead)
    made = client.post(address("group-new"), {"kind": "classroom", "name": "7b"})
    group = Group.objects.get()
    assert made["Location"] == address("group", group=group.pk)
    client.post(made["Location"], {"members": [str(educator.pk), str(learner.pk)]})
    assert actions.add_to_group(by=lead, group=group, members=[educator]) == []
    shown = client.get(made["Location"]).content.decode()
    assert "Mei Tanaka" in shown and "Salma Haddad" in shown
    client.post(address("group-take-out", group=group.pk, member=learner.pk))
    client.post(address("group-take-out", group=group.pk, member=learner.pk))
    assert GroupMember.objects.get().membership_id == educator.pk


def test_an_archived_group_takes_nobody_in_and_comes_back(lead: Membership, educator: Membership) -> None:
    client = client_of(lead)
    group = actions.create_group(by=lead, kind="team", name="Guides")
    client.post(address("group-archive", group=group.pk))
    with pytest.raises(ValidationError):
        actions.add_to_group(by=lead, group=group, members=[educator])
    assert "archived" in client.get(address("groups")).content.decode()
    client.post(address("group-restore", group=group.pk))
    group.refresh_from_db()
    assert group.archived_at is None


def test_who_is_in_a_classroom_is_seen_by_its_educators_and_not_by_others(
    lead: Membership, educator: Membership, learner: Membership, family: Membership
) -> None:
    group = actions.create_group(by=lead, kind="classroom", name="7b")
    actions.add_to_group(by=lead, group=group, members=[learner])
    page = address("group", group=group.pk)
    for member in (educator, family):
        shown = client_of(member).get(page)
        assert shown.status_code == 200 and "Salma Haddad" not in shown.content.decode()
    actions.add_to_group(by=lead, group=group, members=[educator])
    assert "Salma Haddad" in client_of(educator).get(page).content.decode()


def test_only_leads_team_and_registrars_change_groups(
    lead: Membership, educator: Membership, team: Membership
) -> None:
    group = actions.create_group(by=team, kind="team", name="Guides")
    with pytest.raises(Refused):
        actions.create_group(by=educator, kind="team", name="Others")
    client = client_of(educator)
    assert client.get(address("group-new")).status_code == 403
    for name in ("group-change", "group-archive", "group-restore", "group"):
        answer = client.post(
            address(name, group=group.pk), {"kind": "team", "name": "Taken over", "members": []}
        )
        assert answer.status_code == 403, name


def test_another_organisations_group_does_not_exist_here(lead: Membership, outsider: Membership) -> None:
    theirs = actions.create_group(by=outsider, kind="team", name="Theirs")
    client = client_of(lead)
    for name in ("group", "group-change", "group-archive", "group-restore"):
        assert client.post(address(name, group=theirs.pk)).status_code == 404
    with pytest.raises(Refused):
        actions.archive_group(by=lead, group=theirs)
    ours = actions.create_group(by=lead, kind="team", name="Ours")
    with pytest.raises(Refused):
        actions.add_to_group(by=lead, group=ours, members=[outsider])
    page = client.post(address("group", group=ours.pk), {"members": [str(outsider.pk)]})
    assert page.status_code == 422
