"""Actions: who does what by when, and how it goes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.doing.actions import (
    add_action,
    change_action,
    change_due,
    change_state,
    move_action,
)
from throughline.plans.log import in_words
from throughline.plans.models import Action, Goal, LogEntry
from throughline.schools.models import Membership

pytestmark = pytest.mark.django_db


def test_who_owns_an_action_says_that_it_is_done(action: Action, educator: Membership) -> None:
    done = change_state(action=action, state="done", text="Took three meetings.", by=educator)
    assert (done.state, done.state_on, done.version) == ("done", clock.today(), 2)
    [line] = LogEntry.objects.filter(action=action)
    assert (line.text, line.data) == ("Took three meetings.", {"state": ["planned", "done"]})


def test_others_do_not(action: Action, learner: Membership) -> None:
    with pytest.raises(Refused):
        change_state(action=action, state="done", by=learner)


def test_a_day_that_has_not_come_is_refused(action: Action, educator: Membership) -> None:
    with pytest.raises(ValidationError):
        change_state(action=action, state="done", on=clock.today() + timedelta(days=1), by=educator)


def test_an_action_is_not_due_before_it_starts(lead: Membership) -> None:
    today = clock.today()
    with pytest.raises(ValidationError) as told:
        add_action(title="Backwards", starts_on=today, due_on=today - timedelta(days=1), by=lead)
    assert "due_on" in told.value.message_dict


def test_a_word_without_another_state_is_a_line_of_the_log(action: Action, educator: Membership) -> None:
    told = change_state(action=action, state="planned", text="We met once.", by=educator)
    [line] = LogEntry.objects.filter(action=action)
    assert (told.version, line.kind, line.text, line.data) == (1, "happened", "We met once.", {})


def test_changing_an_action_leaves_what_is_not_said(action: Action, lead: Membership) -> None:
    changed = change_action(action=action, title=" Write  two rubrics ", by=lead)
    assert (changed.title, changed.owner, changed.due_on, changed.version) == (
        "Write two rubrics",
        action.owner,
        action.due_on,
        2,
    )
    assert not LogEntry.objects.filter(action=action).exists()


def test_nothing_new_is_no_change(action: Action, lead: Membership) -> None:
    assert change_action(action=action, title=action.title, owner=action.owner, by=lead).version == 1


def test_another_day_and_another_owner_stand_in_the_log_with_the_reason(
    action: Action, lead: Membership
) -> None:
    due = action.due_on
    assert due is not None
    change_action(action=action, owner=lead, due_on=due + timedelta(days=7), why="Illness.", by=lead)
    [line] = LogEntry.objects.filter(action=action)
    assert line.text == "Illness."
    assert [each.split(" ")[0] for each in in_words(line)] == ["Due", "It"]


def test_who_changes_what_somebody_else_has_changed_hears_of_it(action: Action, lead: Membership) -> None:
    change_action(action=action, title="Theirs", by=lead)
    with pytest.raises(ValidationError):
        change_action(action=action, title="Ours", seen_version=1, by=lead)
    action.refresh_from_db()
    assert action.title == "Theirs"


def test_educators_change_no_action(action: Action, educator: Membership) -> None:
    with pytest.raises(Refused):
        change_action(action=action, title="Mine", by=educator)


def test_the_owner_gives_another_day_and_says_why(action: Action, educator: Membership) -> None:
    later = clock.today() + timedelta(days=60)
    with pytest.raises(ValidationError) as told:
        change_due(action=action, due_on=later, by=educator)
    assert "why" in told.value.message_dict
    assert change_due(action=action, due_on=later, why="The room is not free.", by=educator).due_on == later
    assert LogEntry.objects.get(action=action).text == "The room is not free."


def test_who_helps_does_not_change_the_day(action: Action, lead: Membership, learner: Membership) -> None:
    change_action(action=action, helpers=[learner], by=lead)
    with pytest.raises(Refused):
        change_due(action=action, due_on=None, why="Mine", by=learner)
    assert change_state(action=action, state="under-way", by=learner).state == "under-way"


def test_who_owns_an_action_does_not_help_with_it_too(
    action: Action, lead: Membership, learner: Membership
) -> None:
    change_action(action=action, helpers=[learner, lead], by=lead)
    change_action(action=action, owner=learner, by=lead)
    assert [each.membership_id for each in action.helpers.all()] == [lead.pk]


def test_waiting_in_a_circle_is_refused_and_the_circle_is_said(
    action: Action, goal: Goal, lead: Membership
) -> None:
    second = add_action(title="Try it", goal=goal, waits_for=[action], by=lead)
    third = add_action(title="Tell of it", goal=goal, waits_for=[second], by=lead)
    with pytest.raises(ValidationError) as told:
        change_action(action=action, waits_for=[third], by=lead)
    [sentence] = told.value.message_dict["waits_for"]
    assert sentence == (
        "That would be a circle: “Tell of it” waits for “Try it”; "
        "“Try it” waits for “Write the first rubric together”."
    )
    with pytest.raises(ValidationError):
        change_action(action=action, waits_for=[action], by=lead)
    assert not action.waits_for.exists()


def test_an_action_moves_to_the_end_of_another_goal(action: Action, goal: Goal, lead: Membership) -> None:
    alone = add_action(title="By itself", by=lead)
    moved = change_action(action=alone, goal=goal, by=lead)
    assert (moved.goal_id, moved.position) == (goal.pk, action.position + 1)
    assert LogEntry.objects.get(action=alone).data == {"goal": [None, str(goal.pk)]}


def test_an_action_moves_past_the_open_one_beside_it(action: Action, goal: Goal, lead: Membership) -> None:
    done = add_action(title="Done", goal=goal, by=lead)
    change_state(action=done, state="done", by=lead)
    last = add_action(title="Last", goal=goal, by=lead)
    move_action(action=last, up=True, by=lead)
    titles = goal.actions.order_by("position").values_list("title", flat=True)
    assert list(titles) == ["Last", action.title, "Done"]


def test_who_has_left_owns_nothing_new_but_stays_where_they_stood(
    action: Action, lead: Membership, educator: Membership
) -> None:
    educator.left_at = clock.now()
    educator.save()
    assert change_action(action=action, owner=educator, title="Kept", by=lead).title == "Kept"
    with pytest.raises(ValidationError) as told:
        add_action(title="New", owner=educator, by=lead)
    assert "owner" in told.value.message_dict


def test_a_year_that_nobody_can_have_meant_is_refused(action: Action, lead: Membership) -> None:
    with pytest.raises(ValidationError) as told:
        change_action(action=action, due_on=clock.today().replace(year=26), by=lead)
    assert "due_on" in told.value.message_dict
