"""What waits for what is never a circle, and why not is found. Pure."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from throughline.plans.doing.ordering import one_further
from throughline.plans.doing.waiting import way_back

NUMBERS = st.integers(0, 9)
TRIED = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=60)


def ends(waits: dict[int, list[int]]) -> bool:
    """Whether one comes to an end from everywhere: what waits for nothing is taken away until nothing is left."""
    left = {each: set(after) for each, after in waits.items()}
    while left:
        free = {each for each, after in left.items() if not after & left.keys()}
        if not free:
            return False
        for each in free:
            del left[each]
    return True


@given(TRIED)
def test_whatever_is_let_in_is_never_a_circle(tried: list[tuple[int, int]]) -> None:
    waits: dict[int, list[int]] = {}
    for one, other in tried:
        if not way_back(waits, one, other):
            waits.setdefault(one, []).append(other)
        assert ends(waits)


@given(TRIED)
def test_whatever_is_refused_would_have_been_a_circle_and_the_way_round_is_named(
    tried: list[tuple[int, int]],
) -> None:
    waits: dict[int, list[int]] = {}
    for one, other in tried:
        way = way_back(waits, one, other)
        if not way:
            waits.setdefault(one, []).append(other)
            continue
        assert (way[0], way[-1]) == (other, one)
        assert all(after in waits[each] for each, after in pairwise(way))
        assert not ends({**waits, one: [*waits.get(one, []), other]})


def test_the_shortest_way_round_is_named() -> None:
    waits = {1: [2, 5], 2: [3], 3: [4], 5: [4]}
    assert way_back(waits, 4, 1) == (1, 5, 4)
    assert way_back(waits, 1, 1) == (1,)
    assert way_back(waits, 1, 4) == ()


@given(st.lists(NUMBERS, min_size=1, unique=True), st.booleans(), st.data())
def test_what_is_moved_passes_exactly_one_that_is_seen(
    rows: list[int], up: bool, data: st.DataObject
) -> None:
    thing = data.draw(st.sampled_from(rows))
    moved = one_further(rows, thing, up, lambda each: each % 2 == 0)
    assert sorted(moved) == sorted(rows)
    assert [each for each in moved if each != thing] == [each for each in rows if each != thing]
    here, there = ([each for each in order[: order.index(thing)] if each % 2 == 0] for order in (rows, moved))
    seen_beyond = [
        each for each in (rows[: rows.index(thing)] if up else rows[rows.index(thing) + 1 :]) if each % 2 == 0
    ]
    step = (-1 if up else 1) if seen_beyond else 0
    assert len(there) - len(here) == step
