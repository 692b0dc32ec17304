"""How far raters agree: known values, the published table, and promises that hold for every spread."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.journeys.spread.consensus import (
    Agreement,
    assess,
    by_counting,
    by_eijk,
    dispute_key,
    eijk_a,
    extremes_needed,
    outside_allowed,
    rare_steps,
)

AGREE, LEAN, SPLIT, NONE = Agreement.AGREE, Agreement.LEAN, Agreement.SPLIT, Agreement.NONE
spreads = st.lists(st.integers(0, 40), min_size=2, max_size=7).filter(any)
small_teams = st.lists(st.integers(1, 4), min_size=1, max_size=9)


def counted(ratings: list[int], steps: int = 4) -> list[int]:
    return [ratings.count(step) for step in range(1, steps + 1)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([12, 0, 0, 0], 1.0),
        ([0, 0, 7, 0, 0], 1.0),
        ([5, 5, 5, 5], 0.0),
        ([6, 0, 0, 6], -1.0),
        ([6, 0, 0, 0, 6], -1.0),
        ([0, 6, 6, 0], 2 / 3),
        ([0, 4, 4, 4], 1 / 3),
        ([6, 0, 6, 0], -1 / 6),
        ([0, 3, 7, 0], 0.8),
        ([10, 10], 0.0),
        ([30, 40, 210, 130, 530, 50, 10], 0.61133),  # the worked example of the R package agrmt
    ],
)
def test_van_der_eijk_a_has_its_known_values(counts: list[int], expected: float) -> None:
    assert eijk_a(counts) == pytest.approx(expected, abs=0.00001)


@pytest.mark.parametrize(
    ("n", "outside", "extremes"),
    [(n, 2, 3) for n in (8, 9, 10)] + [(n, 3, 4) for n in (11, 12, 13)] + [(n, 4, 5) for n in (14, 15, 16)],
)
def test_counting_reproduces_the_published_table(n: int, outside: int, extremes: int) -> None:
    assert (outside_allowed(n), extremes_needed(n)) == (outside, extremes)
    assert by_counting([outside, n - outside, 0, 0]) is AGREE
    assert by_counting([outside + 1, n - outside - 1, 0, 0]) is LEAN
    assert by_counting([extremes, n - 2 * extremes, extremes, 0]) is SPLIT
    assert by_counting([extremes - 1, n - 2 * extremes + 1, extremes, 0]) is LEAN


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ([0, 0, 0, 0], NONE),
        ([0, 1, 0, 0], AGREE),
        ([0, 2, 0, 0], AGREE),
        ([0, 1, 1, 0], LEAN),
        ([1, 0, 1, 0], SPLIT),
        ([1, 0, 0, 1], SPLIT),
        ([0, 2, 1, 0], LEAN),
        ([1, 4, 1, 2], LEAN),
        ([3, 0, 5, 0], SPLIT),
        ([0, 1, 4, 0], AGREE),
        ([1, 0, 4, 0], LEAN),
        ([2, 2, 2, 2], LEAN),
        ([3, 2, 1, 3], SPLIT),
        ([0, 3, 7, 0], AGREE),
        ([0, 4, 6, 0], LEAN),
        ([5, 0, 0, 5], SPLIT),
        ([3, 3, 2, 2], SPLIT),
        ([3, 3], LEAN),
    ],
)
def test_a_spread_gets_its_word(counts: list[int], word: Agreement) -> None:
    assert assess(counts).word is word


def test_a_reading_carries_what_the_page_explains() -> None:
    small = assess([1, 4, 1, 2])
    assert (small.median, small.n, small.rule, small.a, small.far) == (2.0, 8, "counting", None, 2)
    assert rare_steps([1, 4, 1, 2]) == {4}
    large = assess([0, 14, 6, 1])
    assert (large.median, large.n, large.rule, large.far) == (2.0, 21, "van-der-eijk", 1)
    assert large.a == pytest.approx(eijk_a([0, 14, 6, 1]))
    assert assess([1, 1, 0, 0]).median == 1.5
    assert assess([0, 0, 0, 0]).median is None


def test_from_ten_raters_a_far_voice_takes_a_tenth() -> None:
    assert eijk_a([0, 33, 4, 3]) >= 0.8
    assert assess([0, 33, 4, 3]).word is AGREE
    assert eijk_a([0, 24, 3, 3]) == 0.8
    assert assess([0, 24, 3, 3]).word is LEAN


def test_an_even_count_has_its_median_between_two_steps() -> None:
    assert rare_steps([2, 2, 1, 0]) == frozenset()
    assert rare_steps([2, 2, 0, 0]) == frozenset()
    assert rare_steps([3, 3, 0, 1]) == {4}
    assert rare_steps([0, 0, 0, 0]) == frozenset()


def test_the_most_disputed_comes_first() -> None:
    spread_out, ends, agreed, leaning = [3, 3, 2, 2], [5, 0, 0, 5], [0, 9, 0, 0], [0, 4, 6, 0]
    ordered = sorted(
        ([0] * 4, agreed, leaning, spread_out, ends), key=lambda counts: dispute_key(assess(counts))
    )
    assert ordered == [ends, spread_out, leaning, agreed, [0] * 4]


def test_what_is_no_spread_is_refused() -> None:
    for wrong in ([], [3], [1, -1, 2]):
        with pytest.raises(ValueError, match="two steps"):
            assess(wrong)
    with pytest.raises(ValueError, match="nobody rated"):
        eijk_a([0, 0, 0, 0])


def test_where_the_rules_meet_they_are_never_more_than_one_word_apart() -> None:
    words = [AGREE, LEAN, SPLIT]
    spreads_of_ten = [counts for counts in product(range(11), repeat=4) if sum(counts) == 10]
    assert len(spreads_of_ten) == 286
    for counts in spreads_of_ten:
        assert abs(words.index(by_counting(counts)) - words.index(by_eijk(counts))) <= 1, counts


@given(spreads)
def test_a_mirrored_scale_reads_the_same(counts: list[int]) -> None:
    there, back = assess(counts), assess(counts[::-1])
    assert (there.word, there.far, there.a) == (back.word, back.far, back.a)
    assert rare_steps(counts[::-1]) == {len(counts) + 1 - step for step in rare_steps(counts)}


@given(spreads)
def test_a_stays_in_its_range_and_depends_on_shares_only(counts: list[int]) -> None:
    assert -1 <= eijk_a(counts) <= 1
    assert eijk_a([3 * held for held in counts]) == eijk_a(counts)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=8))
def test_below_ten_a_far_voice_always_prevents_agree(ratings: list[int]) -> None:
    median = assess(counted(ratings)).median
    assert median is not None
    for far in (step for step in range(1, 5) if abs(step - median) >= 2):
        joined = assess(counted([*ratings, far]))
        assert joined.word is not AGREE or joined.far == 0
        if len(ratings) > 1:  # with two, the median moves half-way to the newcomer
            assert joined.word is not AGREE


@given(small_teams)
def test_a_team_that_agrees_has_nobody_far_and_most_on_one_step(ratings: list[int]) -> None:
    reading = assess(counted(ratings))
    if reading.word is AGREE:
        assert reading.far == 0
        assert max(counted(ratings)) >= len(ratings) - outside_allowed(len(ratings))


@given(st.integers(1, 300), st.integers(1, 4))
def test_all_on_one_step_agree(n: int, step: int) -> None:
    reading = assess(counted([step] * n))
    assert (reading.word, reading.median, reading.variance) == (AGREE, step, 0)
