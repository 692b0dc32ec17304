"""What a policy needs next: one thing, the most pressing first."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from throughline.plans.policies.nexts import WORDS, Known, Next, next_of

TODAY = date(2026, 11, 30)
FINE = Known("in-force", True, True, True, TODAY + timedelta(days=200), True, "yes")


@pytest.mark.parametrize(
    ("known", "step"),
    [
        (FINE, Next.NOTHING),
        (replace(FINE, state="ended", has_owner=False, review_on=None), Next.NOTHING),
        (replace(FINE, review_on=TODAY - timedelta(days=1), has_words=False), Next.REVIEW),
        (replace(FINE, review_on=TODAY), Next.SOON),
        (replace(FINE, review_on=TODAY + timedelta(days=31)), Next.NOTHING),
        (replace(FINE, has_words=False, has_owner=False), Next.WRITE),
        (replace(FINE, has_owner=False, says=""), Next.OWNER),
        (replace(FINE, says="partly", adopted=False), Next.SAYS),
        (replace(FINE, needed=False, says=""), Next.NOTHING),
        (replace(FINE, adopted=False, review_on=None), Next.ADOPT),
        (replace(FINE, review_on=None), Next.DATE),
    ],
)
def test_the_most_pressing_thing_is_next(known: Known, step: Next) -> None:
    assert next_of(known, TODAY) == step


def test_every_step_but_nothing_has_words() -> None:
    assert {step for step in Next if not str(WORDS[step])} == {Next.NOTHING}
