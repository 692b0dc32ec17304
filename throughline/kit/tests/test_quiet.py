"""Quiet hours are those of a clock on somebody's wall."""

from datetime import UTC, datetime

import pytest

from throughline.kit.quiet import Quiet, quiet_from

NIGHT = Quiet(20, 7, "America/Chicago")


def at(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_over_midnight_they_end_the_next_morning() -> None:
    assert NIGHT.until(at(1, 59)) is None  # 19:59 there
    assert NIGHT.until(at(2)) == at(13)
    assert NIGHT.until(at(12, 59)) == at(13)
    assert NIGHT.until(at(13)) is None


def test_inside_a_day_too() -> None:
    noon = Quiet(12, 14, "UTC")
    assert [hour for hour in range(24) if noon.has(hour)] == [12, 13]
    assert noon.until(at(13, 30)) == at(14)


def test_when_the_clocks_change_the_hour_on_the_wall_counts() -> None:
    assert NIGHT.until(datetime(2026, 3, 8, 3, tzinfo=UTC)) == datetime(2026, 3, 8, 12, tzinfo=UTC)


def test_they_are_read_as_they_were_written() -> None:
    assert quiet_from(str(NIGHT)) == NIGHT


@pytest.mark.parametrize("written", ["", "20-7", "20-7 Nowhere/At_All", "x-7 UTC"])
def test_what_cannot_be_read_is_never_quiet(written: str) -> None:
    assert quiet_from(written) is None
