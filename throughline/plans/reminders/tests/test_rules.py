"""When a letter comes, and what stands in it first."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from throughline.plans.reminders.rules import Mine, among, next_moment, sorted_out

CHICAGO = ZoneInfo("America/Chicago")
TODAY = date(2026, 3, 2)  # a Monday


def mine(number: int, days: int | None = None, waiting: tuple[str, ...] = ()) -> Mine:
    return Mine(
        UUID(int=number),
        f"Action {number}",
        None if days is None else TODAY + timedelta(days=days),
        True,
        waiting,
    )


def test_each_action_stands_once_where_it_matters_most() -> None:
    late, later, soon, asked, new = (
        mine(1, -9, ("Ada",)),
        mine(2, -1),
        mine(3, 0),
        mine(4, 90, ("Ada",)),
        mine(5),
    )
    known, far = mine(6, 30), mine(7, 8)
    digest = sorted_out(
        [known, new, asked, soon, later, late, far],
        known=[str(known.id), str(far.id)],
        today=TODAY,
        rhythm="weekly",
    )
    assert (digest.overdue, digest.soon, digest.awaited, digest.new) == (
        [late, later],
        [soon],
        [asked],
        [new],
    )
    assert digest


def test_who_hears_each_day_hears_of_fewer_days() -> None:
    found = {
        rhythm: sorted_out([mine(1, 5)], known=[str(UUID(int=1))], today=TODAY, rhythm=rhythm)
        for rhythm in ("daily", "weekly")
    }
    assert not found["daily"]
    assert found["weekly"].soon


def moment(rhythm: str, after: datetime, weekday: int = 0, hour: int = 7) -> datetime | None:
    return next_moment(rhythm, weekday=weekday, hour=hour, zone=CHICAGO, after=after)


def test_a_letter_comes_at_the_hour_of_their_own_clock() -> None:
    assert moment("daily", datetime(2026, 3, 2, 12, 59, tzinfo=UTC)) == datetime(2026, 3, 2, 13, tzinfo=UTC)
    assert moment("daily", datetime(2026, 3, 2, 13, tzinfo=UTC)) == datetime(2026, 3, 3, 13, tzinfo=UTC)


def test_also_when_the_clocks_change() -> None:
    assert moment("daily", datetime(2026, 3, 7, 13, tzinfo=UTC)) == datetime(2026, 3, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize("weekday", range(7))
def test_once_a_week_comes_on_its_day(weekday: int) -> None:
    found = moment("weekly", datetime(2026, 3, 4, 13, tzinfo=UTC), weekday=weekday)
    assert found is not None
    assert found.astimezone(CHICAGO).weekday() == weekday
    assert timedelta(0) < found - datetime(2026, 3, 4, 13, tzinfo=UTC) <= timedelta(days=7)


def test_never_is_never() -> None:
    assert moment("never", datetime(2026, 3, 4, tzinfo=UTC)) is None


def test_names_of_those_who_wait_stand_once() -> None:
    one = UUID(int=1)
    assert among([(one, "Ada"), (one, "Ravi"), (one, "Ada")]) == {one: ("Ada", "Ravi")}
