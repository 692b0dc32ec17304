"""Text that both engines take, ids that say what they should, and a clock that can be set."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from throughline.kit import clock
from throughline.kit.ids import opaque_id, time_ordered_id
from throughline.kit.text import clean_line, clean_text, unwrapped


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two\r\nlines\rand\nthree ", "two\nlines\nand\nthree"),
        ("nul\x00 byte", "nul byte"),
        ("e\u0301", "é"),
        ("\u202bשלום\u202c", "\u202bשלום\u202c"),
        ("\u200b\u2060 \u202e", ""),
        ("\u200bZero\u200d", "\u200bZero\u200d"),
        ("", ""),
    ],
)
def test_text_is_kept_as_it_was_meant(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    assert clean_text(clean_text(typed)) == clean_text(typed)
    assert clean_line(clean_line(typed)) == clean_line(typed)
    assert "\x00" not in clean_text(typed)
    assert "\n" not in clean_line(typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "What follows is where we stood, twice, by our own judgment; then we\ngave it back.",
            "What follows is where we stood, twice, by our own judgment; then we gave it back.",
        ),
        ("A short line\nand another", "A short line\nand another"),
        (f"{'word ' * 14}end\n- one\n- two", f"{'word ' * 14}end\n- one\n- two"),
        (f"{'word ' * 14}end\n\n{'word ' * 14}end", f"{'word ' * 14}end\n\n{'word ' * 14}end"),
        ("", ""),
    ],
)
def test_lines_that_were_only_full_run_on(typed: str, shown: str) -> None:
    assert unwrapped(typed) == shown


@given(st.text())
def test_running_on_loses_no_word(typed: str) -> None:
    assert unwrapped(typed).split() == typed.split()


def test_ordered_ids_sort_by_making_and_opaque_ones_carry_no_time() -> None:
    made = [time_ordered_id() for _ in range(1000)]
    assert made == sorted(made)
    assert len(set(made)) == 1000
    assert {each.version for each in made} == {7}
    assert (type(made[0]), opaque_id().version) == (uuid.UUID, 4)


def test_the_clock_stands_where_it_is_put_and_goes_on_afterwards() -> None:
    evening = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    with clock.standing_at(evening):
        assert clock.now() == evening
        assert clock.today() == date(2026, 3, 1)
        with timezone.override("Asia/Tokyo"):
            assert clock.today() == date(2026, 3, 2)
        with clock.standing_at(datetime(2020, 1, 1, tzinfo=UTC)):
            assert clock.now().year == 2020
        assert clock.now() == evening
    assert abs(clock.now() - timezone.now()).total_seconds() < 5
