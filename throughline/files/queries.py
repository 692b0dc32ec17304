"""Named reads of files, starting from what a person may see."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from throughline.files import uses
from throughline.files.models import StoredFile
from throughline.kit import clock
from throughline.schools.tenant import Seat

GRACE = timedelta(days=1)


def files_visible_to(seat: Seat) -> QuerySet[StoredFile]:
    """Files of this organisation that the person brought, or that a room above shows to them."""
    sight = Q(brought_by=seat.membership)
    for use in uses.all_uses():
        sight |= use.visible(seat)
    return StoredFile.objects.filter(organisation=seat.organisation).filter(sight)


def forgotten_files() -> QuerySet[StoredFile]:
    """Files that nothing cites a day after they came. None at all when no room has said what it cites."""
    known = uses.all_uses()
    if not known:
        return StoredFile.objects.none()
    cited = Q()
    for use in known:
        cited |= use.cited()
    held = StoredFile.objects.filter(cited).values("pk")
    return StoredFile.objects.filter(brought_at__lt=clock.now() - GRACE).exclude(pk__in=held)
