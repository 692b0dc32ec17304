"""How fast answers are begun from one address or with one code, and how many may lie there in a group: a district may
begin at once, a machine may not fill the disk with drafts.

Counted in the memory of each process and written down nowhere: an address stands in no table and in no log, and what
was begun with a code is tied to it by nothing.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from uuid import UUID

from throughline.voices.models import Asked
from throughline.voices.spool.queries import how_many_drafts

FREE = 20_000  # at once, in one process: a district behind one address
EACH_SECOND = 50.0  # after that
OF_A_CODE, OF_A_CODE_EACH_SECOND = (
    20,
    1 / 300,
)  # whoever lost a cookie, or shares a device, begins anew a few times
MOST_ADDRESSES = 10_000
LEAST_ROOM, TIMES_INVITED = (
    20_000,
    5,
)  # drafts of a group that may lie there, handed in or not; a day later they go
LOOKED_FOR = 10.0  # seconds: how old a count may be


class Crowd:
    """Counts that run out by themselves."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        free: float = FREE,
        each_second: float = EACH_SECOND,
    ) -> None:
        self._clock, self._free, self._each_second = clock, free, each_second
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def lets_in(self, address: str) -> bool:
        """Count one more from there, unless there have been too many."""
        now = self._clock()
        level, at = self._levels.pop(address, (0.0, now))
        level = max(0.0, level - (now - at) * self._each_second)
        let_in = level < self._free
        self._levels[address] = (level + let_in, now)
        while len(self._levels) > MOST_ADDRESSES:
            self._levels.popitem(last=False)
        return let_in


class Room:
    """Whether one more draft of a group finds room, looked at once in ten seconds by each process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[UUID, tuple[float, bool]] = {}

    def is_left(self, asked: Asked) -> bool:
        """At most one query."""
        now = self._clock()
        at, left = self._seen.get(asked.pk, (now - LOOKED_FOR, True))
        if now - at >= LOOKED_FOR:
            most = max(LEAST_ROOM, TIMES_INVITED * (asked.invited or 0))
            at, left = now, how_many_drafts(asked) < most
            if len(self._seen) >= MOST_ADDRESSES:
                self._seen.clear()
            self._seen[asked.pk] = at, left
        return left


crowd = Crowd()
with_one_code = Crowd(free=OF_A_CODE, each_second=OF_A_CODE_EACH_SECOND)
room = Room()
