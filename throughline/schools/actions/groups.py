"""Verbs: create, change, archive and restore groups; say who is in them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.kit import clock
from throughline.people.wording import checked_line
from throughline.schools.actions.common import lock_organisation
from throughline.schools.log import note
from throughline.schools.models import Group, GroupMember, Membership
from throughline.schools.policy import NOT_IN, may_manage_groups
from throughline.schools.queries import fresh

NO_GROUP_NAME = gettext_lazy("Please give the group a name.")


def _manager(by: Membership) -> Membership:
    lock_organisation(by.organisation_id)
    by = fresh(by)
    may_manage_groups(by).enforce()
    return by


def _own(by: Membership, group: Group) -> Group:
    if group.organisation_id != by.organisation_id:
        NOT_IN.enforce()
    return Group.objects.get(pk=group.pk, organisation_id=by.organisation_id)


def _checked(by: Membership, *, kind: str, name: str, besides: Group | None = None) -> str:
    if kind not in Group.Kind.values:
        raise ValidationError({"kind": _("Choose a kind from the list.")})
    line = checked_line(name, field="name", missing=NO_GROUP_NAME)
    same_kind = Group.objects.filter(organisation_id=by.organisation_id, kind=kind)
    if besides is not None:
        same_kind = same_kind.exclude(pk=besides.pk)
    for other, archived_at in same_kind.values_list("name", "archived_at"):
        if other.casefold() == line.casefold():
            sentence = (
                _("There is already an archived group of this kind called %(name)s. You can bring it back.")
                if archived_at
                else _("There is already a group of this kind called %(name)s.")
            )
            raise ValidationError({"name": sentence % {"name": other}})
    return line


@transaction.atomic
def create_group(*, by: Membership, kind: str, name: str) -> Group:
    """A subject area, classroom or team; its name is unique among its kind, whatever the case of its letters."""
    by = _manager(by)
    line = _checked(by, kind=kind, name=name)
    group = Group.objects.create(
        organisation_id=by.organisation_id, kind=kind, name=line, created_at=clock.now()
    )
    note("group.created", by=by, subject=group, name=line)
    return group


@transaction.atomic
def change_group(*, by: Membership, group: Group, kind: str, name: str) -> Group:
    """Another name or kind."""
    by = _manager(by)
    group = _own(by, group)
    line = _checked(by, kind=kind, name=name, besides=group)
    if (group.kind, group.name) == (kind, line):
        return group
    group.kind, group.name = kind, line
    group.save(update_fields=["kind", "name"])
    note("group.changed", by=by, subject=group, name=line)
    return group


@transaction.atomic
def archive_group(*, by: Membership, group: Group) -> Group:
    """Put away, with all that it holds. Safe to repeat."""
    by = _manager(by)
    group = _own(by, group)
    if group.archived_at is None:
        group.archived_at = clock.now()
        group.save(update_fields=["archived_at"])
        note("group.archived", by=by, subject=group, name=group.name)
    return group


@transaction.atomic
def restore_group(*, by: Membership, group: Group) -> Group:
    """Bring an archived group back. Safe to repeat."""
    by = _manager(by)
    group = _own(by, group)
    if group.archived_at is not None:
        group.archived_at = None
        group.save(update_fields=["archived_at"])
        note("group.restored", by=by, subject=group, name=group.name)
    return group


@transaction.atomic
def add_to_group(*, by: Membership, group: Group, members: list[Membership]) -> list[Membership]:
    """Members who are in come into the group; those who were there stay. Answers who is new to it."""
    by = _manager(by)
    group = _own(by, group)
    if group.archived_at is not None:
        raise ValidationError(_("%(name)s is archived. Bring it back first.") % {"name": group.name})
    added = []
    now_here = Membership.objects.filter(organisation_id=by.organisation_id).in_bulk(
        [one.pk for one in members]
    )
    for asked in members:
        member = now_here.get(asked.pk)
        if member is None:
            NOT_IN.enforce()
            raise AssertionError
        if not member.is_active:
            raise ValidationError(
                {"members": _("%(name)s is not a member right now.") % {"name": member.name}}
            )
        _row, made = GroupMember.objects.get_or_create(
            organisation_id=by.organisation_id, group=group, membership=member
        )
        if made:
            added.append(member)
            note("group.member-added", by=by, subject=group, name=member.name, group=group.name)
    return added


@transaction.atomic
def remove_from_group(*, by: Membership, group: Group, member: Membership) -> bool:
    """Answers whether the member was in the group. Safe to repeat."""
    by = _manager(by)
    group = _own(by, group)
    gone, _each = GroupMember.objects.filter(
        organisation_id=by.organisation_id, group=group, membership_id=member.pk
    ).delete()
    if gone:
        note("group.member-removed", by=by, subject=group, name=member.name, group=group.name)
    return bool(gone)
