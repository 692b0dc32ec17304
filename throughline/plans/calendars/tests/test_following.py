"""A calendar numbers what changes, cancels what is gone, and forgets what is over."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from throughline.plans.calendars.following import CANCELED_FOR, Live, Telling, Told, follow

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(days=3)
SINCE = date(2025, 2, 1)
ONE = Live(UUID(int=1), date(2026, 4, 1), "Write the rubric", version=3, at=EARLIER)
TOLD = Told(ONE.id, ONE.day, ONE.title, 3, EARLIER)


def told(before: list[Told], *live: Live, now: datetime = NOW) -> Telling:
    return follow({each.id: each for each in before}, live, since=SINCE, now=now)


def test_what_is_new_is_told_as_it_was_last_changed() -> None:
    assert told([], ONE) == Telling(told=[TOLD], changed=[TOLD])


def test_what_has_not_changed_is_told_again_and_not_written_down() -> None:
    assert told([TOLD], ONE) == Telling(told=[TOLD])


def test_a_change_carries_the_number_of_the_action() -> None:
    moved = replace(ONE, day=date(2026, 5, 1), version=5)
    (now,) = told([TOLD], moved).changed
    assert (now.day, now.sequence, now.at) == (moved.day, 5, NOW)


def test_a_change_that_nobody_counted_gets_a_higher_number_all_the_same() -> None:
    (now,) = told([TOLD], replace(ONE, title="Write it together")).changed
    assert now.sequence == 4


def test_what_was_given_up_is_canceled_and_after_a_while_forgotten() -> None:
    dropped = replace(ONE, version=4, dropped=True)
    (now,) = told([TOLD], dropped).changed
    assert (now.sequence, now.canceled_at) == (4, NOW)
    assert told([now], dropped, now=NOW + CANCELED_FOR) == Telling(told=[now])
    assert told([now], dropped, now=NOW + CANCELED_FOR + timedelta(days=1)) == Telling(forgotten=[ONE.id])


def test_what_was_given_up_before_it_was_ever_told_is_not_told() -> None:
    assert told([], replace(ONE, dropped=True)) == Telling()


def test_what_is_no_longer_theirs_is_canceled_as_they_last_read_it() -> None:
    (now,) = told([TOLD]).changed
    assert now == replace(TOLD, sequence=4, at=NOW, canceled_at=NOW)
    assert told([now]) == Telling(told=[now])
    assert told([now], now=NOW + CANCELED_FOR + timedelta(days=1)) == Telling(forgotten=[ONE.id])


def test_what_comes_back_has_a_higher_number_than_its_cancellation() -> None:
    gone = replace(TOLD, sequence=9, canceled_at=NOW)
    (back,) = told([gone], ONE).changed
    assert (back.sequence, back.canceled_at, back.at) == (10, None, NOW)


def test_what_is_long_over_is_left_out_without_a_word() -> None:
    old = replace(TOLD, day=SINCE - timedelta(days=1))
    assert told([old]) == Telling(forgotten=[old.id])
