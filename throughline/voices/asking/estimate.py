"""How long answering takes, how many answers can be expected, and what will therefore be visible. Pure rules.

Seconds for an item are cautious: survey methodologists find three to five closed items of this kind in a minute to be slow and
eight to be quick; we plan with seven for grown-ups and five for younger learners. A question in one's own words takes longer.
"""

from dataclasses import dataclass
from math import ceil

# Seconds.
_STEP, _STEP_YOUNG, _OPEN, _BEGINNING = 8, 12, 40, 25
GOAL_MINUTES = 6
# Every question that is asked in parts should still reach so many times the threshold.
_TIMES = 3
MOST_BLOCKS = 4


@dataclass(frozen=True, slots=True)
class Load:
    """How many questions one person of a group sees, and how many minutes that takes."""

    steps: int
    open: int
    minutes: int


def load(steps: int, open_: int, *, blocks: int = 1, young: bool = False) -> Load:
    """What one person is asked when `steps` questions are split into `blocks` parts; minutes are rounded up."""
    seen = ceil(steps / blocks)
    seconds = _BEGINNING + seen * (_STEP_YOUNG if young else _STEP) + open_ * _OPEN
    return Load(seen, open_, ceil(seconds / 60))


def expected_answers(invited: int | None, expected: int) -> int | None:
    """How many will probably answer; None where it is not known how many are invited."""
    return None if invited is None else invited * expected // 100


def blocks_that_help(steps: int, open_: int, answers: int | None, threshold: int, *, young: bool) -> int:
    """Into how many parts to split a long list: as few as bring it to six minutes, and only as many as answers allow."""
    if answers is None:
        return 1
    allowed = max(1, min(MOST_BLOCKS, answers // (_TIMES * threshold)))
    for blocks in range(1, allowed + 1):
        if load(steps, open_, blocks=blocks, young=young).minutes <= GOAL_MINUTES:
            return blocks
    return allowed


def will_be_visible(answers: int | None, blocks: int, threshold: int) -> bool | None:
    """Whether a question of the group will probably be shown; None where nobody knows how many are invited."""
    return None if answers is None else answers // max(1, blocks) >= threshold
