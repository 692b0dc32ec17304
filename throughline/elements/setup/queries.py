"""Who takes part in an element, who has been heard in it, and what happened last."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from throughline.activity.models import Event
from throughline.elements.groups import groups_of
from throughline.elements.models import Change, Element, ItemRevision, Participant
from throughline.elements.policy import STAFF
from throughline.elements.setup.registry import heard
from throughline.schools.models import Membership, Organisation

LATEST = 6


def participants_of(element: Element) -> list[Participant]:
    """Who has been invited to an element and still is, by name. Two queries."""
    rows = Participant.objects.filter(
        organisation_id=element.organisation_id, element=element, ended_at__isnull=True
    )
    rows = rows.select_related("membership", "invited_by").prefetch_related("membership__holdings")
    return list(rows.order_by("membership__name", "id"))


def can_be_invited(element: Element) -> list[Membership]:
    """Members who are no staff and have not been invited yet, by name."""
    inside = Participant.objects.filter(
        organisation_id=element.organisation_id, element=element, ended_at__isnull=True
    )
    rows = Membership.objects.filter(
        organisation_id=element.organisation_id, joined_at__isnull=False, left_at__isnull=True
    )
    staff = Q(holdings__role__in=[role.value for role in STAFF])
    rows = rows.exclude(pk__in=inside.values("membership")).exclude(
        pk__in=Membership.objects.filter(staff, organisation_id=element.organisation_id).values("pk")
    )
    return list(rows.prefetch_related("holdings").order_by("name", "id"))


def groups_heard(organisation: Organisation) -> dict[UUID, set[str]]:
    """The groups of those who began, were invited to or wrote in each element, and of those heard in any other way."""
    role, found = "membership__holdings__role", defaultdict[UUID, set[str]](set)
    ours = {"organisation": organisation}
    invited = Participant.objects.filter(**ours, ended_at__isnull=True).values_list("element", role)
    begun = Element.objects.filter(**ours).values_list("pk", "begun_by__holdings__role")
    wrote = Change.objects.filter(**ours).values_list("element", "by__holdings__role")
    changed = ItemRevision.objects.filter(**ours).values_list("item__element", "by__holdings__role")
    rows: Iterable[tuple[UUID, str | None]] = invited.order_by().union(
        begun.order_by(), wrote.order_by(), changed.order_by()
    )
    for element, held in rows:
        if held:
            found[element] |= groups_of([held])
    for ask in heard:
        for element, groups in ask(organisation).items():
            found[element] |= groups
    return found


def latest_in(element: Element) -> list[Event]:
    """What was done in an element last."""
    rows = Event.objects.filter(organisation_id=element.organisation_id, subject_id=element.pk)
    return list(rows.order_by("-at", "-pk")[:LATEST])
