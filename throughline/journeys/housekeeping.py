"""What this room does by itself: remind those who are behind or meant to come back, finish what closing a round began."""

from datetime import timedelta

from throughline.activity.chores import chore
from throughline.journeys.closing.anonymizing import scrub_now, untie_old_rounds
from throughline.journeys.letters import remind_raters
from throughline.journeys.next_round.letters import remind_of_return


@chore("journeys.remind-raters", every=timedelta(hours=1))
def remind() -> None:
    """Each reminder is queued once, however often this runs."""
    remind_raters()


@chore("journeys.remind-of-return", every=timedelta(hours=1))
def remind_to_return() -> None:
    """On the day that was set for the next round; each letter is queued once."""
    remind_of_return()


@chore("journeys.untie-ratings", every=timedelta(minutes=2))
def untie_ratings() -> None:
    """Cut the ties of rounds that closed before it was done at closing, and wipe what was deleted, until it is done."""
    try:
        _cut, failed = untie_old_rounds()
    finally:
        scrub_now()
    if failed:  # so that the doctor tells of it
        raise RuntimeError(f"The ties of {len(failed)} closed rounds could not be cut; the log says why.")
