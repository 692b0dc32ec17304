"""How long somebody waits after wrong passcodes. Pure: the counts stand on the share and hold over every server."""

from datetime import datetime, timedelta

TRIES = 5
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)
SHORTEST_PASSCODE = 6


def wait_after(wrong_tries: int) -> timedelta:
    """After every fifth wrong try in a row: a quarter of an hour, then twice as long each time, at most a day."""
    rounds, rest = divmod(wrong_tries, TRIES)
    if rounds == 0 or rest:
        return timedelta(0)
    doubled = int(2 ** min(rounds - 1, 10))
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def may_try(wrong_tries: int, wrong_at: datetime | None, now: datetime) -> bool:
    """Whether the wait since the last wrong try is over."""
    return wrong_at is None or now >= wrong_at + wait_after(wrong_tries)
