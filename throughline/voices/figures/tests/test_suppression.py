"""What is shown of some answers: the rules, one by one."""

from throughline.voices.figures.cutting import Band, bands_of
from throughline.voices.figures.suppression import Parcel, Part, Said, Together, Way, parts_of, shown_of


def _parcel(group: str, way: Way, *counts: int) -> Parcel:
    return Parcel((group,), way, sum(counts), {"q": dict(enumerate(counts))})


def _shown(*parcels: Parcel) -> list[tuple[tuple[str, ...], Way, Together, int]]:
    units = shown_of(parcels, cuts=[], threshold=10).units
    return [(unit.groups, unit.way, unit.together, unit.people) for unit in units]


def test_each_way_of_a_group_is_shown_apart_or_left_out() -> None:
    by_code, by_link = _parcel("learner", Way.INVITED, 5, 0, 0, 0, 9), _parcel("learner", Way.LINK, 0, 4)
    outcome = shown_of([by_code, by_link], cuts=[], threshold=10)
    assert [(unit.way, unit.people) for unit in outcome.units] == [(Way.INVITED, 14)]
    assert outcome.left_out == (("learner",),) and outcome.too_small == ()


def test_ways_that_are_too_small_alone_are_shown_as_one() -> None:
    parcels = _parcel("educator", Way.INVITED, 3, 0, 0, 3), _parcel("educator", Way.LINK, 4, 0, 0, 3)
    assert _shown(*parcels) == [(("educator",), Way.BOTH, Together.NO, 13)]


def test_very_few_help_nobody_over_the_threshold() -> None:
    assert _shown(_parcel("educator", Way.INVITED, 4, 0, 0, 5), _parcel("educator", Way.LINK, 2)) == []


def test_kindred_groups_left_over_are_counted_together_and_children_never() -> None:
    small = [_parcel(group, Way.LINK, 3, 0, 0, 3) for group in ("community", "board", "learner", "family")]
    outcome = shown_of(small, cuts=[], threshold=10)
    assert [unit.groups for unit in outcome.units] == [("community", "board")]
    assert outcome.units[0].together is Together.LEFT_OVER
    assert outcome.too_small == ("learner", "family")


def test_nearly_everybody_is_said_in_words() -> None:
    for counts, said in (
        ((0, 0, 2, 4, 6), Said.NEARLY_ALL),
        ((5, 4, 3, 1, 1), Said.HARDLY_ANYBODY),
        ((1, 1, 1, 4, 6), Said.COUNTS),
    ):
        (unit,) = shown_of([_parcel("learner", Way.INVITED, *counts)], cuts=[], threshold=10).units
        (shown,) = unit.questions
        assert shown.said is said
        assert (shown.favorable is None) is (said is not Said.COUNTS) is (not shown.parts)


def test_a_question_that_few_answered_is_not_shown_although_the_group_is() -> None:
    parcel = Parcel(("learner",), Way.INVITED, 14, {"q": {4: 5, 0: 4, -1: 5}})
    (shown,) = shown_of([parcel], cuts=[], threshold=10).units[0].questions
    assert (shown.said, shown.of, shown.does_not_apply) == (Said.TOO_FEW, None, None)


def test_how_many_did_not_answer_is_shown_where_they_are_not_few() -> None:
    for counts, told in (({-1: 3}, (3, 0)), ({-1: 3, -2: 1}, (None, None)), ({-2: 4, -1: 5}, (5, 4))):
        people = 20 + sum(counts.values())
        parcel = Parcel(("learner",), Way.INVITED, people, {"q": {4: 10, 0: 10, **counts}})
        (shown,) = shown_of([parcel], cuts=[], threshold=10, asked_of_all=["q"]).units[0].questions
        assert (shown.does_not_apply, shown.rather_not) == told


def test_steps_that_few_chose_are_shown_with_their_neighbors_on_the_same_side() -> None:
    assert parts_of({0: 1, 1: 5, 2: 4, 3: 2, 4: 9}) == (Part((0, 1), 6), Part((2,), 4), Part((3, 4), 11))
    assert parts_of({0: 1, 1: 1, 2: 4, 3: 3, 4: 9}) == (Part((0, 1, 2), 6), Part((3,), 3), Part((4,), 9))
    assert parts_of({0: 8, 1: 7, 2: 1, 4: 9})[0] == Part((0, 1, 2), 16)
    assert parts_of({0: 5, 2: 4, 4: 9})[:3] == (Part((0,), 5), Part((1,), 0), Part((2,), 4))
    assert parts_of({0: 5, 2: 4, 4: 9}, coarse=True)[-1] == Part((3, 4), 9)


def test_cells_that_are_too_small_join_their_neighbors_in_order() -> None:
    cells = {"k-2": 4, "3-5": 8, "6-8": 30, "9-12": 5}
    bands = bands_of(cells, ("k-2", "3-5", "6-8", "9-12"), ordered=True, threshold=10)
    assert bands == (Band(("k-2", "3-5"), 12), Band(("6-8", "9-12"), 35))


def test_cells_without_an_order_are_put_together_where_each_is_too_small() -> None:
    cells = {"arts": 4, "science": 20, "trades": 8}
    bands = bands_of(cells, ("arts", "science", "trades"), ordered=False, threshold=10)
    assert bands == (Band(("science",), 20), Band(("arts", "trades"), 12))


def test_who_would_rather_not_say_is_a_cell_or_joins_the_largest() -> None:
    cells = {"arts": 14, "science": 20}
    assert bands_of({**cells, "": 3}, ("arts", "science"), False, 10)[1] == Band(("science", ""), 23)
    assert bands_of({**cells, "": 10}, ("arts", "science"), False, 10)[2] == Band(("",), 10)


def test_a_cut_with_one_cell_is_none() -> None:
    assert bands_of({"arts": 6, "science": 9, "": 2}, ("arts", "science"), False, 10) == ()
