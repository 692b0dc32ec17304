"""Letters go out over real SMTP: once when all is well, again when it was not, and never for ever."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from throughline.activity import post
from throughline.activity.actions import queue_mail
from throughline.activity.models import Event, OutgoingMail
from throughline.activity.tests.sink import Sink
from throughline.kit import clock
from throughline.kit.quiet import Quiet

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@contextmanager
def mail_server_at(port: int) -> Iterator[None]:
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=port
    ):
        yield


def letter(key: str = "one", to: str = "jonas@example.org") -> OutgoingMail:
    with clock.standing_at(NOON):
        return queue_mail(
            key=key, to=to, subject="Línea 1 ✓", body="A secret link", organisation_id=uuid.uuid4()
        )


def deliver_at(moment: datetime) -> int:
    with clock.standing_at(moment):
        return post.deliver_due()


@pytest.mark.django_db
def test_a_letter_goes_out_once_and_its_text_is_forgotten() -> None:
    mail = letter()
    with Sink() as sink, mail_server_at(sink.port):
        assert deliver_at(NOON) == 1
        assert deliver_at(NOON + timedelta(days=1)) == 0
    (arrived,) = sink.letters
    assert (arrived["To"], arrived["Auto-Submitted"]) == ("jonas@example.org", "auto-generated")
    assert arrived["From"] == settings.DEFAULT_FROM_EMAIL
    assert arrived["Message-ID"].startswith(f"<{mail.pk}@")
    assert b"A secret link" in (arrived.get_payload(decode=True) or b"")
    mail.refresh_from_db()
    assert (mail.sent_at, mail.attempts, mail.body) == (NOON, 1, "")


@pytest.mark.django_db
def test_the_same_letter_is_queued_once() -> None:
    assert letter("same").pk == letter("same").pk
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db
def test_a_letter_waits_longer_each_time_and_goes_when_the_server_is_back() -> None:
    mail = letter()
    with Sink() as gone:
        port = gone.port
    with mail_server_at(port):
        now = NOON
        for pause in post.PAUSES[:3]:
            assert deliver_at(now) == 0
            mail.refresh_from_db()
            assert mail.due_at == now + pause
            assert "refused" in mail.last_error.lower()
            assert deliver_at(mail.due_at - timedelta(seconds=1)) == 0
            now = mail.due_at
    with Sink() as back, mail_server_at(back.port):
        assert deliver_at(now) == 1
    mail.refresh_from_db()
    assert (mail.attempts, mail.last_error, len(back.letters)) == (4, "", 1)


@pytest.mark.django_db
def test_a_letter_that_never_goes_is_given_up_and_the_log_says_so() -> None:
    mail = letter()
    with Sink(refuse={mail.to: "451 Try later"}) as sink, mail_server_at(sink.port):
        for _ in range(len(post.PAUSES) + 3):
            deliver_at(NOON + timedelta(days=30) * (_ + 1))
    mail.refresh_from_db()
    assert (mail.attempts, mail.sent_at) == (len(post.PAUSES) + 1, None)
    assert mail.given_up_at is not None
    assert "451" in mail.last_error
    event = Event.objects.get()
    assert (event.verb, event.organisation_id) == ("mail.given-up", mail.organisation_id)
    assert mail.to not in str(event.detail)


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_given_up_at_once_and_others_still_go() -> None:
    wrong, right = letter("one", "nobody@example.org"), letter("two", "ravi@example.org")
    with Sink(refuse={wrong.to: "550 No such person"}) as sink, mail_server_at(sink.port):
        assert deliver_at(NOON) == 1
    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (wrong.given_up_at, wrong.attempts, right.sent_at) == (NOON, 1, NOON)


@pytest.mark.django_db
def test_a_letter_left_by_a_worker_that_died_is_taken_up_again() -> None:
    mail = letter()
    with clock.standing_at(NOON):
        assert post._claim(mail)
    with Sink() as sink, mail_server_at(sink.port):
        assert deliver_at(NOON + post.CLAIM - timedelta(seconds=1)) == 0
        assert deliver_at(NOON + post.CLAIM) == 1


@pytest.mark.django_db
def test_stopping_happens_between_two_letters() -> None:
    letter("one"), letter("two")
    with Sink() as sink, mail_server_at(sink.port), clock.standing_at(NOON):
        assert post.deliver_due(stop=lambda: len(sink.letters) == 1) == 1
    assert OutgoingMail.objects.filter(sent_at=None, attempts=0).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once() -> None:
    keys = [letter(f"letter {number}").key for number in range(20)]
    start = threading.Barrier(2)

    def work(sent: list[int]) -> Callable[[], None]:
        def run() -> None:
            try:
                start.wait(timeout=60)
                sent.append(post.deliver_due())
            finally:
                connection.close()

        return run

    with Sink() as sink, mail_server_at(sink.port):
        sent: list[int] = []
        threads = [threading.Thread(target=work(sent)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert sum(sent) == len(keys) == len({arrived["Message-ID"] for arrived in sink.letters})
    assert len(sink.letters) == len(keys)


@pytest.mark.django_db
def test_a_letter_that_can_be_stopped_says_where_and_its_secret_is_forgotten() -> None:
    stop = f"https://school.example/no-mail/{'a' * 96}"
    with clock.standing_at(NOON):
        mail = queue_mail(key="digest", to="mei@example.org", subject="Due", body="Due", unsubscribe=stop)
    with Sink() as sink, mail_server_at(sink.port):
        assert deliver_at(NOON) == 1
    (arrived,) = sink.letters
    assert arrived["List-Unsubscribe"].strip() == f"<{stop}>"
    assert arrived["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    mail.refresh_from_db()
    assert mail.unsubscribe == ""


@pytest.mark.django_db
def test_other_letters_offer_nothing_to_stop() -> None:
    letter()
    with Sink() as sink, mail_server_at(sink.port):
        deliver_at(NOON)
    assert sink.letters[0]["List-Unsubscribe"] is None


@pytest.mark.django_db
def test_in_quiet_hours_a_letter_waits_and_no_try_is_counted() -> None:
    with clock.standing_at(NOON):
        mail = queue_mail(
            key="digest", to="mei@example.org", subject="Due", body="Due", quiet=Quiet(11, 14, "UTC")
        )
    with Sink() as sink, mail_server_at(sink.port):
        assert deliver_at(NOON) == 0
        mail.refresh_from_db()
        assert (mail.due_at, mail.attempts) == (NOON + timedelta(hours=2), 0)
        assert deliver_at(NOON + timedelta(hours=2)) == 1
    assert len(sink.letters) == 1
