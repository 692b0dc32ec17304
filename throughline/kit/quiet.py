"""Hours in which somebody does not want to hear from us, in their own time zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one full hour to another, over midnight when the second is the smaller one. Written as `20-7 Europe/Berlin`."""

    start: int
    end: int
    zone: str

    def __str__(self) -> str:
        return f"{self.start}-{self.end} {self.zone}"

    def has(self, hour: int) -> bool:
        """Whether this hour of the day is quiet."""
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end

    def until(self, moment: datetime) -> datetime | None:
        """When it ends, if it is quiet at this moment."""
        there = moment.astimezone(ZoneInfo(self.zone))
        if not self.has(there.hour):
            return None
        end = there.replace(hour=self.end, minute=0, second=0, microsecond=0, fold=0)
        if end <= there:
            end += timedelta(days=1)  # on the clock there, however long that day is
        return end.astimezone(UTC)


def quiet_from(written: str) -> Quiet | None:
    """What was written down; None for nothing, and for a zone that is no longer known."""
    hours, _space, zone = written.partition(" ")
    start, _dash, end = hours.partition("-")
    try:
        ZoneInfo(zone)
        return Quiet(int(start), int(end), zone)
    except (ValueError, ZoneInfoNotFoundError):
        return None
