"""The agenda: minutes that come to exactly the length, the most disputed first, and nothing lost when it is changed."""

from hypothesis import given
from hypothesis import strategies as st

from throughline.journeys.meeting.agenda import (
    LONGEST,
    PRIORITIES,
    SHORTEST,
    TOGETHER,
    Fact,
    Line,
    brought_up_to_date,
    by_itself,
    in_one_go,
    in_order,
    moved,
    propose,
    share,
    shared_anew,
)
from throughline.journeys.spread.consensus import Agreement

lengths = st.integers(SHORTEST, LONGEST)
facts = st.lists(
    st.builds(
        Fact,
        key=st.uuids().map(str),
        word=st.sampled_from(Agreement),
        width=st.floats(0, 2.25),
        unsure=st.booleans(),
        bare=st.booleans(),
        priority=st.booleans(),
    ),
    max_size=80,
    unique_by=lambda fact: fact.key,
)


@given(st.lists(st.integers(1, 12), max_size=120), st.integers(0, LONGEST))
def test_minutes_come_to_exactly_the_length(weights: list[int], total: int) -> None:
    minutes = share(weights, total)
    assert len(minutes) == len(weights)
    assert sum(minutes) == (total if weights else 0)
    assert min(minutes, default=1) >= (1 if total >= len(weights) else 0)


@given(st.lists(st.integers(1, 12), min_size=2, max_size=60), st.integers(60, LONGEST))
def test_what_weighs_more_never_gets_less(weights: list[int], total: int) -> None:
    minutes = share(weights, total)
    pairs = sorted(zip(weights, minutes, strict=True))
    assert all(a[1] <= b[1] for a in pairs for b in pairs if a[0] < b[0])


@given(facts, lengths)
def test_an_agenda_names_everything_once(known: list[Fact], length: int) -> None:
    lines = propose(known, length)
    keys = [line.key for line in lines]
    assert sum(line.minutes for line in lines) == length
    assert sorted(set(keys) - {TOGETHER, PRIORITIES}) == sorted(fact.key for fact in known if not fact.easy)
    assert len(keys) == len(set(keys)) and keys[-1] == PRIORITIES
    assert (TOGETHER in keys) is any(fact.easy for fact in known)
    assert brought_up_to_date(lines, known) == lines


@given(facts)
def test_the_most_disputed_is_talked_about_first(known: list[Fact]) -> None:
    words = [fact.word for fact in in_order(known)]
    rank = {Agreement.SPLIT: 0, Agreement.LEAN: 1, Agreement.NONE: 2, Agreement.AGREE: 3}
    assert [rank[word] for word in words] == sorted(rank[word] for word in words)


@given(facts, lengths, st.data())
def test_changing_an_agenda_loses_nothing(known: list[Fact], length: int, data: st.DataObject) -> None:
    lines = propose(known, length)
    key = data.draw(st.sampled_from([line.key for line in lines]))
    later = moved(lines, key, 1)
    assert sorted(line.key for line in later) == sorted(line.key for line in lines)
    assert moved(moved(lines, key, 1), key, -1) == lines or later == lines
    assert sum(line.minutes for line in shared_anew(later, known, length)) == length
    easy = [fact.key for fact in known if fact.easy]
    if easy:
        chosen = data.draw(st.sampled_from(easy))
        apart = by_itself(lines, chosen)
        assert [line.key for line in apart].count(chosen) == 1
        assert brought_up_to_date(in_one_go(apart, chosen), known) == lines


def test_what_is_settled_drops_out_and_what_became_disputed_comes_in() -> None:
    split, agreed = Fact("a", Agreement.SPLIT), Fact("b", Agreement.AGREE)
    saved = [Line(TOGETHER, 5), Line("gone", 9), Line(PRIORITIES, 5)]
    assert brought_up_to_date(saved, [split]) == [Line("a", 0), Line(PRIORITIES, 5)]
    assert brought_up_to_date(saved, [agreed]) == [Line(TOGETHER, 5), Line(PRIORITIES, 5)]


def test_people_who_agree_and_are_guessing_talk_about_it() -> None:
    assert not Fact("a", Agreement.AGREE, unsure=True).easy
    assert [line.key for line in propose([Fact("a", Agreement.AGREE, unsure=True)], 30)] == ["a", PRIORITIES]


def test_a_priority_comes_before_a_wider_spread_of_the_same_word() -> None:
    wide, chosen = Fact("wide", Agreement.LEAN, width=2.0), Fact("chosen", Agreement.LEAN, priority=True)
    assert in_order([wide, chosen]) == [chosen, wide]
