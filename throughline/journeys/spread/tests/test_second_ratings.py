"""Two pictures of the same people point at nobody: the rules of `shown_again`, held to with made-up teams."""

from hypothesis import given
from hypothesis import strategies as st

from throughline.journeys.spread.looking_back import view_of
from throughline.journeys.spread.queries import (
    FEWEST_FOR_A_WORD,
    FEWEST_FOR_DOTS,
    Shown,
    second_answers,
    shown_again,
    shown_for,
    tallied,
)

steps = st.one_of(st.none(), st.integers(1, 4))
teams = st.dictionaries(st.integers(0, 40), steps, min_size=1, max_size=30)
sizes = st.integers(0, 40)


def difference(alone: dict[int, int | None], again: dict[int, int | None]) -> list[int]:
    """What laying both pictures on each other gives."""
    first, first_unsure = tallied(alone.values())
    second, second_unsure = tallied(second_answers(alone, again).values())
    return [*(b - a for a, b in zip(first, second, strict=True)), second_unsure - first_unsure]


@given(teams, teams, st.data())
def test_the_difference_holds_no_trace_of_who_did_not_rate_again(
    alone: dict[int, int | None], said: dict[int, int | None], data: st.DataObject
) -> None:
    again = {who: step for who, step in said.items() if who in alone}
    others = {who: data.draw(steps) for who in alone if who not in again}
    assert difference(alone, again) == difference({**alone, **others}, again)


@given(teams, teams)
def test_both_pictures_hold_the_same_people(
    alone: dict[int, int | None], said: dict[int, int | None]
) -> None:
    assert set(second_answers(alone, said)) == set(alone)
    assert sum(difference(alone, said)) == 0


@given(sizes, sizes)
def test_counts_of_hidden_names_show_only_when_a_change_can_be_anybody_of_five(
    alone: int, again: int
) -> None:
    shown = shown_again(False, alone, min(alone, again))
    if shown is Shown.DOTS:
        assert min(alone, again) >= FEWEST_FOR_DOTS
    if shown is Shown.WORD:
        assert alone < FEWEST_FOR_DOTS and min(alone, again) >= FEWEST_FOR_A_WORD
    assert shown in (None, shown_for(False, alone))


@given(teams.filter(lambda team: len(team) >= FEWEST_FOR_DOTS), st.data())
def test_a_move_could_be_that_of_each_who_rated_again(
    alone: dict[int, int | None], data: st.DataObject
) -> None:
    """Whoever knows both pictures, and who took part, cannot tell which of two who stood on one step moved."""
    people = sorted(alone)
    again = {who: alone[who] for who in people}
    mover, other = people[0], people[1]
    alone = {**alone, other: alone[mover]}
    again[other] = alone[mover]
    to = data.draw(steps)
    assert difference(alone, {**again, mover: to}) == difference(alone, {**again, other: to})


@given(sizes)
def test_names_show_again_where_they_show(again: int) -> None:
    assert shown_again(True, 40, again) is (Shown.NAMES if again else None)


@given(st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_looking_back_with_hidden_names_tells_words_and_never_counts(counts: list[int]) -> None:
    answered = sum(counts)
    seen = view_of(False, counts, answered)
    if answered < FEWEST_FOR_A_WORD:
        assert seen is None
        return
    assert seen is not None
    assert seen.word in ("agree", "lean", "split")
    assert len(seen.middle) in ((0,) if answered < FEWEST_FOR_DOTS else (1, 2))
