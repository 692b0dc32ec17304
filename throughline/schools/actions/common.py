"""What the verbs of this room share."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.schools.models import KEEPERS, Membership, Organisation, RoleHolding, roles_in
from throughline.schools.policy import NOT_IN
from throughline.schools.queries import fresh


def lock_organisation(organisation_id: UUID) -> Organisation:
    """The organisation, held until the transaction ends: changes of who is in are put in one order."""
    return Organisation.objects.select_for_update().get(pk=organisation_id)


def both_here(by: Membership, member: Membership) -> tuple[Membership, Membership]:
    """The acting and the other member as they are now. Raise `Refused` unless they belong to one organisation."""
    if by.organisation_id != member.organisation_id:
        NOT_IN.enforce()
    return fresh(by), fresh(member)


def checked_roles(roles: Iterable[str], *, kind: str, field: str = "roles") -> list[str]:
    """`roles` in the usual order; an error when there is none, or one that does not exist in such an organisation."""
    wanted = set(roles)
    offered = [role.value for role in roles_in(kind)]
    if not wanted:
        raise ValidationError({field: _("Choose at least one role.")})
    if not wanted <= set(offered):
        raise ValidationError({field: _("Choose roles from the list.")})
    return [role for role in offered if role in wanted]


def set_roles(member: Membership, roles: Sequence[str]) -> None:
    """Exactly these roles."""
    held = RoleHolding.objects.filter(organisation_id=member.organisation_id, membership=member)
    held.exclude(role__in=roles).delete()
    RoleHolding.objects.bulk_create(
        [RoleHolding(organisation_id=member.organisation_id, membership=member, role=role) for role in roles],
        ignore_conflicts=True,
    )
    member.__dict__["roles"] = frozenset(roles)


def someone_else_keeps(organisation: Organisation, member: Membership) -> bool:
    """Whether the organisation would still have someone to look after it without this member."""
    return (
        RoleHolding.objects.filter(
            organisation=organisation,
            role__in=KEEPERS[organisation.kind],
            membership__joined_at__isnull=False,
            membership__left_at__isnull=True,
        )
        .exclude(membership=member)
        .exists()
    )


def last_lead_stays(organisation: Organisation, member: Membership) -> None:
    """Raise an error when this member is the only one left who looks after the organisation."""
    keepers = KEEPERS[organisation.kind]
    is_keeper = member.is_active and not member.roles.isdisjoint(keepers)
    if is_keeper and not someone_else_keeps(organisation, member):
        raise ValidationError(
            _("%(name)s is the only lead of %(organisation)s. Make someone else a lead first.")
            % {"name": member.name, "organisation": organisation.name}
        )
