"""What closing deleted is wiped from the database's files too: what SQL calls deleted still lies there as bytes."""

import logging

from throughline.activity.models import Receipt
from throughline.kit import clock
from throughline.kit.scrubbing import scrub, size
from throughline.voices.models import LETTERS, SPOOL, Answer, Listening, OptOut, Tally, Words

log = logging.getLogger(__name__)

TOUCHED = tuple(model._meta.db_table for model in (*SPOOL, *LETTERS, Answer, Words, Tally, OptOut, Receipt))
# More than this is written anew by the worker alone.
AT_ONCE_BELOW = 128 * 1024 * 1024


def wipe_soon() -> None:
    """Right after the commit; where that would take long, or somebody is reading just now, the worker does it."""
    if size(TOUCHED) < AT_ONCE_BELOW:
        wipe_now()


def wipe_now() -> bool:
    """Wipe what was deleted, once for every listening that waits for it; whether nothing waits any more."""
    waiting = list(
        Listening.objects.filter(keep_until__isnull=False, scrubbed_at=None).values_list("pk", flat=True)
    )
    if not waiting:
        return True
    if not scrub(TOUCHED):
        log.info("The database could not be scrubbed just now: somebody reads an older state of it.")
        return False
    Listening.objects.filter(pk__in=waiting).update(scrubbed_at=clock.now())
    return True
