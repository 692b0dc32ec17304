"""Who has a text open now, and where their carets are. Kept in the database: a school may run several processes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from throughline.elements.models import Element, Presence
from throughline.kit import clock
from throughline.schools.models import Membership

SILENT = timedelta(seconds=35)  # after which an editor that gave no sign of life isn't there any more


def come(element: Element, member: Membership, client: str, version: int) -> None:
    """An editor opens. Those that fell silent are swept out on the way. Two queries."""
    here = Presence.objects.filter(organisation_id=element.organisation_id, element=element)
    here.filter(seen__lt=clock.now() - SILENT).delete()
    Presence.objects.update_or_create(
        organisation_id=element.organisation_id,
        element=element,
        client=client,
        defaults={"membership": member, "version": version, "seen": clock.now()},
    )


def move(element: Element, member: Membership, client: str, at: tuple[int, int, int]) -> bool:
    """Its caret is elsewhere: (anchor, head, version). False when it isn't there, or isn't theirs. One query."""
    anchor, head, version = at
    mine = Presence.objects.filter(
        organisation_id=element.organisation_id, element=element, client=client, membership=member
    )
    return bool(mine.update(anchor=anchor, head=head, version=version, seen=clock.now()))


def stay(organisation_id: UUID, element_id: UUID, membership_id: UUID, client: str) -> None:
    """A sign of life; also of one that was swept out while its machine slept. One query."""
    here = {"organisation_id": organisation_id, "element_id": element_id, "client": client}
    if not Presence.objects.filter(**here).update(seen=clock.now()):
        Presence.objects.create(**here, membership_id=membership_id)


def leave(organisation_id: UUID, element_id: UUID, client: str) -> None:
    """It closes. One query."""
    Presence.objects.filter(organisation_id=organisation_id, element_id=element_id, client=client).delete()


def people_in(elements: Sequence[UUID]) -> dict[UUID, dict[str, dict[str, Any]]]:
    """For each element who is there, by the name of their editor. One query."""
    rows = Presence.objects.filter(element__in=elements, seen__gte=clock.now() - SILENT)
    found: dict[UUID, dict[str, dict[str, Any]]] = {}
    for row in rows.values_list(
        "element_id", "client", "membership_id", "membership__name", "anchor", "head", "version"
    ):
        element, client, member, name, anchor, head, version = row
        found.setdefault(element, {})[client] = {
            "client": client,
            "member": str(member),
            "name": name,
            "anchor": anchor,
            "head": head,
            "version": version,
        }
    return found
