"""How many sheets were entered, by group and by whoever entered them; never when on the day, never which."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Sum

from throughline.voices.models import Asked, KeyedIn, Listening


def sheets_of(listening: Listening) -> dict[UUID, int]:
    """Asked group → sheets that were entered. One query."""
    rows = KeyedIn.objects.filter(organisation=listening.organisation_id, asked__listening=listening)
    return dict(rows.values_list("asked_id").annotate(n=Sum("count")).order_by())


def sheets_of_group(asked: Asked) -> int:
    """Sheets of one group that were entered. One query."""
    rows = KeyedIn.objects.filter(organisation=asked.organisation_id, asked=asked)
    return rows.aggregate(n=Sum("count"))["n"] or 0


def by_day(listening: Listening) -> Sequence[tuple[date, str, int]]:
    """Day, who, and how many sheets of all groups together; the latest first. One query."""
    rows = KeyedIn.objects.filter(organisation=listening.organisation_id, asked__listening=listening)
    return list(
        rows.values_list("on", "membership__person__name")
        .annotate(n=Sum("count"))
        .order_by("-on", "membership__person__name")
    )
