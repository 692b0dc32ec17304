"""How much may be asked through the page, and how fast: a class may write from one address, a machine may not flood."""

from datetime import timedelta

from throughline.activity.tries import Patience

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# From one address at one page: a room full of people, then slower and slower.
HERE = Patience(40, 5 * _SECOND, 15 * _MINUTE, forgets_one_in=30 * _SECOND)
# From one address at all pages of this site.
ADDRESS = Patience(120, 5 * _SECOND, 15 * _MINUTE, forgets_one_in=15 * _SECOND)
# At one page from everywhere: a whole town in one evening.
EVERYWHERE = Patience(1000, _SECOND, 5 * _MINUTE, forgets_one_in=5 * _SECOND)

LONGEST_QUESTION, LONGEST_ANSWER = 1_000, 3_000
# So many may wait at once; beyond it the box says that the school is behind.
MOST_WAITING = 500
# A page that nobody has looked at for so long warns those who keep it.
STALE_AFTER = timedelta(days=90)
