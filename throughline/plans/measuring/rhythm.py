"""When a measure is read next. Pure."""

import calendar
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def read_next(last: date | None, begun: date, every_months: int) -> date:
    """The day on which the next value is due: at once where there is none, else a rhythm after the last."""
    return months_after(last, every_months) if last else begun
