"""How patient a link with a passcode is: as with passwords (`people.devices`), and without a letter as another way in."""

from datetime import timedelta

from throughline.activity.tries import Lock, Patience

SHORTEST_PASSCODE = 6
_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PASSCODE = Lock(
    "passcode",
    device=Patience(10, 5 * _SECOND, 15 * _MINUTE, forgets_one_in=10 * _MINUTE),
    here=Patience(5, 5 * _SECOND, 15 * _MINUTE, forgets_one_in=10 * _MINUTE),
    # A board opens one link in one room.
    address=Patience(60, _SECOND, _MINUTE, forgets_one_in=_SECOND),
    everywhere=Patience(50, _MINUTE, _HOUR, forgets_one_in=30 * _MINUTE),
)
