"""When the two of a pair meet next, and whether they keep their rhythm. Plain days in and out."""

from datetime import date, timedelta

GRACE = timedelta(days=7)
MOST_WEEKS = 26


def due_on(*, begun: date, met: date | None, planned: date | None, every_weeks: int) -> date:
    """The day that they set, or their rhythm counted from the last meeting."""
    since = met or begun
    if planned is not None and planned > since:
        return planned
    return since + timedelta(weeks=every_weeks)


def keeps_rhythm(*, begun: date, met: date | None, every_weeks: int, today: date) -> bool:
    """They met within their rhythm, give or take a week; a pair that has just begun keeps it."""
    return today <= (met or begun) + timedelta(weeks=every_weeks) + GRACE
