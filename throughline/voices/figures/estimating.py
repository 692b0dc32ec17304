"""How far what everybody invited would have said may lie from what those said who answered. Pure.

Only for answers by code, where it is known who could answer and each did once; never for an open link.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt

Z = 1.959964  # ninety-five of a hundred such intervals hold the whole group


@dataclass(frozen=True, slots=True)
class Interval:
    """Of `of` who were invited, between `low` and `high`."""

    low: int
    high: int
    of: int

    def overlaps(self, other: "Interval") -> bool:
        """Whether both could be the same share."""
        return self.low * other.of <= other.high * self.of and other.low * self.of <= self.high * other.of


def interval_of(favorable: int, answered: int, invited: int) -> Interval | None:
    """The interval for all who were invited, as people; None where more answered than were invited.

    Wilson's score interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927, pp. 209-212)

        (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)

    with the effective number n = answered × (invited - 1) / (invited - answered) for n, which is what the correction for a
    finite population, (invited - answered) / (invited - 1) times the variance (W. G. Cochran, Sampling Techniques, 3rd ed.
    1977, section 2.6), makes of it. The more of the invited answered, the narrower; none where all did. It is cut to
    what is possible: those who answered did say what they said. It tells what chance does, not what comes of who stays away.
    """
    if not 0 < answered <= invited:
        return None
    if answered == invited:
        return Interval(favorable, favorable, invited)
    n = answered * (invited - 1) / (invited - answered)
    p = favorable / answered
    middle = p + Z * Z / (2 * n)
    reach = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    low, high = ((middle + side * reach) / (1 + Z * Z / n) for side in (-1, 1))
    return Interval(
        max(floor(low * invited), favorable),
        min(ceil(high * invited), invited - (answered - favorable)),
        invited,
    )
