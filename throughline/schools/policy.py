"""Who may do what with people, groups and settings of an organisation, each answer with its reason."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import KEEPERS, Membership, Organisation, Role

NOT_IN = refuse(_("Only people who belong to this organization can do this."))

# Roles whose addresses only those who look after the organisation see.
SHIELDED = frozenset(role.value for role in (Role.LEARNER, Role.FAMILY, Role.ALUMNUS, Role.COMMUNITY))


def keeps(member: Membership) -> bool:
    """True for those who look after the organisation: journey leads, district leads, network staff."""
    return member.is_active and not member.roles.isdisjoint(KEEPERS[member.organisation.kind])


def _keepers_only(member: Membership, verdict: Verdict) -> Verdict:
    if not member.is_active:
        return NOT_IN
    return ALLOWED if keeps(member) else verdict


def _staff_only(member: Membership, verdict: Verdict) -> Verdict:
    helps = member.is_active and not member.roles.isdisjoint({Role.TEAM.value, Role.REGISTRAR.value})
    return ALLOWED if helps else _keepers_only(member, verdict)


def may_manage_people(member: Membership) -> Verdict:
    """Invite people, change roles, remove members."""
    return _keepers_only(
        member,
        refuse(_("Only the leads of this organization can invite people and change their roles.")),
    )


def may_change_settings(member: Membership) -> Verdict:
    """Name, language and time zone of the organisation."""
    return _keepers_only(member, refuse(_("Only the leads of this organization can change its settings.")))


def may_read_log(member: Membership) -> Verdict:
    """Who did what when."""
    return _keepers_only(member, refuse(_("Only the leads of this organization can read its log.")))


def may_affiliate(member: Membership) -> Verdict:
    """Ask, agree, decline and end ties to districts and networks."""
    return _keepers_only(
        member,
        refuse(
            _("Only the leads of this organization can decide which districts and networks it belongs to.")
        ),
    )


def may_see_people(member: Membership) -> Verdict:
    """The list of members; everyone else sees who the leads are."""
    return _staff_only(
        member, refuse(_("Only leads, the leadership team and registrars can see the list of members."))
    )


def may_see_address(viewer: Membership, other: Membership) -> bool:
    """Addresses of learners, families, alumni and the community are for leads; one's own is one's own."""
    if keeps(viewer) or viewer.pk == other.pk:
        return True
    return bool(may_see_people(viewer)) and other.roles.isdisjoint(SHIELDED)


def may_manage_groups(member: Membership) -> Verdict:
    """Create, rename and archive groups, and say who is in them."""
    return _staff_only(member, refuse(_("Only leads, the leadership team and registrars can change groups.")))


def may_see_group_people(viewer: Membership, *, is_in_group: bool) -> Verdict:
    """Who is in a group: for those who see all members, and for the educators of that group."""
    if may_see_people(viewer) or (viewer.is_active and is_in_group and Role.EDUCATOR.value in viewer.roles):
        return ALLOWED
    return refuse(
        _("Only leads, the leadership team, registrars and a group’s educators can see who is in it.")
    )


def may_join(member: Organisation, to: Organisation) -> Verdict:
    """Schools join districts and networks, districts join networks."""
    if to.kind == Organisation.Kind.SCHOOL:
        return refuse(_("Only a district or a network can be joined."))
    if member.kind == Organisation.Kind.NETWORK:
        return refuse(_("A network cannot join a district or another network."))
    if member.kind == to.kind:
        return refuse(_("A district can join a network, but not another district."))
    return ALLOWED
