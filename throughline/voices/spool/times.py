"""When an answer can be begun, and when one that was begun can still be handed in.

`closed_at` is the moment from which nothing more is taken: at closing it is set a little ahead, for those who are writing.
"""

from datetime import date, datetime, timedelta

from throughline.voices.models import Listening

GRACE = timedelta(minutes=15)


def can_begin(listening: Listening, today: date) -> bool:
    """Whether somebody can begin an answer: it is open, and its last day is not over."""
    if listening.state != Listening.State.OPEN:
        return False
    return listening.closes_on is None or today <= listening.closes_on


def can_go_on(listening: Listening, now: datetime) -> bool:
    """Whether what was begun is taken: while it is open or pauses, and for a quarter of an hour after it was closed."""
    if listening.state in (Listening.State.OPEN, Listening.State.PAUSED):
        return True
    return (
        listening.state == Listening.State.CLOSED
        and listening.keep_until is None  # it is not finished
        and listening.closed_at is not None
        and now < listening.closed_at
    )
