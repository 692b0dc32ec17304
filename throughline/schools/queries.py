"""What a person may see of organisations, members, invitations, groups, ties and the log."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from throughline.activity.models import Event
from throughline.kit.prepared import prepared
from throughline.people.models import Person
from throughline.schools.models import (
    KEEPERS,
    Affiliation,
    Group,
    GroupMember,
    Invitation,
    Membership,
    MemberState,
    Organisation,
    RoleHolding,
)
from throughline.schools.policy import may_see_people
from throughline.schools.tenant import is_there

_IN = {"joined_at__isnull": False, "left_at__isnull": True}


def fresh(member: Membership) -> Membership:
    """The member as the database has them now, with organisation, person and roles."""
    return (
        Membership.objects.select_related("organisation", "person")
        .prefetch_related("holdings")
        .get(pk=member.pk, organisation_id=member.organisation_id)
    )


def members_visible_to(viewer: Membership) -> QuerySet[Membership]:
    """Everyone of the organisation for those who see the list, oneself for everyone else."""
    members = Membership.objects.filter(organisation_id=viewer.organisation_id)
    return members if may_see_people(viewer) else members.filter(pk=viewer.pk)


def in_state(members: QuerySet[Membership], state: MemberState | None) -> QuerySet[Membership]:
    """Only those in this state; None means those who are in or invited."""
    match state:
        case None:
            return members.filter(left_at__isnull=True)
        case MemberState.IN:
            return members.filter(joined_at__isnull=False, left_at__isnull=True)
        case MemberState.INVITED:
            return members.filter(joined_at__isnull=True, left_at__isnull=True)
        case MemberState.LEFT:
            return members.filter(joined_at__isnull=False, left_at__isnull=False)
        case MemberState.WITHDRAWN:
            return members.filter(joined_at__isnull=True, left_at__isnull=False)


def listed(members: QuerySet[Membership], search: str = "") -> QuerySet[Membership]:
    """For a list: by name, with person and roles; `search` looks in names."""
    if search:
        members = members.filter(name__icontains=search)
    return (
        members.select_related("person", "organisation").prefetch_related("holdings").order_by("name", "id")
    )


def leads_of(organisation: Organisation) -> list[Membership]:
    """Those who look after an organisation, by name. One query."""
    return _leads(organisation.pk, kind=organisation.kind)


@prepared
def _leads(organisation: UUID, *, kind: str) -> QuerySet[Membership]:
    held = RoleHolding.objects.filter(
        organisation=organisation,
        role__in=KEEPERS[kind],
        membership__joined_at__isnull=False,
        membership__left_at__isnull=True,
    ).values("membership_id")
    return (
        Membership.objects.filter(organisation=organisation, pk__in=held)
        .select_related("person")
        .order_by("name", "id")
    )


def memberships_of(person: Person) -> list[Membership]:
    """Where this person is in, by the organisation's name, with roles."""
    return list(
        Membership.objects.filter(is_there(), person=person, **_IN)
        .select_related("organisation")
        .prefetch_related("holdings")
        .order_by("organisation__name", "id")
    )


def waiting_invitations_of(person: Person) -> list[Membership]:
    """Where this person is invited and has not come in yet. They come in by their link; this only reminds them."""
    return _invited(person.pk, demo=settings.DEMO)


@prepared
def _invited(person: UUID, *, demo: bool) -> QuerySet[Membership]:
    """`demo` is what `is_there` looks at."""
    return (
        Membership.objects.filter(is_there(), person=person, joined_at__isnull=True, left_at__isnull=True)
        .select_related("organisation")
        .order_by("organisation__name", "id")
    )


def invitation_for(token_hash: str) -> Invitation | None:
    """The invitation that one of its two links opens, whatever its state."""
    return (
        Invitation.objects.filter(Q(token_hash=token_hash) | Q(mail_hash=token_hash))
        .select_related("membership__person", "membership__organisation", "made_by", "organisation")
        .prefetch_related("membership__holdings")
        .first()
    )


def latest_invitation(member: Membership) -> Invitation | None:
    """The invitation that counts: the one made last."""
    return (
        Invitation.objects.filter(organisation_id=member.organisation_id, membership=member)
        .order_by("-made_at", "-expires_at")
        .first()
    )


def groups_visible_to(viewer: Membership) -> QuerySet[Group]:
    """Every group of the organisation has a name that its members may know."""
    return Group.objects.filter(organisation_id=viewer.organisation_id)


def listed_groups(viewer: Membership) -> list[Group]:
    """Groups with `size` (members who are in), archived ones last. One query."""
    return _groups(viewer.organisation_id)


@prepared
def _groups(organisation: UUID) -> QuerySet[Group]:
    present = Q(members__membership__joined_at__isnull=False, members__membership__left_at__isnull=True)
    return (
        groups_visible_to(Membership(organisation_id=organisation))
        .annotate(size=Count("members", filter=present))
        .order_by(F("archived_at").asc(nulls_first=True), "kind", "name", "id")
    )


def is_in_group(viewer: Membership, group: Group) -> bool:
    """Whether the viewer belongs to the group."""
    return GroupMember.objects.filter(
        organisation_id=group.organisation_id, group=group, membership=viewer
    ).exists()


def groups_of(member: Membership) -> list[Group]:
    """The groups that a member belongs to and that are not archived."""
    ids = GroupMember.objects.filter(organisation_id=member.organisation_id, membership=member).values(
        "group_id"
    )
    present = Group.objects.filter(
        organisation_id=member.organisation_id, pk__in=ids, archived_at__isnull=True
    )
    return list(present.order_by("kind", "name"))


def people_of_group(group: Group) -> list[Membership]:
    """Who is in a group, by name."""
    ids = GroupMember.objects.filter(organisation_id=group.organisation_id, group=group).values(
        "membership_id"
    )
    everyone = Membership.objects.filter(
        organisation_id=group.organisation_id, pk__in=ids, left_at__isnull=True
    )
    return list(listed(everyone))


def addable_to(group: Group) -> list[tuple[UUID, str]]:
    """Members who are in and not yet in the group: id and name."""
    ids = GroupMember.objects.filter(organisation_id=group.organisation_id, group=group).values(
        "membership_id"
    )
    return list(
        Membership.objects.filter(organisation_id=group.organisation_id, **_IN)
        .exclude(pk__in=ids)
        .order_by("name", "id")
        .values_list("pk", "name")
    )


def ties_of(organisation: Organisation) -> QuerySet[Affiliation]:
    """Ties that are asked for or real, on either side. A tie gives no right to read anything."""
    return (
        Affiliation.objects.filter(Q(organisation=organisation) | Q(to=organisation), ended_at__isnull=True)
        .select_related("organisation", "to")
        .order_by("to__name", "organisation__name")
    )


def read_ties(organisation: Organisation) -> list[Affiliation]:
    """The same, read. One query."""
    return _ties(organisation.pk)


@prepared
def _ties(organisation: UUID) -> QuerySet[Affiliation]:
    return ties_of(Organisation(pk=organisation))


def events_of(organisation: Organisation) -> QuerySet[Event]:
    """The log of an organisation, newest first. Whether someone may read it is said by `policy.may_read_log`."""
    return Event.objects.filter(organisation_id=organisation.pk).order_by("-at", "-id")


def members_by_address(organisation: Organisation, addresses: Sequence[str]) -> dict[str, Membership]:
    """Which of these addresses belong to someone who is, or once was, a member or invited."""
    found = Membership.objects.filter(organisation=organisation, person__email__in=addresses)
    return {
        member.person.email: member for member in found.select_related("person").prefetch_related("holdings")
    }
