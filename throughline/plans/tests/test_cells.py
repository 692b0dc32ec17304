"""How many people are shown: nothing below five, and nothing below five by subtraction."""

from collections.abc import Callable
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from throughline.plans.cells import LEAST, in_all, parts_of, shown

numbers = st.integers(min_value=0, max_value=40)
tables = st.lists(st.lists(numbers, max_size=6), max_size=5)


def published(table: list[list[int]]) -> object:
    """Everything that a page says of a table: its cells, the sum of each row, and the sum of all."""
    cells = [[shown(number) for number in row] for row in table]
    return cells, [in_all(row) for row in cells], in_all(cell for row in cells for cell in row)


def test_five_is_shown_and_four_is_not() -> None:
    assert (shown(5), shown(4), shown(0)) == (5, None, None)


@given(numbers)
def test_nothing_below_five_is_ever_shown(number: int) -> None:
    assert shown(number) == (number if number >= LEAST else None)


@given(tables, st.data())
def test_whatever_stands_in_the_small_cells_everything_published_is_the_same(
    table: list[list[int]], data: st.DataObject
) -> None:
    other = [
        [data.draw(st.integers(0, LEAST - 1)) if number < LEAST else number for number in row]
        for row in table
    ]
    assert published(other) == published(table)


@given(st.lists(numbers, min_size=1, max_size=8))
def test_a_sum_is_never_more_than_it_says_and_says_when_something_comes_on_top(row: list[int]) -> None:
    told = in_all(map(shown, row))
    if told is None:
        assert max(row) < LEAST
        return
    assert told.number <= sum(row)
    assert told.more == any(number < LEAST for number in row)
    if not told.more:
        assert told.number == sum(row)


def consistent(parts: list[int | None], whole: int) -> list[set[int]]:
    """What each part could be, for somebody who knows the whole and what is published (an attacker that tries all)."""
    ranges: list[Callable[[], range]] = [lambda: range(whole + 1) for _part in parts]
    fits = [
        guess
        for guess in product(*(each() for each in ranges))
        if sum(guess) == whole and parts_of(guess) == parts
    ]
    return [{guess[place] for guess in fits} for place in range(len(parts))]


def test_whoever_knows_the_whole_cannot_work_out_a_small_part() -> None:
    for whole in range(1, 16):
        for part in range(whole + 1):
            told = parts_of([part, whole - part])
            for number, possible in zip((part, whole - part), consistent(told, whole), strict=True):
                assert number in possible
                assert number >= LEAST or len(possible) > 1, (part, whole)


def test_parts_are_shown_all_or_not_at_all() -> None:
    assert parts_of([6, 9]) == [6, 9]
    assert parts_of([6, 4]) == parts_of([4, 6]) == [None, None]
    assert parts_of([12, 0]) == [None, None]
