"""Days that people give, in a year that they can have meant."""

from datetime import date

from django.utils.translation import gettext as _

from throughline.kit import clock

FIRST_YEAR = 1850
YEARS_AHEAD = 50


def slip_in(day: date | None) -> str:
    """What is wrong with a year that nobody can have meant: `26` typed for 2026 is the year 26."""
    if day and not FIRST_YEAR <= day.year <= clock.today().year + YEARS_AHEAD:
        return _("Is the year right? This date lies very far away.")
    return ""
