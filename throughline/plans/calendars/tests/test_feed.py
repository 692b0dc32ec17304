"""A member's calendar at its secret address: what is theirs, changes, cancellations, and nothing once they are gone."""

from datetime import date, timedelta

import icalendar
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from throughline.activity.models import Event
from throughline.kit import clock
from throughline.plans.calendars.actions import choose_scope, forget_feeds, make_feed, withdraw_feed
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.models import Action, CalendarFeed, FeedEntry, Goal, Helper
from throughline.schools.actions import leave
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db


def address(token: str) -> str:
    return reverse("plans:calendar", kwargs={"token": token})


def events(client: Client, token: str) -> dict[str, icalendar.Component]:
    answer = client.get(address(token))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert len({str(each["UID"]) for each in found}) == len(found)
    return {str(each["SUMMARY"]): each for each in found}


def hand_to(action: Action, owner: Membership) -> None:
    Action.objects.filter(pk=action.pk).update(
        owner=owner, version=action.version + 1, changed_at=clock.now()
    )


def test_it_shows_what_its_owner_owns_or_helps_with_and_nothing_else(
    client: Client, action: Action, educator: Membership, lead: Membership
) -> None:
    due = clock.today() + timedelta(days=9)
    add_action(title="Ask the families", owner=lead, helpers=[educator], due_on=due, by=lead)
    add_action(title="Not theirs", owner=lead, due_on=due, by=lead)
    add_action(title="Without a date", owner=educator, by=lead)
    found = events(client, make_feed(by=educator).token)
    assert set(found) == {"Ask the families", action.title}
    assert found["Ask the families"].decoded("DTSTART") == due
    assert str(found[action.title]["UID"]) == str(action.pk)
    assert found[action.title]["SEQUENCE"] == action.version
    assert str(found[action.title]["URL"]).endswith(
        f"/s/{educator.organisation.slug}/plan/actions/{action.pk}/"
    )
    assert found[action.title].decoded("DTSTAMP") == action.changed_at.replace(microsecond=0)


def test_changes_are_numbered_and_what_is_given_up_or_taken_away_is_canceled(
    client: Client, action: Action, educator: Membership, lead: Membership
) -> None:
    token = make_feed(by=educator).token
    other = add_action(title="Second", owner=educator, due_on=clock.today() + timedelta(days=4), by=lead)
    events(client, token)
    new_day = date.fromordinal(clock.today().toordinal() + 50)
    Action.objects.filter(pk=other.pk).update(due_on=new_day, version=2)
    change_state(action=action, state="done", by=educator)
    found = events(client, token)
    assert found["Second"].decoded("DTSTART") == new_day
    assert found["Second"]["SEQUENCE"] == 2
    assert found[f"Done: {action.title}"]["STATUS"] == "CONFIRMED"
    change_state(action=action, state="dropped", by=educator)
    hand_to(other, lead)
    Action.objects.filter(pk=other.pk).update(title="What the new owner calls it")
    found = events(client, token)
    assert {name: str(each["STATUS"]) for name, each in found.items()} == {
        f"Canceled: {action.title}": "CANCELLED",
        "Canceled: Second": "CANCELLED",
    }
    assert found["Canceled: Second"]["SEQUENCE"] == 3
    assert "DESCRIPTION" not in found["Canceled: Second"]


def test_what_has_not_changed_is_not_sent_again(client: Client, action: Action, educator: Membership) -> None:
    there = address(make_feed(by=educator).token)
    mark = client.get(there)["ETag"]
    answer = client.get(there, headers={"If-None-Match": mark})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["Cache-Control"] == "private, no-cache"
    change_state(action=action, state="under-way", by=educator)
    assert client.get(there, headers={"If-None-Match": mark}).status_code == 200


def test_a_replaced_or_withdrawn_address_shows_nothing(
    client: Client, action: Action, educator: Membership
) -> None:
    old, new = make_feed(by=educator).token, make_feed(by=educator).token
    assert client.get(address(old)).status_code == 404
    assert action.title in events(client, new)
    withdraw_feed(by=educator)
    withdraw_feed(by=educator)
    assert client.get(address(new)).status_code == 404
    assert client.get(address("x" * 43)).status_code == 404
    assert new not in str(Event.objects.values_list())
    assert not FeedEntry.objects.exists()


def test_it_stops_when_its_owner_leaves_and_does_not_come_back_with_them(
    client: Client, action: Action, educator: Membership
) -> None:
    token = make_feed(by=educator).token
    assert action.title in events(client, token)
    leave(by=educator)
    assert client.get(address(token)).status_code == 404
    assert forget_feeds() > 0
    Membership.objects.filter(pk=educator.pk).update(left_at=None)
    assert client.get(address(token)).status_code == 404


def test_the_table_holds_no_secret(educator: Membership) -> None:
    made = make_feed(by=educator)
    assert made.token not in str(CalendarFeed.objects.values_list())
    assert len(made.token) >= 43


def test_staff_may_have_the_whole_plan_with_its_goals_and_lose_it_with_their_role(
    client: Client, goal: Goal, action: Action, educator: Membership, lead: Membership
) -> None:
    Goal.objects.filter(pk=goal.pk).update(by_when=clock.today() + timedelta(days=90))
    due = clock.today() + timedelta(days=9)
    add_action(title="Of the lead", owner=lead, due_on=due, by=lead)
    token = make_feed(by=educator, scope="all").token
    assert set(events(client, token)) == {"Of the lead", action.title, f"Goal: {goal.title}"}
    educator.holdings.update(role="family")
    found = events(client, token)
    assert {name: str(each["STATUS"]) for name, each in found.items()} == {
        "Canceled: Of the lead": "CANCELLED",
        f"Canceled: {goal.title}": "CANCELLED",
        action.title: "CONFIRMED",
    }


def test_who_is_not_staff_has_a_calendar_of_what_is_theirs_only(
    client: Client, action: Action, learner: Membership
) -> None:
    with pytest.raises(PermissionDenied):
        make_feed(by=learner, scope="all")
    token = make_feed(by=learner).token
    with pytest.raises(PermissionDenied):
        choose_scope(by=learner, scope="all")
    assert events(client, token) == {}
    Helper.objects.create(organisation=action.organisation, action=action, membership=learner)
    assert set(events(client, token)) == {action.title}


@pytest.mark.usefixtures("translated")
def test_words_are_in_their_language(client: Client, action: Action, educator: Membership) -> None:
    educator.person.language = "es"
    educator.person.save()
    change_state(action=action, state="done", by=educator)
    assert list(events(client, make_feed(by=educator).token)) == [f"Hecha: {action.title}"]


def test_asking_takes_as_many_questions_for_one_date_as_for_many(
    client: Client,
    action: Action,
    educator: Membership,
    lead: Membership,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    there = address(make_feed(by=educator).token)
    client.get(there)
    with django_assert_num_queries(7):  # two of them begin and end the transaction
        client.get(there)
    for number in range(20):
        add_action(title=f"Action {number}", owner=educator, due_on=clock.today(), by=lead)
    client.get(there)
    with django_assert_num_queries(7):
        assert client.get(there).content.count(b"BEGIN:VEVENT") == 21


def test_its_owner_sees_the_address_once(action: Action, educator: Membership) -> None:
    theirs = client_of(educator)
    page = reverse("plans:reminders", kwargs={"school": educator.organisation.slug})
    make = reverse("plans:calendar-make", kwargs={"school": educator.organisation.slug})
    answer = theirs.post(make, follow=True)
    link = answer.context["calendar"]["link"]
    assert link in answer.content.decode()
    assert action.title in theirs.get(link.partition(":8000")[2]).content.decode()
    again = theirs.get(page).content.decode()
    assert link not in again and "/cal/" not in again
    theirs.post(make.replace("/calendar/", "/calendar/withdraw/"))
    assert theirs.get(link.partition(":8000")[2]).status_code == 404
