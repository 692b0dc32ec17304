"""How much may be said through a link, and how fast: a class may write from one address, a machine may not flood."""

from datetime import timedelta

from django.utils.translation import gettext as _

from throughline.activity.tries import Patience

_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
# From one address at one link: a room full of people, then one comment every few seconds, then slower and slower.
HERE = Patience(60, 5 * _SECOND, 15 * _MINUTE, forgets_one_in=20 * _SECOND)
# From one address at all links of this site.
ADDRESS = Patience(200, 5 * _SECOND, 15 * _MINUTE, forgets_one_in=10 * _SECOND)
# At one link from everywhere: a whole town in one evening.
EVERYWHERE = Patience(2000, _SECOND, 5 * _MINUTE, forgets_one_in=2 * _SECOND)

LONGEST_COMMENT, LONGEST_NAME = 4000, 100
LONGEST_INTRODUCTION, LONGEST_QUESTION, MOST_QUESTIONS = 4000, 300, 8
LONGEST_TITLE, LONGEST_ANSWER = 200, 6000
MOST_AT_ONCE = 200
LONGEST_OPEN = timedelta(days=366)
# How long the link shows what was heard, after the last day.
ANSWERS_STAY = timedelta(days=366)


def keep_below(most: int) -> str:
    """The sentence for text over its limit."""
    return _("Keep this below %(most)s characters.") % {"most": most}
