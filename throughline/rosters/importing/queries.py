"""Rosters that were brought: those that wait, and what became of earlier ones."""

from django.db.models import QuerySet

from throughline.rosters.models import RosterFile
from throughline.rosters.policy import may_keep_rosters
from throughline.schools.tenant import Seat


def rosters_of(seat: Seat) -> QuerySet[RosterFile]:
    """Those of the school, for who keeps its rosters; the newest first."""
    found = RosterFile.objects.filter(organisation=seat.organisation)
    if not may_keep_rosters(seat.membership):
        return found.none()
    return found.select_related("made_by").order_by("-made_at", "-id")
