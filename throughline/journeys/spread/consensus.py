"""How far the people who rated one competency agree, in a word.

A team rates alone on a scale of described steps (four by default), then looks at the spread. The page needs one
plain word for it, so that the meeting spends its time where people see different schools: *agree* (say it and go
on), *lean* (a centre, with voices away from it), *split* (two camps, or everything at once), *none* (nobody rated).
Steps are ordered words, not amounts; nothing here averages them into a score.

Two rules, because one measure does not serve both a team of six and a staff of two hundred.

**Ten raters or more: van der Eijk's A** (C. van der Eijk 2001, "Measuring agreement in ordered rating scales",
Quality & Quantity 35, 325-341): +1 when all stand on one step, 0 when all steps are equally filled, -1 when half
stand at each end. Unlike a standard deviation it tells a peak from two camps.

- agree at A >= 0.8: when everybody is on two neighbouring steps of four, A = 1/3 + 2p/3 with p the larger share;
  0.8 means seven in ten on one step and the rest beside it. An even pair of neighbours (2/3) is not yet agreement.
- split below A = 0.3: three neighbouring steps equally filled give 1/3 and still lean; anything flatter has no
  centre, and two even camps two steps apart (-1/6) or at the ends (-1) have two.

**Fewer than ten: counting people**, after the RAND/UCLA Appropriateness Method (K. Fitch et al. 2001, "The
RAND/UCLA Appropriateness Method User's Manual", RAND MR-1269). One person moves A of a small team by tenths, and
"two of you stand elsewhere" can be said aloud. The manual's table, for panels of 8-10, 11-13 and 14-16: agreement
when at most 2, 3, 4 stand outside the region of the median; disagreement when at least 3, 4, 5 stand at each
extreme. That is floor((n-2)/3) and floor((n+1)/3), which we carry on below eight. The manual's regions are
thirds of nine points; on four steps a region is one step, and the extremes are any two camps with at least
one step between them.

**The far voice**: under both rules somebody two or more steps from the median turns *agree* into *lean*, since a
person who sees it so differently knows something. From ten on it takes a tenth of the raters, or one misread
question among two hundred would reopen every item.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Literal

COUNTING_BELOW = 10
AGREE_FROM = Fraction(8, 10)
LEAN_FROM = Fraction(3, 10)
FAR = 2


class Agreement(StrEnum):
    """The word for a spread of ratings."""

    AGREE = "agree"
    LEAN = "lean"
    SPLIT = "split"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the spread says: the word, and the facts that a page may explain it with.

    `far` counts raters two or more steps from the median; `a` is van der Eijk's A, only where it decided;
    `variance` serves sorting (`dispute_key`) and is never shown.
    """

    word: Agreement
    median: float | None
    n: int
    rule: Literal["van-der-eijk", "counting"]
    a: float | None
    far: int
    variance: float


def assess(counts: Sequence[int]) -> Reading:
    """Read a spread: `counts[0]` raters on the first step, and so on; those who could not say are not in it."""
    return _assess(tuple(counts))


@lru_cache(maxsize=4096)
def _assess(counts: tuple[int, ...]) -> Reading:
    _check(counts)
    n = sum(counts)
    if n == 0:
        return Reading(Agreement.NONE, None, 0, "counting", None, 0, 0.0)
    far = sum(counts[step - 1] for step in rare_steps(counts))
    median = sum(_middle(counts)) / 2
    if n < COUNTING_BELOW:
        return Reading(by_counting(counts), median, n, "counting", None, far, _variance(counts))
    a = float(_eijk(counts))
    return Reading(by_eijk(counts), median, n, "van-der-eijk", a, far, _variance(counts))


def by_counting(counts: Sequence[int]) -> Agreement:
    """The rule for small teams, on any number of raters from one on."""
    n = sum(counts)
    low, high = _middle(counts)
    outside = n - max(counts[low - 1], counts[high - 1])
    if outside <= outside_allowed(n):
        return Agreement.LEAN if rare_steps(counts) else Agreement.AGREE
    camp = extremes_needed(n)
    for cut in range(1, len(counts) - 1):
        if sum(counts[:cut]) >= camp and sum(counts[cut + 1 :]) >= camp:
            return Agreement.SPLIT
    return Agreement.LEAN


def by_eijk(counts: Sequence[int]) -> Agreement:
    """The rule for ten raters or more."""
    a = _eijk(counts)
    if a < LEAN_FROM:
        return Agreement.SPLIT
    far = sum(counts[step - 1] for step in rare_steps(counts))
    if a < AGREE_FROM or (far and 10 * far >= sum(counts)):
        return Agreement.LEAN
    return Agreement.AGREE


def outside_allowed(n: int) -> int:
    """How many of `n` may stand outside the median's step while all still agree (Fitch's table, carried on)."""
    return max(0, (n - 2) // 3)


def extremes_needed(n: int) -> int:
    """How many of `n` must stand in each of two camps to call it split (Fitch's table, carried on)."""
    return max(1, (n + 1) // 3)


def eijk_a(counts: Sequence[int]) -> float:
    """Van der Eijk's A of a spread that holds at least one rater, from -1 to 1."""
    _check(counts)
    if not any(counts):
        raise ValueError("A is not defined when nobody rated")
    return float(_eijk(counts))


def rare_steps(counts: Sequence[int]) -> frozenset[int]:
    """The steps (from 1) on which somebody stands two or more steps from the median: views worth hearing first."""
    if not any(counts):
        return frozenset()
    low, high = _middle(counts)
    return frozenset(
        step for step, held in enumerate(counts, 1) if held and abs(2 * step - low - high) >= 2 * FAR
    )


def dispute_key(reading: Reading) -> tuple[int, float, int]:
    """Sort key, most disputed first: split, lean, agree, nobody rated; the wider spread first within a word.

    Variance and not A orders within a word, because it is there under both rules; of two equal spreads the one
    that more people stand behind comes first.
    """
    rank = (Agreement.SPLIT, Agreement.LEAN, Agreement.AGREE, Agreement.NONE).index(reading.word)
    return rank, -reading.variance, -reading.n


def _check(counts: Sequence[int]) -> None:
    if len(counts) < 2 or min(counts) < 0:
        raise ValueError("a spread needs at least two steps and no negative count")


def _middle(counts: Sequence[int]) -> tuple[int, int]:
    """Steps of the two middle raters, the same one twice when their number is odd."""
    n = sum(counts)
    return _step_of(counts, (n + 1) // 2), _step_of(counts, n // 2 + 1)


def _step_of(counts: Sequence[int], rank: int) -> int:
    passed = 0
    for step, held in enumerate(counts, 1):
        passed += held
        if passed >= rank:
            return step
    raise ValueError("fewer raters than the rank asked for")


def _variance(counts: Sequence[int]) -> float:
    n = sum(counts)
    mean = Fraction(sum(step * held for step, held in enumerate(counts, 1)), n)
    return float(sum(held * (step - mean) ** 2 for step, held in enumerate(counts, 1)) / n)


def _eijk(counts: Sequence[int]) -> Fraction:
    """A, exactly: peel the spread into layers of equal height, weigh each layer's pattern by its share.

    Fractions and not floats, so that a spread on the border of two words falls on the same side everywhere.
    """
    left, n, total = list(counts), sum(counts), Fraction(0)
    while any(left):
        height = min(held for held in left if held)
        pattern = [held > 0 for held in left]
        total += Fraction(height * sum(pattern), n) * _pattern_a(pattern)
        left = [held - height if held else 0 for held in left]
    return total


def _pattern_a(pattern: Sequence[bool]) -> Fraction:
    """A of one layer: U (triples that speak for one peak against those for two), less for a wide base."""
    steps, filled = len(pattern), sum(pattern)
    one_peak = two_peaks = 0
    for triple in combinations(pattern, 3):
        one_peak += triple in ((True, True, False), (False, True, True))
        two_peaks += triple == (True, False, True)
    width = 1 - Fraction(filled - 1, steps - 1)
    if one_peak + two_peaks == 0:  # one step only, or every step: no triple speaks
        return width
    numerator = (steps - 2) * one_peak - (steps - 1) * two_peaks
    return Fraction(numerator, (steps - 2) * (one_peak + two_peaks)) * width
