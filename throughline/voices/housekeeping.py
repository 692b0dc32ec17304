"""What this room does by itself while people are asked."""

from datetime import timedelta

from throughline.activity.chores import chore
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
