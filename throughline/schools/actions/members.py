"""Verbs: change what members are, remove them, leave."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.people.models import Person
from throughline.schools.actions.common import (
    both_here,
    checked_roles,
    last_lead_stays,
    lock_organisation,
    set_roles,
)
from throughline.schools.actions.invitations import close_invitations
from throughline.schools.log import note
from throughline.schools.models import KEEPERS, GroupMember, Membership
from throughline.schools.policy import may_manage_people
from throughline.schools.queries import fresh


@transaction.atomic
def change_roles(*, by: Membership, member: Membership, roles: Iterable[str]) -> Membership:
    """Exactly these roles. The last lead cannot stop being one."""
    organisation = lock_organisation(by.organisation_id)
    by, member = both_here(by, member)
    may_manage_people(by).enforce()
    if member.left_at is not None:
        raise ValidationError(_("%(name)s is no longer a member.") % {"name": member.name})
    wanted = checked_roles(roles, kind=organisation.kind)
    if set(wanted) == set(member.roles):
        return member
    if KEEPERS[organisation.kind].isdisjoint(wanted):
        last_lead_stays(organisation, member)
    before = sorted(member.roles)
    set_roles(member, wanted)
    note("member.roles-changed", by=by, subject=member, name=member.name, roles=wanted, before=before)
    return member


@transaction.atomic
def remove_member(*, by: Membership, member: Membership) -> Membership:
    """They are no longer in. What they said and did stays with its name. Safe to repeat."""
    organisation = lock_organisation(by.organisation_id)
    by, member = both_here(by, member)
    may_manage_people(by).enforce()
    if member.left_at is not None:
        return member
    if member.joined_at is None:
        raise ValidationError(
            _("%(name)s has not joined yet. Withdraw the invitation instead.") % {"name": member.name}
        )
    last_lead_stays(organisation, member)
    before = sorted(member.roles)
    _go(member)
    note("member.removed", by=by, subject=member, name=member.name, before=before)
    return member


@transaction.atomic
def leave(*, by: Membership) -> Membership:
    """Go of one's own accord. The last lead cannot. Safe to repeat."""
    organisation = lock_organisation(by.organisation_id)
    member = fresh(by)
    if member.left_at is not None:
        return member
    last_lead_stays(organisation, member)
    before = sorted(member.roles)
    _go(member)
    note("member.left", by=member, subject=member, before=before)
    return member


def _go(member: Membership) -> None:
    member.left_at = clock.now()
    member.save(update_fields=["left_at"])
    set_roles(member, [])
    GroupMember.objects.filter(organisation_id=member.organisation_id, membership=member).delete()
    close_invitations(member)


def follow_name(person: Person) -> None:
    """A person changed their name: so do their own memberships. Where they are only invited, the lead's word stands."""
    Membership.objects.filter(person=person, joined_at__isnull=False).update(name=person.name)
