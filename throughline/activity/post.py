"""Letters leave here: at least once, never by two workers at the same time, and given up visibly.

A worker claims a letter by moving its `due_at` ahead in one conditional update. Should it die while sending, the
letter is due again when the claim has run out. No transaction is open while the mail server is spoken to.
"""

import logging
import smtplib
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from throughline.activity.actions import record
from throughline.activity.models import OutgoingMail
from throughline.kit import clock
from throughline.kit.quiet import quiet_from
from throughline.kit.registry import Registry

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=2)
# The pause after each failed attempt; after the last one the letter is given up.
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720)]
BATCH = 50
# Letters that rooms above keep for themselves and send: called in each round of the worker, after what waits here.
Deliver = Callable[[Callable[[], bool]], int]
others = Registry[Deliver]()


def deliver_due(stop: Callable[[], bool] = lambda: False) -> int:
    """Send the letters that are due, up to a batch; how many went out. `stop` is asked between two letters."""
    waiting = OutgoingMail.objects.filter(
        due_at__lte=clock.now(), sent_at__isnull=True, given_up_at__isnull=True
    ).order_by("due_at")[:BATCH]
    letters = list(waiting)
    if not letters:
        return 0
    sent = 0
    with Line() as line:
        for letter in letters:
            if stop():
                break
            if not _kept_back(letter) and _claim(letter):
                sent += _send(letter, line)
    return sent


class Line:
    """One connection to the mail server for a whole batch, opened again after an error."""

    def __init__(self) -> None:
        self.backend: BaseEmailBackend = get_connection()

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.backend.close()

    def again(self) -> None:
        """Forget a connection that may be in an unknown state."""
        try:
            self.backend.close()
        except OSError:
            log.debug("The broken line to the mail server could not be closed")
        self.backend = get_connection()


def _kept_back(letter: OutgoingMail) -> bool:
    """In their quiet hours nobody gets a letter, however long it has been waiting: it is due when these end."""
    quiet = quiet_from(letter.quiet)
    until = quiet.until(clock.now()) if quiet else None
    if until is not None:
        OutgoingMail.objects.filter(pk=letter.pk, due_at=letter.due_at).update(due_at=until)
    return until is not None


def _claim(letter: OutgoingMail) -> bool:
    mine = OutgoingMail.objects.filter(pk=letter.pk, due_at=letter.due_at, sent_at__isnull=True)
    letter.attempts += 1
    return mine.update(due_at=clock.now() + CLAIM, attempts=F("attempts") + 1) == 1


def _send(letter: OutgoingMail, line: Line) -> int:
    try:
        line.backend.open()
        _message(letter, line.backend).send()
    except Exception as error:  # whatever goes wrong with one letter must not keep the others
        line.again()
        _failed(letter, error)
        return 0
    OutgoingMail.objects.filter(pk=letter.pk).update(
        sent_at=clock.now(), body="", unsubscribe="", last_error=""
    )
    return 1


def _message(letter: OutgoingMail, backend: BaseEmailBackend) -> EmailMessage:
    """The message id is the letter's: a mail reader that gets it twice shows it once."""
    headers = headers_of(letter.pk)
    if letter.unsubscribe:  # RFC 8058
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers, connection=backend)


def headers_of(key: UUID) -> dict[str, str]:
    """Of any letter of ours: `key` makes one that comes twice known as the same."""
    host = settings.SITE_ADDRESS.partition("://")[2].partition(":")[0]
    return {"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"}


def _failed(letter: OutgoingMail, error: Exception) -> None:
    said = f"{type(error).__name__}: {error}"[:300]
    if letter.attempts > len(PAUSES) or is_final(error):
        _give_up(letter, said)
        return
    log.warning("A letter was not sent (attempt %s): %s", letter.attempts, type(error).__name__)
    again = clock.now() + PAUSES[letter.attempts - 1]
    OutgoingMail.objects.filter(pk=letter.pk).update(due_at=again, last_error=said)


def is_final(error: Exception) -> bool:
    """The mail server knows the address and will never take it."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _said in error.recipients.values())


def _give_up(letter: OutgoingMail, said: str) -> None:
    log.error("The letter %s was given up after %s attempts", letter.pk, letter.attempts)
    with transaction.atomic():
        OutgoingMail.objects.filter(pk=letter.pk).update(
            given_up_at=clock.now(), last_error=said, body="", unsubscribe=""
        )
        record(
            "mail.given-up",
            organisation_id=letter.organisation_id,
            actor_id=None,
            subject=letter,
            attempts=letter.attempts,
        )
