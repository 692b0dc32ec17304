"""What this room does by itself: let go of rosters that nobody applied."""

from datetime import timedelta

from throughline.activity.chores import chore
from throughline.rosters.importing.actions import forget_rosters


@chore("rosters.forget-files", every=timedelta(hours=12))
def forget_waiting_rosters() -> None:
    """The rows of a roster are about children: they are kept for two weeks, or until it is applied."""
    forget_rosters()
