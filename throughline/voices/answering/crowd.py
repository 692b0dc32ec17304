"""How fast answers are begun from one address: a district may begin at once, a machine may not fill the disk with drafts.

Counted in the memory of each process and written down nowhere: an address stands in no table and in no log.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

FREE = 20_000  # at once, in one process: a district behind one address
EACH_SECOND = 50.0  # after that
MOST_ADDRESSES = 10_000


class Crowd:
    """Counts that run out by themselves."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def lets_in(self, address: str) -> bool:
        """Count one more from there, unless there have been too many."""
        now = self._clock()
        level, at = self._levels.pop(address, (0.0, now))
        level = max(0.0, level - (now - at) * EACH_SECOND)
        let_in = level < FREE
        self._levels[address] = (level + let_in, now)
        while len(self._levels) > MOST_ADDRESSES:
            self._levels.popitem(last=False)
        return let_in


crowd = Crowd()
