"""The weekly meeting: one at a time, what is said becomes part of the plan, and a summary is kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from throughline.kit import clock
from throughline.kit.verdict import Refused
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.housekeeping import end_weekly
from throughline.plans.models import Action, Goal, LogEntry, MeetingLine, WeeklyMeeting
from throughline.plans.weekly.actions import (
    begin_meeting,
    end_meeting,
    turn_to,
    write_decision,
    write_step,
)
from throughline.plans.weekly.queries import due_soon, standing_now, stood_at_end
from throughline.schools.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(goal: Goal, lead: Membership) -> WeeklyMeeting:
    return begin_meeting(by=lead)


def test_pressed_twice_it_is_begun_once(lead: Membership) -> None:
    assert begin_meeting(by=lead) == begin_meeting(by=lead)
    assert WeeklyMeeting.objects.count() == 1


def test_one_goes_on_at_a_time(meeting: WeeklyMeeting, team: Membership, lead: Membership) -> None:
    with pytest.raises(ValidationError, match=lead.name):
        begin_meeting(by=team)
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyMeeting.objects.create(organisation_id=lead.organisation_id, led_by=lead)
    end_meeting(meeting=meeting, by=team)
    assert begin_meeting(by=team) != meeting


def test_only_those_who_change_the_plan_hold_it(meeting: WeeklyMeeting, educator: Membership) -> None:
    for verb in (
        lambda: begin_meeting(by=educator),
        lambda: turn_to(meeting=meeting, part="soon", by=educator),
        lambda: write_decision(meeting=meeting, text="Ours", by=educator),
        lambda: write_step(meeting=meeting, title="Ours", by=educator),
        lambda: end_meeting(meeting=meeting, by=educator),
    ):
        with pytest.raises(Refused):
            verb()
    meeting.refresh_from_db()
    assert meeting.version == 1 and not MeetingLine.objects.exists() and not Action.objects.exists()


def test_whoever_turns_leads_from_then_on(meeting: WeeklyMeeting, team: Membership) -> None:
    held = turn_to(meeting=meeting, part="waits", by=team)
    assert (held.part, held.led_by, held.version) == ("waits", team, 2)
    assert turn_to(meeting=meeting, part="waits", by=team).version == 2
    with pytest.raises(ValidationError):
        turn_to(meeting=meeting, part="gossip", by=team)


def test_a_decision_stands_in_the_log_for_good(meeting: WeeklyMeeting, lead: Membership) -> None:
    line = write_decision(meeting=meeting, text="  We meet families on Fridays.\r\n", by=lead)
    entry = LogEntry.objects.get()
    assert (entry.kind, entry.text, entry.on) == ("decided", "We meet families on Fridays.", clock.today())
    assert (line.kind, line.text, line.action) == ("decision", entry.text, None)
    for wrong in ("  ", "x" * 2001):
        with pytest.raises(ValidationError):
            write_decision(meeting=meeting, text=wrong, by=lead)
    assert MeetingLine.objects.count() == 1


def test_a_next_step_becomes_an_action(
    meeting: WeeklyMeeting, goal: Goal, lead: Membership, educator: Membership
) -> None:
    due = clock.today() + timedelta(days=7)
    line = write_step(meeting=meeting, title="Ask families", owner=educator, due_on=due, goal=goal, by=lead)
    added = Action.objects.get()
    assert line.action == added
    assert (added.title, added.owner, added.due_on, added.goal) == ("Ask families", educator, due, goal)
    with pytest.raises(ValidationError):
        write_step(meeting=meeting, title=" ", by=lead)
    assert MeetingLine.objects.count() == 1


def test_what_two_write_is_all_there_in_the_order_it_was_said(
    meeting: WeeklyMeeting, lead: Membership, team: Membership
) -> None:
    stale = WeeklyMeeting.objects.get(pk=meeting.pk)
    write_decision(meeting=meeting, text="One", by=lead)
    write_decision(meeting=stale, text="Two", by=team)
    write_step(meeting=meeting, title="Three", by=lead)
    assert [each.text for each in MeetingLine.objects.order_by("at")] == ["One", "Two", "Three"]
    meeting.refresh_from_db()
    assert meeting.version == 4


def test_nothing_is_written_after_its_end_and_nothing_of_it_changes(
    meeting: WeeklyMeeting, lead: Membership, team: Membership
) -> None:
    ended = end_meeting(meeting=meeting, by=lead)
    again = end_meeting(meeting=meeting, by=team)
    assert (again.ended_by, again.ended_at) == (lead, ended.ended_at)
    for verb in (
        lambda: write_decision(meeting=meeting, text="Late", by=lead),
        lambda: write_step(meeting=meeting, title="Late", by=lead),
        lambda: turn_to(meeting=meeting, part="soon", by=lead),
    ):
        with pytest.raises(ValidationError, match="ended"):
            verb()
    assert not Action.objects.exists()


def test_what_stood_at_the_end_is_kept_whatever_happens_to_it_afterwards(
    action: Action, lead: Membership, educator: Membership
) -> None:
    late = action.due_on
    assert late is not None
    with clock.standing_at(clock.now() + timedelta(days=40)):
        soon = add_action(title="Soon", due_on=clock.today() + timedelta(days=14), by=lead)
        add_action(title="Later", due_on=clock.today() + timedelta(days=15), by=lead)
        meeting = end_meeting(meeting=begin_meeting(by=lead), by=lead)
        change_state(action=action, state="done", by=educator)
        change_state(action=soon, state="done", by=lead)
    told = [
        (name, count, [(row.title, row.owner, row.due_on) for row in rows])
        for name, count, rows in stood_at_end(WeeklyMeeting.objects.get(pk=meeting.pk))
    ]
    assert told == [
        ("late", 1, [(action.title, educator.name, late)]),
        ("soon", 1, [("Soon", "", soon.due_on)]),
    ]
    assert educator.name not in str(meeting.stood)


def test_what_is_due_today_is_due_soon_and_what_is_done_is_not(action: Action, lead: Membership) -> None:
    today = clock.today()
    add_action(title="Today", due_on=today, by=lead)
    change_state(action=add_action(title="Done", due_on=today, by=lead), state="done", by=lead)
    now = standing_now(lead.organisation_id, today)
    assert [each.title for each in now.soon] == ["Today"]
    assert due_soon([], today) == []


def test_a_meeting_left_open_is_ended_after_twelve_hours(
    meeting: WeeklyMeeting, action: Action, lead: Membership
) -> None:
    write_decision(meeting=meeting, text="One", by=lead)
    with clock.standing_at(meeting.begun_at + timedelta(hours=11, minutes=59)):
        end_weekly()
    assert WeeklyMeeting.objects.get().is_open
    with clock.standing_at(meeting.begun_at + timedelta(hours=12)):
        end_weekly()
        end_weekly()
    ended = WeeklyMeeting.objects.get()
    assert (ended.is_open, ended.ended_by) == (False, None)
    assert ended.lines.count() == 1 and "late" in ended.stood
    assert begin_meeting(by=lead) != ended
