"""What a calendar tells now, from what it told before: changes are numbered, what is gone is canceled. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

# So long a program may stay away and still hear that something was canceled.
CANCELED_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Live:
    """Something that is due on a day and is in this calendar now; `dropped` when it was given up."""

    id: UUID
    day: date
    title: str
    version: int
    at: datetime
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The same as the calendar last told it."""

    id: UUID
    day: date
    title: str
    sequence: int
    at: datetime
    canceled_at: datetime | None = None


@dataclass(slots=True)
class Telling:
    """What is told now, and what of it has to be written down or forgotten."""

    told: list[Told] = field(default_factory=list)
    changed: list[Told] = field(default_factory=list)
    forgotten: list[UUID] = field(default_factory=list)


def follow(before: Mapping[UUID, Told], live: Iterable[Live], *, since: date, now: datetime) -> Telling:
    """Dates before `since` are left out without a word: they are over, not canceled."""
    telling, seen = Telling(), set()
    for each in live:
        seen.add(each.id)
        known = before.get(each.id)
        if each.dropped and known is None:
            continue  # it was never here
        if known and known.canceled_at and each.dropped and _long_ago(known.canceled_at, now):
            telling.forgotten.append(each.id)
            continue
        _tell(telling, known, _now(each, known, now))
    for key, known in before.items():
        if key in seen:
            continue
        if known.day < since or (known.canceled_at and _long_ago(known.canceled_at, now)):
            telling.forgotten.append(key)
        elif known.canceled_at:
            telling.told.append(known)
        else:
            _tell(telling, known, replace(known, sequence=known.sequence + 1, at=now, canceled_at=now))
    return telling


def _now(each: Live, known: Told | None, now: datetime) -> Told:
    if known is None:
        return Told(each.id, each.day, each.title, each.version, each.at)
    canceled = (known.canceled_at or now) if each.dropped else None
    same = (each.day, each.title, bool(canceled)) == (known.day, known.title, bool(known.canceled_at))
    if same and each.version <= known.sequence:
        return known
    sequence = max(each.version, known.sequence + 1)
    return Told(each.id, each.day, each.title, sequence, max(each.at, known.at) if same else now, canceled)


def _tell(telling: Telling, known: Told | None, told: Told) -> None:
    telling.told.append(told)
    if told != known:
        telling.changed.append(told)


def _long_ago(at: datetime, now: datetime) -> bool:
    return now - at > CANCELED_FOR
