"""When the reader gets to see what was handed in: in one batch a day, with everything of the days before.

Nothing trickles in while somebody looks: whoever sat beside the tablet and reloaded the page would know who wrote the
newest text. A day counts as over once it is over both in the reader's time zone and in UTC, in which days are kept.
"""

from datetime import date

from throughline.kit import clock


def opens_before() -> date:
    """Words handed in before this day can be read now."""
    return min(clock.today(), clock.now().date())
