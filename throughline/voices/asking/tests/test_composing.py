"""Composing a listening from competencies, wording it, and opening it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.schools.models import Membership
from throughline.voices.asking.actions import (
    add_own_question,
    ask_group,
    bring_back_question,
    change_group,
    change_listening,
    change_question,
    compose,
    drop_group,
    drop_question,
    extend_listening,
    open_listening,
    pause_listening,
    resume_listening,
)
from throughline.voices.asking.estimate import blocks_that_help, load, will_be_visible
from throughline.voices.models import Asked, Listening, Question

pytestmark = pytest.mark.django_db
ABOUT = ["stakeholder-buy-in", "learning-is-constant-time-is-variable"]


def of(listening: Listening, group: str) -> list[Question]:
    rows = Question.objects.filter(asked__listening=listening, asked__group=group)
    return list(rows.order_by("position"))


def test_each_group_is_asked_what_it_can_witness(listening: Listening, lead: Membership) -> None:
    compose(listening=listening, competencies=ABOUT, languages=["en", "es"], by=lead)
    learners, families = of(listening, "learner"), of(listening, "family")
    assert {each.competency for each in learners if each.competency} == set(ABOUT)
    assert all(each.code.endswith((".learner", ".purpose-vision")) for each in learners)
    assert all(set(each.words) == {"en", "es"} for each in learners + families)
    assert all(each.words["en"]["simple"] for each in learners)
    assert [each.kind for each in learners].count("open") == 1
    assert {each.words["en"]["text"] for each in learners}.isdisjoint(
        {each.words["en"]["text"] for each in families}
    )


def test_what_a_school_worded_itself_stays(listening: Listening, lead: Membership) -> None:
    compose(listening=listening, competencies=ABOUT, by=lead)
    first, second = of(listening, "learner")[:2]
    change_question(question=first, words={"en": {"text": "How often are you asked?"}}, by=lead)
    drop_question(question=second, by=lead)
    [asked] = Asked.objects.filter(listening=listening, group="learner")
    add_own_question(asked=asked, words={"en": {"text": "How often is lunch?"}}, scale="how-often", by=lead)
    compose(listening=listening, competencies=ABOUT[:1], by=lead)
    again = of(listening, "learner")
    assert again[0].words["en"]["text"] == "How often are you asked?"
    assert second.code not in {each.code for each in again}
    assert bring_back_question(asked=asked, code=second.code, by=lead).position == 2
    with pytest.raises(ValidationError):
        bring_back_question(asked=asked, code=second.code, by=lead)
    again = of(listening, "learner")
    assert second.code in {each.code for each in again}
    assert (again[-1].code, again[-1].own) == ("own-1", True)
    assert {each.competency for each in again if not each.own} == {ABOUT[0], ""}


def test_at_most_ten_questions_are_a_schools_own(listening: Listening, lead: Membership) -> None:
    [asked] = Asked.objects.filter(listening=listening, group="family")
    for number in range(10):
        add_own_question(asked=asked, words={"en": {"text": f"Question {number}?"}}, scale="how-far", by=lead)
    with pytest.raises(ValidationError):
        add_own_question(asked=asked, words={"en": {"text": "One more?"}}, scale="how-far", by=lead)


def ready(listening: Listening, lead: Membership) -> Listening:
    compose(listening=listening, competencies=ABOUT, by=lead)
    week = clock.today() + timedelta(days=7)
    return change_listening(
        listening=listening, closes_on=week, contact={"en": "The office, room 2"}, by=lead
    )


def test_what_is_missing_is_said(listening: Listening, lead: Membership) -> None:
    with pytest.raises(ValidationError) as told:
        open_listening(listening=listening, by=lead)
    assert len(told.value.messages) == 3
    assert open_listening(listening=ready(listening, lead), by=lead).state == "open"


def test_only_who_runs_it_opens_it_and_then_it_is_fixed(
    listening: Listening, lead: Membership, educator: Membership
) -> None:
    ready(listening, lead)
    with pytest.raises(Refused):
        open_listening(listening=listening, by=educator)
    open_listening(listening=listening, by=lead)
    with pytest.raises(Refused):
        compose(listening=listening, competencies=ABOUT, by=lead)
    pause_listening(listening=listening, by=lead)
    with pytest.raises(ValidationError):
        pause_listening(listening=listening, by=lead)
    resume_listening(listening=listening, by=lead)
    later = clock.today() + timedelta(days=20)
    assert extend_listening(listening=listening, closes_on=later, by=lead).closes_on == later


def test_a_long_list_is_split_only_where_enough_will_answer(listening: Listening, lead: Membership) -> None:
    learners = Asked.objects.get(listening=listening, group="learner")
    change_group(asked=learners, invited=400, by=lead)
    ready(listening, lead)
    every = [each.code for each in _competencies(listening)]
    compose(listening=listening, competencies=every, by=lead)
    open_listening(listening=listening, by=lead)
    learners.refresh_from_db()
    families = Asked.objects.get(listening=listening, group="family")
    assert (learners.blocks > 1, families.blocks) == (True, 1)
    steps = [each for each in of(listening, "learner") if each.kind == "steps"]
    assert {each.block for each in steps} == set(range(1, learners.blocks + 1))
    assert all(each.block == 0 for each in of(listening, "family"))


def _competencies(listening: Listening):  # type: ignore[no-untyped-def]
    from throughline.frameworks.tree import tree

    return tree(listening.journey.record.version_id).competencies


def test_who_was_counted_with_a_dropped_group_stands_alone(listening: Listening, lead: Membership) -> None:
    board = ask_group(listening=listening, group="board", invited=5, counted_with="family", by=lead)
    with pytest.raises(ValidationError):
        ask_group(listening=listening, group="leader", counted_with="board", by=lead)
    drop_group(asked=Asked.objects.get(listening=listening, group="family"), by=lead)
    board.refresh_from_db()
    assert board.counted_with == ""


def test_the_estimate_splits_no_more_than_answers_allow() -> None:
    assert load(30, 1).minutes == 6
    assert blocks_that_help(90, 5, 280, 10, young=False) == 4
    assert blocks_that_help(90, 5, 59, 10, young=False) == 1
    assert blocks_that_help(20, 1, 1000, 10, young=False) == 1
    assert (will_be_visible(28, 1, 10), will_be_visible(28, 3, 10), will_be_visible(None, 1, 10)) == (
        True,
        False,
        None,
    )
