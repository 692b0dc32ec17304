"""What this room does by itself."""

from datetime import timedelta

from throughline.activity.chores import chore
from throughline.plans.calendars.actions import forget_feeds


@chore("plans.forget-calendars", every=timedelta(minutes=5))
def forget_calendars() -> None:
    """An address of somebody who has left is worth nothing at once; here its row goes."""
    forget_feeds()
