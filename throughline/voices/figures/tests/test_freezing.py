"""What may be shown is kept once, as it was at closing, and read from there alone."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from throughline.elements.adopting.freezing import written_down
from throughline.schools.models import Membership
from throughline.voices.asking.actions import ask_group
from throughline.voices.figures import words
from throughline.voices.figures.comparing import uneven
from throughline.voices.figures.freezing import freeze
from throughline.voices.figures.queries import figures_before, figures_of
from throughline.voices.figures.reading import result_of
from throughline.voices.figures.suppression import Said, Together, Way
from throughline.voices.figures.tests.heard import GRADES, answers, closed, handed_in, questioned
from throughline.voices.models import Answer, Asked, Listening, Tally

pytestmark = pytest.mark.django_db


def test_what_is_kept_stays_when_the_answers_are_gone(listening: Listening) -> None:
    learners = questioned(listening, "learner", "timely")
    handed_in(learners, "code", answers(learners, {0: 4, 2: 6, 3: 9, 4: 5, -1: 3}))
    kept = freeze(closed(listening))
    Answer.objects.all().delete()
    Tally.objects.all().delete()
    assert freeze(listening) == kept == figures_of(listening)
    assert kept.digest == hashlib.sha256(written_down(kept.content)).hexdigest()
    (figure,) = result_of(kept).figures
    assert (figure.said, figure.favorable, figure.of, figure.does_not_apply) == (Said.COUNTS, 14, 24, 3)
    assert [(part.steps, part.count) for part in figure.parts] == [
        ((0,), 4), ((1,), 0), ((2,), 6), ((3,), 9), ((4,), 5),
    ]  # fmt: skip
    assert figure.text() == "learner: timely?"


def test_ways_are_apart_and_those_by_code_have_an_interval(listening: Listening) -> None:
    learners = questioned(listening, "learner", "timely")
    handed_in(learners, "code", answers(learners, {1: 10, 4: 10}))
    handed_in(learners, "link", answers(learners, {1: 9, 3: 9}))
    by_code, by_link = result_of(freeze(closed(listening))).units
    assert (by_code.way, by_code.people, by_link.way, by_link.people) == (Way.INVITED, 20, Way.LINK, 18)
    interval = by_code.figures[0].interval
    assert interval and interval.of == 40 and interval.low < 20 < interval.high
    assert by_link.figures[0].interval is None


def test_a_school_may_count_two_groups_as_one(listening: Listening, lead: Membership) -> None:
    ask_group(listening=listening, group="board", by=lead)
    Asked.objects.filter(group="board").update(counted_with="family")
    families, board = (questioned(listening, group, "timely") for group in ("family", "board"))
    handed_in(families, "code", answers(families, {1: 8, 4: 8}))
    handed_in(board, "code", answers(board, {4: 4}))
    (unit,) = result_of(freeze(closed(listening))).units
    assert (unit.groups, unit.together, unit.people) == (("family", "board"), Together.PLANNED, 20)
    assert unit.figures[0].favorable == 12
    assert [asking.group for asking in unit.figures[0].asking] == ["family", "board"]


def test_a_group_that_is_too_small_is_to_be_heard_in_a_conversation(listening: Listening) -> None:
    for group, many in (("learner", 20), ("family", 6)):
        asked = questioned(listening, group, "timely")
        handed_in(asked, "link", answers(asked, {1: many // 2, 4: many // 2}))
    kept = freeze(closed(listening))
    result = result_of(kept)
    assert result.too_small == ("family",)
    assert [unit.groups for unit in result.units] == [("learner",)]


def test_cuts_are_kept_with_their_words(listening: Listening) -> None:
    listening.background = [GRADES]
    listening.save()
    learners = questioned(listening, "learner", "timely")
    for cell, counts in (("k-5", {0: 4, 4: 2}), ("6-8", {0: 4, 4: 6}), ("9-12", {1: 8, 3: 8}), ("", {4: 2})):
        handed_in(learners, "code", answers(learners, counts, cell))
    result = result_of(freeze(closed(listening)))
    (figure,) = result.figures
    cells = figure.cuts["grade-band"]
    assert [(cell.choices, cell.favorable, cell.of) for cell in cells] == [
        (("k-5", "6-8", ""), 10, 18),
        (("9-12",), 8, 16),
    ]
    assert words.cell_words(result, "grade-band", cells[0].choices) == (
        "Up to grade 5, Grades 6 to 8 and those who would rather not say"
    )
    assert uneven(result) == ()
    assert result.choice_words("grade-band", "k-5", "es") == "Hasta el grado 5"
    assert result.choice_words("grade-band", "6-8", "es") == "Grades 6 to 8"


def test_freezing_and_reading_take_few_queries(listening: Listening) -> None:
    for group in ("learner", "family"):
        asked = questioned(listening, group, *(f"indicator-{n}" for n in range(12)))
        handed_in(asked, "code", answers(asked, {1: 10, 4: 10}))
    closed(listening)
    with CaptureQueriesContext(connection) as sent:
        freeze(listening)
    assert len([each for each in sent if "SAVEPOINT" not in each["sql"]]) == 6
    with CaptureQueriesContext(connection) as sent:
        kept = figures_of(listening)
        assert kept and len(result_of(kept).figures) == 24
    assert len(sent) == 1
    assert figures_before(listening) is None


def test_whose_experience_differs_is_told_as_a_question_to_the_school(listening: Listening) -> None:
    listening.background = [GRADES]
    listening.save()
    learners = questioned(listening, "learner", "timely", "useful")
    for cell, counts in (("k-5", {0: 12, 4: 8}), ("6-8", {0: 8, 4: 12}), ("9-12", {1: 5, 3: 15})):
        handed_in(learners, "code", answers(learners, counts, cell))
    result = result_of(freeze(closed(listening)))
    first, _second = uneven(result)
    assert words.uneven_words(result, first) == (
        "This is not the same for everybody. Grades 9 to 12: 15 of 20 said often or always. "
        "Up to grade 5: 8 of 20 said often or always. What does the school do differently here?"
    )


def test_what_came_two_ways_is_told_for_each_and_in_all(listening: Listening) -> None:
    learners = questioned(listening, "learner", "timely")
    for way in ("code", "link"):
        handed_in(learners, way, answers(learners, {1: 5, 4: 5}))
    by_code, _by_link = result_of(freeze(closed(listening))).units
    assert words.answered_words(by_code) == "10 answered this way; in all, 20 of 40 invited answered."
    assert words.cautions(by_code) == []
