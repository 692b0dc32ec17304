"""Coming back: on which date the next round is meant to begin, and whether that day is near."""

from datetime import date, timedelta

HALF_A_YEAR = timedelta(days=182)
SOONEST = timedelta(days=28)
NEAR = timedelta(days=7)
MONDAY = 0


def proposed_return(closed_on: date, today: date) -> date:
    """About half a year after closing, and at least four weeks from now: long enough for something to have moved, soon
    enough to be remembered. Always a Monday."""
    day = max(closed_on + HALF_A_YEAR, today + SOONEST)
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def is_near(return_on: date | None, today: date) -> bool:
    """Whether it is time to prepare the next round: from a week before the day."""
    return return_on is not None and return_on <= today + NEAR
