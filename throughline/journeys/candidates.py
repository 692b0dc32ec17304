"""Whom somebody may put on a journey's team."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from throughline.schools.models import GroupMember, Membership, Role
from throughline.schools.policy import may_see_people
from throughline.schools.queries import listed
from throughline.schools.tenant import Seat

STAFF = (Role.LEAD, Role.TEAM, Role.EDUCATOR, Role.REGISTRAR, Role.BOARD)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who can be on a team, in words for a row of the form."""

    id: UUID
    name: str
    roles: frozenset[str]
    role_names: tuple[str, ...]
    invited: bool


def choosable(seat: Seat, besides: Iterable[UUID] = ()) -> list[Candidate]:
    """Everyone here, invited ones too, for those who see the list of people; for others colleagues and their groups.

    `besides`: members who are on the team already, whoever asks. Two queries.
    """
    here = Membership.objects.filter(organisation=seat.organisation, left_at__isnull=True)
    if not may_see_people(seat.membership):
        mine = GroupMember.objects.filter(organisation=seat.organisation, membership=seat.membership)
        beside = GroupMember.objects.filter(organisation=seat.organisation, group__in=mine.values("group"))
        here = here.filter(
            Q(pk=seat.membership.pk)
            | Q(pk__in=beside.values("membership"))
            | Q(pk__in=list(besides))
            | Q(holdings__role__in=STAFF)
        ).distinct()
    return [_candidate(member) for member in listed(here)]


def _candidate(member: Membership) -> Candidate:
    held = frozenset(holding.role for holding in member.holdings.all())
    names = tuple(str(role.label) for role in Role if role.value in held)
    return Candidate(member.pk, member.name, held, names, member.joined_at is None)


def leads_for(seat: Seat, besides: Iterable[UUID] = ()) -> list[Membership]:
    """Who may lead a priority: everyone who has come in and whom this person may name."""
    known = [each.id for each in choosable(seat, besides) if not each.invited]
    members = Membership.objects.filter(organisation=seat.organisation, pk__in=known)
    return list(members.select_related("organisation").order_by("name", "id"))
