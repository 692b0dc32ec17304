"""Figures in sentences: counts, cautions, where groups agree, what changed."""

from throughline.voices.figures import words
from throughline.voices.figures.comparing import Seen, Tendency, agreements, changes, contradicted
from throughline.voices.figures.estimating import Interval, interval_of
from throughline.voices.figures.suppression import Part, Way
from throughline.voices.figures.tests.shown import result

CODE, LINK = Way.INVITED, Way.LINK


def test_a_figure_is_a_count_in_words() -> None:
    told = result({("learner", CODE): {1: 17, 3: 20, 4: 11}})
    assert words.sentence(told.figures[0]) == "31 of 48 said often or always."
    told = result({("learner", CODE): {1: 17, 3: 20, 4: 11}}, young=True)
    assert words.sentence(told.figures[0]) == "31 of 48 said a lot or always."


def test_nearly_everybody_is_no_figure() -> None:
    told = result({("learner", CODE): {1: 2, 4: 30}, ("family", CODE): {0: 30, 3: 1}})
    assert [words.sentence(figure) for figure in told.figures] == [
        "Of 32, nearly all said often or always.",
        "Of 31, hardly anybody said often or always.",
    ]


def test_steps_that_are_shown_as_one_are_named_as_one() -> None:
    assert words.part_words(Part((0, 1), 5), "how-often") == "Never or rarely"
    assert words.part_words(Part((0, 1, 2), 5), "how-often") == "Never, rarely or sometimes"
    assert words.part_words(Part((4,), 5), "how-often", young=True) == "Always"


def test_cautions_are_told() -> None:
    low, by_link = result({("learner", CODE): {1: 8, 4: 8}, ("family", LINK): {1: 40, 4: 40}}).units
    assert words.answered_words(low) == "16 of 60 invited answered."
    assert [told[:20] for told in words.cautions(low)] == ["Few of those invited"]
    assert [told[:20] for told in words.cautions(by_link)] == ["More answered than w", "Whoever had the link"]
    (unknown,) = result({("learner", CODE): {1: 8, 4: 8}}, invited=None).units
    assert [told[:20] for told in words.cautions(unknown)] == ["It is not known how "]


def test_groups_that_differ_are_named_without_blame() -> None:
    told = result({("learner", CODE): {1: 25, 4: 15}, ("educator", CODE): {1: 6, 4: 40}})
    (found,) = agreements(told, "feedback")
    assert found.seen is Seen.APART
    assert words.agreement_words(found) == (
        "The groups see this differently. School staff, by code: 40 of 46 said often or always. "
        "Learners, by code: 15 of 40 said often or always. Ask both what they have in mind."
    ).replace("School staff", words.groups_words(["educator"]))
    assert [figure.unit.groups for figure in contradicted(told, "feedback")] == [("learner",)]


def test_a_difference_that_may_be_chance_is_not_called_one() -> None:
    few = {("learner", CODE): {1: 6, 4: 6}, ("educator", CODE): {1: 3, 4: 9}}
    assert [each.seen for each in agreements(result(few, invited=400), "feedback")] == [Seen.BETWEEN]
    near = {("learner", CODE): {1: 16, 4: 24}, ("educator", CODE): {1: 15, 4: 25}}
    assert [each.seen for each in agreements(result(near), "feedback")] == [Seen.ALIKE]


def test_ways_of_one_group_are_not_set_against_each_other() -> None:
    assert (
        agreements(result({("learner", CODE): {1: 30, 4: 5}, ("learner", LINK): {1: 5, 4: 30}}), "feedback")
        == ()
    )


def test_a_change_is_told_only_for_the_same_question_to_the_same_group() -> None:
    before = result({("learner", CODE): {1: 25, 4: 15}, ("family", CODE): {1: 3, 4: 5}})
    now = result({("learner", CODE): {1: 10, 4: 30}, ("family", CODE): {1: 13, 4: 15}})
    (change,) = changes(now, before).values()
    assert change.tendency is Tendency.MORE
    assert words.change_words(change) == (
        "More said so than last time. Then: 15 of 40 said often or always. Now: 30 of 40 said often or always."
    )
    assert changes(now, None) == {}
    other = result({("learner", CODE): {1: 10, 4: 30}}, edited=True, words={"en": {"text": "Another?"}})
    assert changes(other, before) == {}


def test_intervals_narrow_down_the_more_of_the_invited_answered() -> None:
    # Wilson's interval for 30 of 50 is 0.462 to 0.724; with hardly anybody missing it closes.
    wide = interval_of(30, 50, 1_000_000)
    assert wide and (round(wide.low / 1000), round(wide.high / 1000)) == (462, 724)
    assert interval_of(30, 50, 60) == Interval(32, 40, 60)
    assert interval_of(30, 50, 50) == Interval(30, 30, 50)
    assert interval_of(30, 50, 40) is None
