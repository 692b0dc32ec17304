"""What this room does by itself: lets answers go in company, closes what is over, forgets what was kept long enough."""

from datetime import timedelta

from throughline.activity.chores import chore
from throughline.voices.closing.actions import close_what_is_over, finish_what_can_be, forget_what_is_due
from throughline.voices.closing.wiping import wipe_now
from throughline.voices.moderating.letters import tell_readers
from throughline.voices.replying.letters import remind_leads
from throughline.voices.spool.actions import drop_old_drafts
from throughline.voices.spool.releasing import release_what_can_be


@chore("voices.release-answers", every=timedelta(minutes=5))
def release_answers() -> None:
    """Answers that are enough to be let go together are let go."""
    release_what_can_be()


@chore("voices.drop-old-drafts", every=timedelta(hours=6))
def drop_drafts() -> None:
    """What was begun and not handed in goes a day after its last writing."""
    drop_old_drafts()


@chore("voices.close", every=timedelta(minutes=2))
def close() -> None:
    """Close what is over, finish what was closed, and wipe what was deleted, until it is done."""
    close_what_is_over()
    try:
        _done, failed = finish_what_can_be()
    finally:
        wipe_now()
    if failed:  # so that the doctor tells of it
        raise RuntimeError(f"{len(failed)} closed listenings could not be finished; the log says why.")


@chore("voices.forget", every=timedelta(hours=6))
def forget() -> None:
    """Raw answers are deleted on their day; only what may be shown of them stays."""
    forget_what_is_due()


@chore("voices.tell-readers", every=timedelta(minutes=30))
def tell() -> None:
    """Who reads what children wrote is told in the morning that something waits."""
    tell_readers()


@chore("voices.remind-leads", every=timedelta(hours=6))
def remind() -> None:
    """Each letter is queued once for a fortnight, however often this runs."""
    remind_leads()
