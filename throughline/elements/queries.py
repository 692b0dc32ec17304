"""Named reads of elements, starting from what a person may see."""

from typing import Any, cast
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from throughline.elements.models import Element, ElementKind, Participant
from throughline.elements.policy import STAFF, Part, visible_elements
from throughline.kit.prepared import Text, prepared
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat

ORDER = {kind.value: place for place, kind in enumerate(ElementKind)}


def _with_part(seat: Seat) -> QuerySet[Element]:
    invited = Participant.objects.filter(
        organisation=seat.organisation,
        element=OuterRef("pk"),
        membership=seat.membership,
        ended_at__isnull=True,
    )
    return Element.objects.filter(visible_elements(seat)).annotate(
        invited=Coalesce(Subquery(invited.values("may")[:1]), Value(""))
    )


def _part(seat: Seat, element: Element) -> Part:
    element.organisation = seat.organisation
    return Part(element, seat.membership, cast("Any", element).invited)


def parts_of(seat: Seat) -> list[Part]:
    """Every element that this person may see, in the framework's order, with their part in it. One query."""
    found = [_part(seat, element) for element in _with_part(seat)]
    return sorted(found, key=lambda part: ORDER[part.element.kind])


def part_in(seat: Seat, kind: str) -> Part | None:
    """Their part in the element of one kind, or None when there is none for them. One query."""
    if seat.has(*STAFF):  # whose condition holds no date
        element = next(iter(_of_kind(*seat.ids, Text(kind))), None)
    else:
        element = _with_part(seat).filter(kind=kind).first()
    return _part(seat, element) if element else None


@prepared
def _of_kind(membership: UUID, organisation: UUID, roles: frozenset[str], kind: Text) -> QuerySet[Element]:
    return _with_part(Seat.of_ids(membership, organisation, roles)).filter(kind=kind)


def part_of(element: Element, member: Membership) -> Part:
    """The part of a member in an element, for verbs. One query at most."""
    return Part(element, member, next(iter(_invited(element.organisation_id, element.pk, member.pk)), ""))


@prepared
def _invited(organisation: UUID, element: UUID, membership: UUID) -> QuerySet[Participant, str]:
    rows = Participant.objects.filter(
        organisation=organisation, element=element, membership=membership, ended_at__isnull=True
    )
    return rows.values_list("may", flat=True)
