"""Typed codes: wrong ones slow down whoever guesses; right ones are never counted, and a class of 400 is never kept waiting.

A code has 59 bits (`spool/marks.py`), so that nobody finds one by trying; the waits are there to keep machines from trying
all day. They are generous, because a whole school sits behind one address. The counts are hashes: no row tells an address.
"""

from dataclasses import dataclass
from datetime import timedelta

from throughline.activity.tries import Patience, take, waiting
from throughline.voices.models import Asked
from throughline.voices.spool.outcomes import Outcome
from throughline.voices.spool.queries import is_spent, slip_of

_SECOND = timedelta(seconds=1)
# From one address: every one of 400 learners mistypes twice within minutes; after that one try in a few seconds.
PATIENCE = Patience(1000, 2 * _SECOND, 20 * _SECOND, forgets_one_in=_SECOND)


class TooSoon(Exception):
    """So many wrong codes came from there that one has to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Found:
    """What a code opens, and whether it can still be handed in with."""

    outcome: Outcome
    asked: Asked | None = None


def look_up(typed: str, *, address: str) -> Found:
    """The group whose code this is, if it is one. Raises `TooSoon`. Only wrong ones count.

    The count is kept whatever becomes of the request: call this outside of a transaction.
    """
    slip = slip_of(typed)
    if slip is not None:  # looked at first: what others behind the same address typed keeps nobody out
        return Found(Outcome.SPENT_CODE if is_spent(slip) else Outcome.OK, slip.asked)
    names = {f"voices|address|{address}": PATIENCE}
    if wait := waiting(names) or take(names):
        raise TooSoon(wait)
    return Found(Outcome.UNKNOWN_CODE)
