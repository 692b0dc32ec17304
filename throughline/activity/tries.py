"""How often something secret was tried wrongly, and how long one waits before the next try.

Whoever guesses is slowed down, and nobody is locked out by what somebody else does (docs/decisions/0028). The counts
stand in the database, so they hold over every process. Their keys are hashes: a row tells no account and no address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from throughline.activity.models import Tries
from throughline.kit import clock

NO_WAIT = timedelta(0)
_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Patience:
    """How many wrong tries are let pass, how long one waits then (twice as long each time), and how soon it is forgotten."""

    free: int
    first: timedelta
    longest: timedelta
    forgets_one_in: timedelta

    def level(self, before: float, since: timedelta) -> float:
        """What is left of a count after some time: it runs out drop by drop."""
        return max(0.0, before - since / self.forgets_one_in)

    def wait(self, level: float) -> timedelta:
        """The pause after the last try at this count."""
        over = round(level) - self.free
        return NO_WAIT if over < 0 else min(self.first * int(2 ** min(over, _DOUBLINGS)), self.longest)


@dataclass(frozen=True, slots=True)
class Lock:
    """One kind of secret, and how patient it is.

    `device`: with a device where the secret was right before. Others: `here` with one address at one secret,
    `address` with one address at all secrets of the kind, `everywhere` with everybody unknown at one secret.
    """

    name: str
    device: Patience
    here: Patience
    address: Patience
    everywhere: Patience


@dataclass(slots=True)
class Knock:
    """One try. It counts as a wrong one from the start, so that many at once gain nothing; `right` takes that back."""

    wait: timedelta
    _forget: list[str] = field(default_factory=list)
    _give_back: list[str] = field(default_factory=list)

    def right(self) -> None:
        """It was the right one: this device or address starts from nothing again, the common counts lose this try."""
        Tries.objects.filter(key__in=map(_key, self._forget)).delete()
        with transaction.atomic():
            for row in _held(self._give_back):
                row.level = max(0.0, row.level - 1)
                row.save(update_fields=["level"])


def knock(lock: Lock, what: str, *, address: str, device: str = "") -> Knock:
    """Try the secret of `what`. A known device is asked first, so that nothing a stranger does can make it wait."""
    if device:
        own = f"{lock.name}|device|{what}|{device}"
        if not take({own: lock.device}):
            return Knock(NO_WAIT, _forget=[own])
    here, there, everywhere = (
        f"{lock.name}|here|{what}|{address}",
        f"{lock.name}|address|{address}",
        f"{lock.name}|everywhere|{what}",
    )
    wait = take({here: lock.here, there: lock.address, everywhere: lock.everywhere})
    return Knock(wait, _forget=[here], _give_back=[there, everywhere])


def take(asked: Mapping[str, Patience]) -> timedelta:
    """Count one try at everything named. When one of them has to wait, none is counted and the longest wait is answered."""
    now = clock.now()
    by_key = {_key(name): patience for name, patience in asked.items()}
    with transaction.atomic():
        Tries.objects.bulk_create([Tries(key=key, at=now) for key in by_key], ignore_conflicts=True)
        rows = _held(asked)
        wait = max(_wait(row, by_key[row.key], now) for row in rows)
        if wait:
            return wait
        for row in rows:
            row.level = by_key[row.key].level(row.level, now - row.at) + 1
            row.at = now
        Tries.objects.bulk_update(rows, ["level", "at"])
    return NO_WAIT


def waiting(asked: Mapping[str, Patience]) -> timedelta:
    """How long one has to wait for everything named, without counting a try. One query."""
    by_key = {_key(name): patience for name, patience in asked.items()}
    now = clock.now()
    rows = Tries.objects.filter(key__in=by_key)
    return max((_wait(row, by_key[row.key], now) for row in rows), default=NO_WAIT)


def _wait(row: Tries, patience: Patience, now: datetime) -> timedelta:
    since = now - row.at
    return max(NO_WAIT, patience.wait(patience.level(row.level, since)) - since)


def _held(names: Mapping[str, Patience] | list[str]) -> list[Tries]:
    """The rows, held in one order so that two who ask for the same ones never wait for each other."""
    keys = [_key(name) for name in names]
    return list(Tries.objects.select_for_update().filter(key__in=keys).order_by("key"))


def _key(name: str) -> str:
    return salted_hmac("throughline.activity.tries", name, algorithm="sha256").hexdigest()
