"""Named reads of listenings, starting from what a person may see."""

from uuid import UUID

from django.db.models import QuerySet

from throughline.schools.models import Membership
from throughline.schools.tenant import Seat
from throughline.voices.models import Host, Listening
from throughline.voices.policy import Part, visible_listenings


def listenings_of(seat: Seat) -> QuerySet[Listening]:
    """The listenings that this person may see, the newest first."""
    return (
        Listening.objects.filter(visible_listenings(seat))
        .select_related("journey__record", "round", "reader")
        .order_by("-made_at", "-pk")
    )


def part_in(seat: Seat, listening_id: UUID) -> Part | None:
    """The person's part in one listening that they may see. Two queries."""
    found = listenings_of(seat).filter(pk=listening_id).first()
    return part_of(found, seat.membership) if found else None


def part_of(listening: Listening, member: Membership) -> Part:
    """A member's part in a listening. One query."""
    hosts = Host.objects.filter(
        organisation=listening.organisation_id, listening=listening, membership=member
    )
    return Part(listening, member, hosts.exists())
