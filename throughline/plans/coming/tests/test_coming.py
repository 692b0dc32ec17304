"""Days that are nobody's action: whose they are, and that a letter and a calendar tell of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from throughline.elements.models import Item
from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item, remove_item
from throughline.frameworks.tree import tree
from throughline.kit import clock
from throughline.plans.calendars.actions import make_feed
from throughline.plans.citing.actions import cite_part
from throughline.plans.coming.days import Coming, What, is_mentioned
from throughline.plans.coming.queries import coming_for, coming_in
from throughline.plans.cycles import actions as cycles
from throughline.plans.cycles.checking import Found, Idea, Trial
from throughline.plans.doing.actions import change_state
from throughline.plans.models import Action, Cycle, Goal, Policy, Reminder
from throughline.plans.policies.actions import About, add_policy, change_policy, look_again
from throughline.plans.professional.actions.reflecting import set_review, write_reflection
from throughline.plans.reminders.actions import choose_reminders
from throughline.plans.reminders.digests import begin_reminding
from throughline.schools.actions import leave
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def trait(lead: Membership) -> Item:
    """What the school’s educators want to be good at."""
    begun = begin_element(
        kind="learning-framework", title="Our framework", language="en", outline=[], by=lead
    )
    words = {"title": "Feedback that is used", "text": ""}
    return add_item(element=begun, kind="educator-competency", words=words, by=lead)


def a_policy(lead: Membership, owner: Membership | None, days: int, title: str = "Credit") -> Policy:
    about = About(title, owner=owner, review_on=clock.today() + timedelta(days=days))
    return add_policy(about=about, by=lead)


def a_cycle(lead: Membership, owner: Membership | None, days: int, *, begun: bool = True) -> Cycle:
    until = clock.today() + timedelta(days=days)
    first = clock.today() - timedelta(days=30)
    trial = Trial("Cards on Friday", "Half of them", first, until)
    test = cycles.add_test(
        idea=Idea("Exit cards", "Do they say what comes next?", owner=owner), trial=trial, by=lead
    )
    held = Cycle.objects.select_related("test").get(test=test)
    return cycles.begin_cycle(cycle=held, on=first, by=lead) if begun else held


def a_piece(goal: Goal, action: Action, by: Membership, days: int) -> Any:
    change_state(action=action, state="done", by=by)
    record = goal.journey.record
    shows = [tree(record.version_id).competencies[0].id]
    done = Action.objects.select_related("goal__journey__record").get(pk=action.pk)
    again = clock.today() + timedelta(days=days)
    return cite_part(part=done, record=record, competencies=shows, by=by, recheck_on=again)


def told(member: Membership, until: timedelta = WEEK) -> list[tuple[str, str]]:
    here = Membership.objects.select_related("person", "organisation").get(pk=member.pk)
    found = coming_for(seat_of(here), since=date.min, until=clock.today() + until)
    return [(each.what.value, each.title) for each in found]


def test_each_hears_of_their_own_and_whoever_changes_the_plan_of_what_is_nobodys(
    lead: Membership, team: Membership, educator: Membership, learner: Membership
) -> None:
    a_policy(lead, educator, 3)
    a_policy(lead, None, -3, "Attendance")
    a_policy(lead, educator, 30, "Far ahead")
    a_cycle(lead, educator, -1)
    assert told(educator) == [("test", "Exit cards"), ("policy", "Credit")]
    assert told(team) == [("policy", "Attendance")]
    assert told(learner) == []
    leave(by=educator)
    assert told(lead) == [("policy", "Attendance"), ("test", "Exit cards"), ("policy", "Credit")]


def test_what_is_over_or_has_not_begun_does_not_wait(lead: Membership) -> None:
    policy = a_policy(lead, lead, 1)
    cycle = a_cycle(lead, lead, -1)
    a_cycle(lead, lead, -1, begun=False)
    assert told(lead) == [("test", "Exit cards"), ("policy", "Credit")]
    cycles.end_cycle(cycle=cycle, found=Found("C", "D", "Ask earlier"), outcome="adopt", by=lead)
    look_again(policy=policy, next_on=clock.today() + timedelta(days=300), by=lead)
    assert told(lead) == []
    change_policy(
        policy=policy, about=About("Credit", owner=lead, review_on=clock.today(), state="ended"), by=lead
    )
    assert told(lead) == []


def test_evidence_made_of_the_plan_waits_for_whoever_brought_it(
    goal: Goal, action: Action, lead: Membership, educator: Membership
) -> None:
    piece = a_piece(goal, action, educator, 3)
    assert told(educator) == [("evidence", piece.title)]
    assert told(lead) == []


def test_a_competency_of_educators_is_mentioned_to_staff_for_a_week_after_its_day(
    trait: Item, lead: Membership, educator: Membership, learner: Membership
) -> None:
    set_review(trait=trait, review_on=clock.today() - timedelta(days=2), by=lead)
    assert told(educator) == [("trait", trait.title)] == told(lead)
    assert told(learner) == []
    write_reflection(trait=trait, text="It works when I wait", by=educator)
    assert told(educator) == [("trait", trait.title)], "a letter never shows who has written"
    remove_item(item=trait, by=lead)
    assert told(educator) == []


def test_only_what_nobody_has_to_do_stops_being_mentioned() -> None:
    today, key = date(2026, 3, 2), Cycle().pk
    old = Coming(What.TRAIT, key, key, "", today - timedelta(days=8), 1, None, "")
    assert not is_mentioned(old, today)
    assert is_mentioned(replace(old, day=today - timedelta(days=7)), today)
    assert is_mentioned(replace(old, what=What.POLICY), today)


def test_one_question_for_one_and_for_many(
    lead: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seat = seat_of(lead)
    assert seat.membership.roles
    for number in range(12):
        a_policy(lead, lead, number, f"Policy {number}")
        a_cycle(lead, lead, -number)
    with django_assert_num_queries(1):
        assert len(coming_for(seat, since=date.min, until=clock.today() + 2 * WEEK)) == 24
    with django_assert_num_queries(1):
        assert len(coming_in(seat, since=date.min, whole=True)) == 24


def test_a_letter_tells_of_them_with_the_address_of_each(
    goal: Goal, action: Action, trait: Item, lead: Membership, educator: Membership
) -> None:
    policy, cycle = a_policy(lead, educator, 3), a_cycle(lead, educator, -1)
    piece = a_piece(goal, action, educator, 3)
    set_review(trait=trait, review_on=clock.today(), by=lead)
    told = letter_to(educator)
    assert "TO LOOK AT AGAIN" in told
    for title, name, key in (
        ("The policy “Credit”", "plans:policy", {"policy_id": policy.pk}),
        ("The small test “Exit cards”", "plans:small-test", {"test_id": cycle.test_id}),
        (f"The evidence “{piece.title}”", "records:evidence", {"evidence_id": piece.pk}),
        ("“Feedback that is used”", "plans:my-learning", {}),
    ):
        assert title in told
        assert reverse(name, kwargs={"school": "harbour-bridge", **key}) in told
    assert "/did/" not in told


def letter_to(member: Membership) -> str:
    from throughline.activity.models import OutgoingMail
    from throughline.plans.reminders.digests import send_digests

    choose_reminders(by=member, rhythm="daily", hour=7)
    with clock.standing_at(Reminder.objects.get(membership=member).next_at or clock.now()):
        assert send_digests() == 1
    mail = OutgoingMail.objects.get()
    assert mail.subject == f"To look at again: {member.organisation.name}"
    return str(mail.body)


def test_whoever_looks_after_a_policy_is_written_to_without_any_action(
    lead: Membership, educator: Membership
) -> None:
    add_policy(about=About("No day", owner=lead), by=lead)
    a_policy(lead, educator, 30)
    assert begin_reminding() == 1
    assert Reminder.objects.get().membership == educator


def events(client: Client, token: str) -> dict[str, Any]:
    answer = client.get(reverse("plans:calendar", kwargs={"token": token}))
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(each["SUMMARY"]): each for each in found}


def test_a_calendar_shows_follows_and_cancels_them(
    client: Client, trait: Item, lead: Membership, educator: Membership
) -> None:
    policy, cycle = a_policy(lead, educator, 3), a_cycle(lead, educator, 5)
    a_policy(lead, lead, 3, "Of the lead")
    set_review(trait=trait, review_on=clock.today() + WEEK, by=lead)
    token = make_feed(by=educator).token
    found = events(client, token)
    assert set(found) == {
        "Look at the policy again: Credit",
        "Small test ends: Exit cards",
        "Look at your practice again: Feedback that is used",
    }
    assert str(found["Small test ends: Exit cards"]["URL"]).endswith(f"/plan/tests/{cycle.test_id}/")
    first = found["Look at the policy again: Credit"]
    assert first.decoded("DTSTART") == policy.review_on
    again = clock.today() + timedelta(days=300)
    look_again(policy=policy, next_on=again, by=educator)
    cycles.end_cycle(cycle=cycle, found=Found("C", "D", "Ask earlier"), outcome="adopt", by=lead)
    set_review(trait=trait, review_on=None, by=lead)
    found = events(client, token)
    moved = found["Look at the policy again: Credit"]
    assert (moved["UID"], moved.decoded("DTSTART")) == (first["UID"], again)
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    assert "Done: Exit cards" in found
    assert found["Canceled: Feedback that is used"]["STATUS"] == "CANCELLED"


def test_what_somebody_reflects_on_changes_nothing_in_any_calendar(
    client: Client, trait: Item, lead: Membership, educator: Membership
) -> None:
    set_review(trait=trait, review_on=clock.today(), by=lead)
    tokens = [make_feed(by=member, scope="all").token for member in (lead, educator)]
    before = [events(client, token) for token in tokens]
    assert all("Look at your practice again: Feedback that is used" in found for found in before)
    write_reflection(trait=trait, text="It works when I wait", by=educator)
    assert [events(client, token) for token in tokens] == before


def test_the_whole_plan_holds_what_others_look_after(
    client: Client, lead: Membership, educator: Membership
) -> None:
    a_policy(lead, lead, 3)
    assert "Look at the policy again: Credit" in events(client, make_feed(by=educator, scope="all").token)
