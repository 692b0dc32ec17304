"""What this room does by itself: remind those who have not finished rating."""

from datetime import timedelta

from throughline.activity.chores import chore
from throughline.journeys.letters import remind_raters


@chore("journeys.remind-raters", every=timedelta(hours=1))
def remind() -> None:
    """Each reminder is queued once, however often this runs."""
    remind_raters()
