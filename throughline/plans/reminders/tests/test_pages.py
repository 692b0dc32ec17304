"""The page on which members choose, and the one that shows which letters did not arrive."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from throughline.activity.actions import queue_mail
from throughline.activity.models import OutgoingMail
from throughline.kit import clock
from throughline.plans.doing.actions import add_action
from throughline.plans.models import Action, Reminder
from throughline.plans.reminders.queries import LETTER
from throughline.schools.models import Membership
from throughline.testing import client_of

pytestmark = pytest.mark.django_db

CHOICE = {"rhythm": "daily", "weekday": "2", "hour": "8", "quiet_from": "20", "quiet_until": "6"}


def page(member: Membership, name: str = "reminders") -> str:
    return reverse(f"plans:{name}", kwargs={"school": member.organisation.slug})


def test_anybody_who_belongs_chooses_for_themselves(learner: Membership, educator: Membership) -> None:
    assert client_of(learner).post(page(learner), CHOICE).status_code == 302
    held = Reminder.objects.get()
    assert held.membership == learner
    assert (held.rhythm, held.weekday, held.hour, held.quiet_from, held.quiet_until) == ("daily", 2, 8, 20, 6)
    assert held.next_at is not None
    client_of(learner).post(page(learner), {**CHOICE, "rhythm": "never", "quiet_from": "", "quiet_until": ""})
    held.refresh_from_db()
    assert held.rhythm == "never"
    assert {held.quiet_from, held.quiet_until} == {None}
    assert not Reminder.objects.filter(next_at__isnull=False).exists()


def test_what_cannot_be_is_said_on_the_form_with_what_was_chosen(learner: Membership) -> None:
    answer = client_of(learner).post(page(learner), {**CHOICE, "hour": "22"})
    assert answer.status_code == 422
    assert "This hour lies in your quiet hours." in answer.content.decode()
    assert answer.context["form"]["hour"].value() == "22"
    assert not Reminder.objects.exists()


def test_it_shows_what_a_letter_would_say(
    educator: Membership,
    lead: Membership,
    action: Action,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    theirs = client_of(educator)
    for number in range(15):
        add_action(title=f"Late {number}", owner=educator, due_on=clock.today() - timedelta(days=1), by=lead)
    theirs.get(page(educator))
    with django_assert_max_num_queries(12):
        told = theirs.get(page(educator)).content.decode()
    assert all(f"Late {number}" in told for number in range(15))
    assert action.title in told


def test_where_no_letters_go_out_the_page_says_so(educator: Membership, settings: object) -> None:
    assert "sends no email" not in client_of(educator).get(page(educator)).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # type: ignore[attr-defined]
    assert "sends no email" in client_of(educator).get(page(educator)).content.decode()


def undelivered(member: Membership, key: str, **more: object) -> None:
    mail = queue_mail(
        key=key,
        to=member.person.email,
        subject="Overdue: a secret",
        body="What it says",
        organisation_id=member.organisation_id,
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(attempts=3, last_error="451 Try later", **more)


def test_leads_see_whose_reminders_did_not_arrive_and_never_what_they_say(
    lead: Membership, educator: Membership, team: Membership, learner: Membership
) -> None:
    undelivered(educator, f"{LETTER}one")
    undelivered(team, f"{LETTER}two", given_up_at=clock.now())
    undelivered(learner, "round-reminder:three")  # would tell who has not rated yet
    told = client_of(lead).get(page(lead, "letters")).content.decode()
    assert educator.name in told and team.name in told and "451 Try later" in told
    assert learner.name not in told
    assert "secret" not in told and "What it says" not in told
    assert client_of(educator).get(page(educator, "letters")).status_code == 403


def test_letters_that_arrived_and_those_of_others_are_not_shown(
    lead: Membership, educator: Membership, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    undelivered(educator, f"{LETTER}one", sent_at=clock.now())
    OutgoingMail.objects.create(
        key=f"{LETTER}other", to="someone@example.org", subject="-", body="-", attempts=1
    )
    theirs = client_of(lead)
    assert "Everything arrived" in theirs.get(page(lead, "letters")).content.decode()
    for number in range(5):
        undelivered(educator, f"{LETTER}{number}")
    with django_assert_max_num_queries(9):
        assert len(theirs.get(page(lead, "letters")).context["letters"]) == 5
