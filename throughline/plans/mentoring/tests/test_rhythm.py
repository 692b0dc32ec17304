"""When two meet next, and whether they keep their rhythm."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from throughline.plans.mentoring.rhythm import GRACE, due_on, keeps_rhythm

BEGUN, MET = date(2026, 9, 1), date(2026, 9, 15)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_the_day_that_they_set_counts_before_their_rhythm() -> None:
    assert due_on(begun=BEGUN, met=None, planned=None, every_weeks=2) == date(2026, 9, 15)
    assert due_on(begun=BEGUN, met=MET, planned=None, every_weeks=3) == date(2026, 10, 6)
    assert due_on(begun=BEGUN, met=MET, planned=date(2026, 9, 20), every_weeks=3) == date(2026, 9, 20)
    assert due_on(begun=BEGUN, met=MET, planned=date(2026, 9, 10), every_weeks=1) == date(2026, 9, 22)


def test_a_week_more_is_still_in_rhythm() -> None:
    last = MET + timedelta(weeks=2) + GRACE
    assert keeps_rhythm(begun=BEGUN, met=MET, every_weeks=2, today=last)
    assert not keeps_rhythm(begun=BEGUN, met=MET, every_weeks=2, today=last + timedelta(days=1))


@given(days, days, st.integers(1, 26))
def test_what_is_due_lies_after_the_last_meeting(begun: date, met: date, weeks: int) -> None:
    assert due_on(begun=begun, met=met, planned=None, every_weeks=weeks) > met
    assert keeps_rhythm(begun=begun, met=met, every_weeks=weeks, today=met)
