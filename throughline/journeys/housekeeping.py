"""What this room does by itself: remind those who have not finished rating, and those who meant to come back."""

from datetime import timedelta

from throughline.activity.chores import chore
from throughline.journeys.letters import remind_raters
from throughline.journeys.return_letters import remind_of_return


@chore("journeys.remind-raters", every=timedelta(hours=1))
def remind() -> None:
    """Each reminder is queued once, however often this runs."""
    remind_raters()


@chore("journeys.remind-of-return", every=timedelta(hours=1))
def remind_to_return() -> None:
    """On the day that was set for the next round; each letter is queued once."""
    remind_of_return()
