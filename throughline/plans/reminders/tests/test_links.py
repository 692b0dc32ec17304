"""The links of a letter: opening does nothing, a post does one thing for one person, and what is withdrawn is dead."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from throughline.activity.models import Event
from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.models import Action, DoneLink, LogEntry, Reminder
from throughline.plans.reminders.actions import (
    choose_reminders,
    forget_links,
    make_done_link,
    withdraw_links,
)
from throughline.plans.reminders.links import stop_token
from throughline.plans.reminders.queries import THANKS_FOR
from throughline.schools.actions import leave
from throughline.schools.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(educator: Membership, action: Action) -> Reminder:
    """The educator's reminders."""
    return choose_reminders(by=educator, rhythm="daily")


@pytest.fixture
def token(held: Reminder, action: Action) -> str:
    """The secret of a link that marks their action as done."""
    return make_done_link(held, action.pk)


def opened(client: Client, token: str) -> str:
    """The page that the link leads to."""
    answer = client.get(reverse("plans:done-link", kwargs={"token": token}))
    assert answer.status_code == 302
    assert token not in answer["Location"]
    return str(answer["Location"])


def state_of(action: Action) -> str:
    return Action.objects.get(pk=action.pk).state


def test_a_scanner_that_opens_everything_does_nothing(client: Client, token: str, action: Action) -> None:
    page = opened(client, token)
    answer = client.get(page)
    assert action.title in answer.content.decode()
    client.head(page)
    assert client.post(reverse("plans:done-link", kwargs={"token": token})).status_code == 405
    assert (state_of(action), DoneLink.objects.get().used_at) == ("planned", None)


def test_the_owner_says_that_it_is_done_without_signing_in(
    client: Client, token: str, action: Action
) -> None:
    page = opened(client, token)
    answer = client.post(page, {"text": "It went well."}, follow=True)
    assert "Marked as done" in answer.content.decode()
    assert state_of(action) == "done"
    line = LogEntry.objects.get(action=action)
    assert (line.by_id, line.text) == (action.owner_id, "It went well.")
    assert Event.objects.latest("at").actor_id == action.owner_id
    assert token not in str(DoneLink.objects.values_list()) + str(Event.objects.values_list())
    client.post(page)
    assert LogEntry.objects.filter(action=action).count() == 1


def test_a_used_link_shows_nothing_after_a_while_and_does_nothing_when_the_action_is_open_again(
    client: Client, token: str, action: Action, educator: Membership
) -> None:
    page = opened(client, token)
    client.post(page)
    change_state(action=action, state="under-way", by=educator)
    client.post(page)
    assert state_of(action) == "under-way"
    with clock.standing_at(clock.now() + THANKS_FOR + timedelta(seconds=1)):
        assert client.get(page).status_code == 404


def gives_away(action: Action, owner: Membership, other: Membership) -> None:
    Action.objects.filter(pk=action.pk).update(owner=other)


def is_given_up(action: Action, owner: Membership, other: Membership) -> None:
    change_state(action=action, state="dropped", by=owner)


def goes(action: Action, owner: Membership, other: Membership) -> None:
    leave(by=owner)


def withdraws(action: Action, owner: Membership, other: Membership) -> None:
    withdraw_links(by=owner)


def is_shut_out(action: Action, owner: Membership, other: Membership) -> None:
    owner.person.is_active = False
    owner.person.save()


def waits_long(action: Action, owner: Membership, other: Membership) -> None:
    DoneLink.objects.update(expires_at=clock.now())


@pytest.mark.parametrize("what", [gives_away, is_given_up, goes, withdraws, is_shut_out, waits_long])
def test_a_link_is_dead_when(
    what: Callable[..., None],
    client: Client,
    token: str,
    action: Action,
    educator: Membership,
    team: Membership,
) -> None:
    page = opened(client, token)
    assert client.get(page).status_code == 200
    what(action, educator, team)
    before = state_of(action)
    assert client.get(page).status_code == 404
    assert client.post(page).status_code == 404
    assert client.get(opened(Client(), token)).status_code == 404
    assert state_of(action) == before


def test_a_link_that_died_does_not_come_to_life_again(
    client: Client, token: str, action: Action, educator: Membership, team: Membership
) -> None:
    page = opened(client, token)
    gives_away(action, educator, team)
    assert forget_links() == 1
    Action.objects.filter(pk=action.pk).update(owner=educator)
    assert client.post(page).status_code == 404


def test_links_that_still_work_are_kept(token: str) -> None:
    assert forget_links() == 0


def test_wrong_secrets_and_cookies_of_others_open_nothing(
    client: Client, token: str, held: Reminder, lead: Membership, educator: Membership
) -> None:
    other = add_action(title="Another", owner=educator, by=lead)
    first = opened(client, make_done_link(held, other.pk))
    assert client.get(opened(Client(), "x" * 43)).status_code == 404
    second = opened(Client(), token)
    assert first != second
    assert client.get(second).status_code == 404  # this browser has the cookie of the first only


def test_a_mail_program_stops_the_letters_with_one_post(client: Client, held: Reminder) -> None:
    there = reverse("plans:no-mail", kwargs={"token": stop_token(held)})
    assert "Stop these emails?" in client.get(there).content.decode()
    held.refresh_from_db()
    assert held.rhythm == "daily"
    answer = Client(enforce_csrf_checks=True).post(there, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    held.refresh_from_db()
    assert (held.rhythm, held.next_at) == ("never", None)
    assert "No more reminders" in client.post(there).content.decode()


def test_a_link_that_stops_letters_is_scoped_and_withdrawn(
    client: Client, held: Reminder, educator: Membership, team: Membership
) -> None:
    other = choose_reminders(by=team, rhythm="weekly")
    mixed = other.pk.hex + stop_token(held)[32:]
    for wrong in (mixed, stop_token(held)[:-1], "x", held.pk.hex):
        assert client.post(reverse("plans:no-mail", kwargs={"token": wrong})).status_code == 404
    old = stop_token(held)
    withdraw_links(by=educator)
    assert client.post(reverse("plans:no-mail", kwargs={"token": old})).status_code == 404
    held.refresh_from_db()
    there = reverse("plans:no-mail", kwargs={"token": stop_token(held)})
    leave(by=educator)
    assert client.post(there).status_code == 404
    assert set(Reminder.objects.values_list("rhythm", flat=True)) == {"daily", "weekly"}


def test_pages_of_links_tell_nobody_where_one_came_from(client: Client, token: str, held: Reminder) -> None:
    for there in (opened(client, token), reverse("plans:no-mail", kwargs={"token": stop_token(held)})):
        answer = client.get(there)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
