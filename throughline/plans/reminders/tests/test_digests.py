"""One letter for each time that somebody chose, over real SMTP, whatever happens to the mail server or the worker."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from throughline.activity import post
from throughline.activity.models import OutgoingMail
from throughline.activity.tests.sink import Sink
from throughline.activity.tests.test_post import mail_server_at
from throughline.kit import clock
from throughline.plans.doing.actions import add_action, change_state
from throughline.plans.models import Action, DoneLink, Reminder, Waits
from throughline.plans.reminders.actions import choose_reminders
from throughline.plans.reminders.digests import begin_reminding, send_digests
from throughline.schools.actions import leave
from throughline.schools.models import Membership

pytestmark = pytest.mark.django_db

MONDAY = datetime(2030, 3, 4, tzinfo=UTC)
SEVEN = MONDAY + timedelta(hours=7)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _early_on_a_monday() -> Iterator[None]:
    with clock.standing_at(MONDAY):
        yield


@pytest.fixture
def late(lead: Membership, educator: Membership) -> Action:
    """Something of the educator that is overdue."""
    due = MONDAY.date() - timedelta(days=3)
    return add_action(title="Write the first rubric", owner=educator, due_on=due, by=lead)


def at(moment: datetime) -> int:
    """One round of the worker at this moment."""
    with clock.standing_at(moment):
        begin_reminding()
        send_digests()
        return post.deliver_due()


def text_of(letter: Message) -> str:
    return bytes(letter.get_payload(decode=True)).decode()


def test_a_letter_says_what_matters_most_first(lead: Membership, educator: Membership, late: Action) -> None:
    soon = add_action(
        title="Ask the families", owner=educator, due_on=MONDAY.date() + timedelta(days=4), by=lead
    )
    asked = add_action(title="Choose the rooms", owner=educator, by=lead)
    other = add_action(title="Print the plan", owner=lead, by=lead)
    Waits.objects.create(organisation=lead.organisation, action=other, on=asked)
    helps = add_action(title="Read the drafts", owner=lead, helpers=[educator], by=lead)
    with Sink() as sink, mail_server_at(sink.port):
        assert at(MONDAY) == 0
        assert at(SEVEN) == 2  # the lead has something new too
    (arrived,) = [each for each in sink.letters if each["To"] == educator.person.email]
    text = text_of(arrived)
    places = [text.index(each.title) for each in (late, soon, asked, helps)]
    assert places == sorted(places)
    assert "(Kofi Mensah waiting)" in text or f"({lead.name} waiting)" in text
    assert arrived["Subject"] == f"1 action is overdue: {educator.organisation.name}"
    assert text.count("/did/") == 3  # nobody marks as done what they only help with
    (stop,) = set(re.findall(r"http\S+/no-mail/\S+", text))
    assert arrived["List-Unsubscribe"].strip() == f"<{stop}>"


def test_an_hour_without_a_mail_server_loses_and_doubles_nothing(educator: Membership, late: Action) -> None:
    choose_reminders(by=educator, rhythm="daily", hour=7)
    with Sink() as gone:
        port = gone.port
    with mail_server_at(port):
        for minute in range(0, 60, 5):
            assert at(SEVEN + timedelta(minutes=minute)) == 0
    (mail,) = OutgoingMail.objects.all()
    assert (mail.sent_at, mail.given_up_at) == (None, None)
    with Sink() as back, mail_server_at(back.port):
        for minute in range(60, 300, 5):
            at(SEVEN + timedelta(minutes=minute))
    assert [each["To"] for each in back.letters] == [educator.person.email]
    assert late.title in text_of(back.letters[0])


def test_a_worker_that_dies_after_queuing_or_comes_late_writes_one_letter(
    educator: Membership, late: Action
) -> None:
    choose_reminders(by=educator, rhythm="daily", hour=7)
    with Sink() as sink, mail_server_at(sink.port):
        with clock.standing_at(SEVEN):
            send_digests()
            Reminder.objects.update(next_at=SEVEN)  # as if the row had not been saved
            send_digests()
        assert at(SEVEN + 5 * HOUR) == 1
        assert at(SEVEN + timedelta(days=3, hours=2)) == 1  # three days later: one, not three
        assert at(SEVEN + timedelta(days=3, hours=3)) == 0
    assert len(sink.letters) == 2


def test_there_is_no_letter_with_nothing_to_say(educator: Membership, lead: Membership) -> None:
    far = MONDAY.date() + timedelta(days=90)
    add_action(title="Far ahead", owner=educator, due_on=far, by=lead)
    choose_reminders(by=educator, rhythm="daily", hour=7)
    with Sink() as sink, mail_server_at(sink.port):
        assert [at(SEVEN + timedelta(days=day)) for day in range(3)] == [
            1,
            0,
            0,
        ]  # it was new on the first day


def test_what_was_new_in_a_letter_that_was_given_up_is_new_again(
    educator: Membership, lead: Membership
) -> None:
    add_action(title="Far ahead", owner=educator, by=lead)
    choose_reminders(by=educator, rhythm="daily", hour=7)
    with Sink(refuse={educator.person.email: "550 No such person"}) as sink, mail_server_at(sink.port):
        assert at(SEVEN) == 0
    assert OutgoingMail.objects.get().given_up_at is not None
    with Sink() as sink, mail_server_at(sink.port):
        assert [at(SEVEN + timedelta(days=day)) for day in (1, 2)] == [1, 0]
    assert "Far ahead" in text_of(sink.letters[0])


def test_never_means_never_and_who_has_left_hears_nothing(
    educator: Membership, lead: Membership, team: Membership, late: Action
) -> None:
    add_action(title="Of the team", owner=team, by=lead)
    choose_reminders(by=educator, rhythm="never")
    choose_reminders(by=team, rhythm="daily", hour=7)
    leave(by=team)
    with Sink() as sink, mail_server_at(sink.port):
        assert at(SEVEN + timedelta(days=8)) == 0
    assert sink.letters == []


def test_a_letter_that_was_held_up_waits_for_the_end_of_quiet_hours(
    educator: Membership, late: Action
) -> None:
    educator.person.time_zone = "America/Chicago"
    educator.person.save()
    choose_reminders(by=educator, rhythm="daily", hour=18, quiet_from=20, quiet_until=6)
    six_there = MONDAY + timedelta(hours=24)
    with Sink() as gone:
        port = gone.port
    with mail_server_at(port):
        for minute in range(0, 180, 5):
            at(six_there + timedelta(minutes=minute))
    with Sink() as back, mail_server_at(back.port):
        for hour in range(3, 12):
            assert at(six_there + hour * HOUR) == 0
        assert at(six_there + 12 * HOUR) == 1


def test_an_hour_in_quiet_hours_is_refused(educator: Membership) -> None:
    with pytest.raises(ValidationError) as refused:
        choose_reminders(by=educator, rhythm="daily", hour=22, quiet_from=20, quiet_until=6)
    assert set(refused.value.message_dict) == {"hour"}
    with pytest.raises(ValidationError) as refused:
        choose_reminders(by=educator, rhythm="daily", hour=8, quiet_from=20)
    assert set(refused.value.message_dict) == {"quiet_until"}


@pytest.mark.usefixtures("translated")
def test_it_is_in_their_language(educator: Membership, late: Action) -> None:
    educator.person.language = "es"
    educator.person.save()
    with Sink() as sink, mail_server_at(sink.port):
        assert at(MONDAY) + at(SEVEN) == 1
    assert f"Hola, {educator.name}" in text_of(sink.letters[0]) or "Hola" in text_of(sink.letters[0])
    assert "1 de marzo de 2030" in text_of(sink.letters[0])


def test_where_no_letters_go_out_none_is_written(
    educator: Membership, late: Action, settings: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # type: ignore[attr-defined]
    begin_reminding()
    with clock.standing_at(SEVEN + timedelta(days=7)):
        assert send_digests() == 0
    assert not OutgoingMail.objects.exists() and not DoneLink.objects.exists()


def test_many_actions_take_no_more_questions_than_their_links(
    educator: Membership,
    lead: Membership,
    late: Action,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(20):
        add_action(title=f"Helped with {number}", owner=lead, helpers=[educator], by=lead)
    choose_reminders(by=educator, rhythm="daily", hour=7)
    with clock.standing_at(SEVEN), django_assert_max_num_queries(16):
        assert send_digests() == 1
    assert DoneLink.objects.count() == 1


def test_what_is_done_is_in_no_letter(educator: Membership, late: Action) -> None:
    change_state(action=late, state="done", by=educator)
    with Sink() as sink, mail_server_at(sink.port):
        assert at(MONDAY) + at(SEVEN) == 0
