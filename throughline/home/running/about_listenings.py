"""Whether closed listenings are finished, wiped, and forgotten on their day."""

from collections.abc import Iterator
from datetime import timedelta

from throughline.home.running.findings import Finding, warn, well
from throughline.kit import clock
from throughline.voices.models import Listening

# The worker comes by every few minutes; what is late by more than this has something in its way.
LATE = timedelta(hours=1)


def listenings() -> Iterator[Finding]:
    """What closing one began and only the worker ends."""
    now, today = clock.now(), clock.today()
    closed = Listening.objects.filter(state=Listening.State.CLOSED)
    unfinished = closed.filter(keep_until=None, closed_at__lt=now - LATE).count()
    unwiped = closed.filter(keep_until__isnull=False, scrubbed_at=None).count()
    due = closed.filter(keep_until__lt=today - timedelta(days=1), forgotten_at=None).count()
    if unfinished:
        yield warn(
            "listenings",
            f"{unfinished} closed listenings are not counted yet, and which codes were used is still written down. The "
            "worker finishes them; its log says what keeps it.",
        )
    if unwiped:
        yield warn(
            "listenings",
            f"What was deleted of {unwiped} closed listenings is still to be wiped from the database's files. The worker "
            "goes on trying.",
        )
    if due:
        yield warn("listenings", f"The single answers of {due} listenings should be deleted by now.")
    if not (unfinished or unwiped or due):
        yield well("listenings", "Nothing in the database says who answered what in a closed listening.")
