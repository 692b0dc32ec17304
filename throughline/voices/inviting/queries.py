"""What the page of the ways in shows: groups, sheets of slips, and who was opted out."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, Q

from throughline.voices.models import Asked, Listening, OptOut, Slip

Sheets = Mapping[UUID, list[tuple[int, int, int]]]  # group → (sheet, slips, of these withdrawn)


def groups_of(listening: Listening) -> list[Asked]:
    """The groups that are asked. One query."""
    rows = Asked.objects.filter(organisation=listening.organisation_id, listening=listening)
    return list(rows.select_related("listening").order_by("pk"))


def sheets_of(listening: Listening) -> Sheets:
    """How many slips each sheet has; never which were used. One query."""
    rows = (
        Slip.objects.filter(organisation=listening.organisation_id, asked__listening=listening)
        .values_list("asked_id", "sheet")
        .annotate(n=Count("pk"), gone=Count("pk", filter=Q(withdrawn=True)))
        .order_by("asked_id", "sheet")
    )
    found: dict[UUID, list[tuple[int, int, int]]] = defaultdict(list)
    for asked, sheet, n, gone in rows:
        found[asked].append((sheet, n, gone))
    return found


def opted_out(listening: Listening) -> list[OptOut]:
    """Who is not to be asked, by class and name. One query."""
    rows = OptOut.objects.filter(organisation=listening.organisation_id, asked__listening=listening)
    return list(rows.order_by("class_or_group", "child"))
