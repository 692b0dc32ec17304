"""Pages of the weekly meeting: the projector, the phones that follow it, what is kept."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_action
from throughline.plans.models import Action, Goal, MeetingLine, WeeklyMeeting
from throughline.plans.weekly.actions import begin_meeting, end_meeting, turn_to, write_decision, write_step
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(goal: Goal, lead: Membership) -> WeeklyMeeting:
    return begin_meeting(by=lead)


def at(name: str, meeting: WeeklyMeeting | None = None) -> str:
    more = {"meeting_id": meeting.pk} if meeting else {}
    return str(reverse(f"plans:{name}", kwargs={"school": "harbour-bridge", **more}))


def shown(response: Any) -> str:
    return unescape(str(response.content.decode()))


def test_a_double_click_begins_one_meeting_and_writes_one_line(goal: Goal, lead: Membership) -> None:
    client, key = client_of(lead), uuid4()
    first, again = (client.post(at("begin-weekly"), {"_once": key}) for _each in range(2))
    meeting = WeeklyMeeting.objects.get()
    assert first["Location"] == again["Location"] == at("weekly-meeting", meeting)
    for name, said in (("weekly-decide", {"text": "One"}), ("weekly-step", {"title": "Two"})):
        key = uuid4()
        for _each in range(2):
            assert client.post(at(name, meeting), {**said, "_once": key}).status_code == 302
    assert sorted(MeetingLine.objects.values_list("text", flat=True)) == ["One", "Two"]
    assert Action.objects.count() == 1


def test_the_projector_walks_through_the_plan_and_hides_no_name(
    meeting: WeeklyMeeting, action: Action, lead: Membership, educator: Membership
) -> None:
    other = add_action(title="Print it", by=lead)
    change_action(action=other, waits_for=[action], by=lead)
    client = client_of(lead)
    for part, title in (("soon", action.title), ("waits", other.title), ("late", other.title)):
        with clock.standing_at(clock.now() + timedelta(days=20)):
            client.post(at("turn-weekly", meeting), {"part": part})
            page = shown(client.get(at("weekly-meeting", meeting)))
        assert title in page
        assert educator.name in page
        assert f'value="{part}" aria-current="step"' in page


def test_a_step_is_written_with_who_and_by_when(
    meeting: WeeklyMeeting, goal: Goal, lead: Membership, educator: Membership
) -> None:
    due = clock.today() + timedelta(days=7)
    said = {"title": "Ask families", "owner": educator.pk, "due_on": due.isoformat(), "goal": goal.pk}
    page = client_of(lead).post(at("weekly-step", meeting), said, follow=True)
    added = Action.objects.get()
    assert (added.owner, added.due_on, added.goal) == (educator, due, goal)
    assert "Ask families" in shown(page)
    assert "autofocus" in shown(page)


def test_what_is_refused_comes_back_as_it_was_typed(meeting: WeeklyMeeting, lead: Membership) -> None:
    page = client_of(lead).post(at("weekly-step", meeting), {"title": " ", "due_on": "2027-01-05"})
    assert page.status_code == 422 and 'value="2027-01-05"' in shown(page)
    end_meeting(meeting=meeting, by=lead)
    page = client_of(lead).post(at("weekly-decide", meeting), {"text": "Too late for this"})
    assert page.status_code == 422
    assert "Too late for this" in shown(page) and "This meeting has ended" in shown(page)


def test_phones_follow_and_hear_only_of_changes(
    meeting: WeeklyMeeting, lead: Membership, educator: Membership
) -> None:
    phone = client_of(educator)
    assert phone.get(at("weekly-meeting", meeting))["Location"] == at("weekly-follow", meeting)
    page = shown(phone.get(at("weekly-follow", meeting)))
    assert "?seen=1" in page and "<h1" in page and 'name="part"' not in page
    state = at("weekly-follow-state", meeting)
    assert phone.get(f"{state}?seen=1").status_code == 204
    write_decision(meeting=meeting, text="We begin on Monday", by=lead)
    told = phone.get(f"{state}?seen=1")
    assert "We begin on Monday" in shown(told) and "<html" not in shown(told)
    assert 'name="part"' in shown(client_of(lead).get(f"{state}?seen=1&projector=1"))
    end_meeting(meeting=meeting, by=lead)
    told = phone.get(f"{state}?seen=2")
    assert at("weekly-meeting", meeting) in shown(told) and "hx-get" not in shown(told)
    assert phone.get(at("weekly-follow", meeting))["Location"] == at("weekly-meeting", meeting)


def test_pausing_asks_for_nothing(meeting: WeeklyMeeting, educator: Membership) -> None:
    page = client_of(educator).get(at("weekly-follow", meeting) + "?paused=1")
    assert "hx-get" not in shown(page)


def test_the_summary_is_kept_and_found_again(
    meeting: WeeklyMeeting, lead: Membership, educator: Membership
) -> None:
    write_decision(meeting=meeting, text="We begin on Monday", by=lead)
    write_step(meeting=meeting, title="Ask families", owner=educator, by=lead)
    page = shown(client_of(lead).post(at("end-weekly", meeting), follow=True))
    assert "We begin on Monday" in page and "Ask families" in page and educator.name in page
    listed = shown(client_of(educator).get(at("weekly")))
    assert at("weekly-meeting", meeting) in listed
    assert "1 decision" in listed and "1 next step" in listed


def test_learners_and_other_schools_see_nothing(
    meeting: WeeklyMeeting, learner: Membership, outsider: Membership
) -> None:
    for name in ("weekly-meeting", "weekly-follow", "weekly-follow-state"):
        assert client_of(learner).get(at(name, meeting)).status_code == 404
        assert client_of(outsider).get(at(name, meeting)).status_code == 404
    assert client_of(learner).get(at("weekly")).status_code == 403


def test_an_educator_does_not_write(meeting: WeeklyMeeting, educator: Membership) -> None:
    for name in ("turn-weekly", "weekly-decide", "weekly-step", "end-weekly"):
        assert client_of(educator).post(at(name, meeting), {"part": "soon"}).status_code == 403
    assert client_of(educator).post(at("begin-weekly")).status_code == 403


def test_a_large_meeting_takes_no_more_questions_than_a_small_one(
    action: Action, lead: Membership, educator: Membership, django_assert_num_queries: Callable[..., Any]
) -> None:
    meeting = begin_meeting(by=lead)
    client = client_of(lead)
    write_decision(meeting=meeting, text="One", by=lead)
    turn_to(meeting=meeting, part="said", by=lead)
    for _round in range(2):
        client.get(at("weekly-meeting", meeting))
        with django_assert_num_queries(11):
            client.get(at("weekly-meeting", meeting))
        with django_assert_num_queries(9):
            client.get(at("weekly-follow-state", meeting) + "?seen=0")
        meeting.refresh_from_db()
        with django_assert_num_queries(4):
            client.get(at("weekly-follow-state", meeting) + f"?seen={meeting.version}")
        with django_assert_num_queries(4):
            client.get(at("weekly"))
        for number in range(5):
            due = clock.today() + timedelta(days=number)
            write_step(meeting=meeting, title=f"Step {number}", owner=educator, due_on=due, by=lead)
    end_meeting(meeting=meeting, by=lead)
    with django_assert_num_queries(6):
        client.get(at("weekly-meeting", meeting))
