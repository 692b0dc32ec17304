"""When somebody is written to next, and what a letter says first. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from throughline.plans.coming.days import Coming

SOON = {"daily": timedelta(days=3), "weekly": timedelta(days=7), "never": timedelta(days=7)}


@dataclass(frozen=True, slots=True)
class Mine:
    """An open action that somebody owns or helps with; `waiting` are the names of those who wait for it."""

    id: UUID
    title: str
    due_on: date | None
    owned: bool
    waiting: tuple[str, ...] = ()


@dataclass(slots=True)
class Digest:
    """Each action once, where it matters most; `dates` are those of other things."""

    overdue: list[Mine] = field(default_factory=list)
    soon: list[Mine] = field(default_factory=list)
    awaited: list[Mine] = field(default_factory=list)
    new: list[Mine] = field(default_factory=list)
    dates: list[Coming] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.overdue, self.soon, self.awaited, self.new, self.dates))


def sorted_out(actions: Iterable[Mine], *, known: Iterable[str], today: date, rhythm: str) -> Digest:
    """What is overdue, due soon, waited for, and new to them (not among `known`), by date."""
    told, digest = set(known), Digest()
    for each in sorted(actions, key=lambda one: (one.due_on or date.max, one.title, one.id)):
        if each.due_on and each.due_on < today:
            digest.overdue.append(each)
        elif each.due_on and each.due_on <= today + SOON[rhythm]:
            digest.soon.append(each)
        elif each.waiting:
            digest.awaited.append(each)
        elif str(each.id) not in told:
            digest.new.append(each)
    return digest


def next_moment(rhythm: str, *, weekday: int, hour: int, zone: ZoneInfo, after: datetime) -> datetime | None:
    """The first time after `after` that the clock there says this hour, on this weekday (0 is Monday) or any."""
    if rhythm == "never":
        return None
    day = after.astimezone(zone).date()
    for ahead in range(9):
        there = datetime.combine(day + timedelta(days=ahead), time(hour), tzinfo=zone).astimezone(UTC)
        if there > after and (rhythm == "daily" or (day + timedelta(days=ahead)).weekday() == weekday):
            return there
    raise AssertionError("a week has seven days")


# Whoever moves to another time zone is not written to again so soon after a letter.
APART = {"daily": timedelta(hours=12), "weekly": timedelta(days=2), "never": timedelta(0)}


def among(waiting: Iterable[tuple[UUID, str]]) -> Mapping[UUID, tuple[str, ...]]:
    """Names by the action that is waited for, each once."""
    found: dict[UUID, dict[str, None]] = {}
    for key, name in waiting:
        found.setdefault(key, {})[name] = None
    return {key: tuple(names) for key, names in found.items()}
