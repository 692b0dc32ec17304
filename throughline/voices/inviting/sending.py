"""Sending the letters with codes: at least once each, the same code every time, and nothing is left of one that went.

It is done as with every other letter (`activity.post`): a claim, a pause after each failure, given up in the end. But no
row says afterwards that a letter was sent, to whom or when, and nothing of what a mail server answered is written down:
its words may hold the address.
"""

import logging
from collections.abc import Callable

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from throughline.activity.actions import NOWHERE
from throughline.activity.post import BATCH, CLAIM, PAUSES, Line, headers_of, is_final
from throughline.kit import clock
from throughline.people.middleware import zone_named
from throughline.voices.inviting.wording import body_of, spoken, subject_of
from throughline.voices.models import Listening, WaitingLetter, WrittenTo
from throughline.voices.spool.marks import address_hash, code_of

log = logging.getLogger(__name__)


def deliver_letters(stop: Callable[[], bool] = lambda: False) -> int:
    """Send letters with codes that are due, up to a batch, of listenings that are open; how many went out."""
    due = WaitingLetter.objects.filter(
        due_at__lte=clock.now(), asked__listening__state=Listening.State.OPEN
    ).order_by("due_at", "pk")
    letters = list(due.select_related("asked__listening", "asked__organisation")[:BATCH])
    if not letters:
        return 0
    sent = 0
    with Line() as line:
        for letter in letters:
            if stop():
                break
            if _claim(letter):
                sent += _send(letter, line)
    return sent


def _claim(letter: WaitingLetter) -> bool:
    """None where it was withdrawn meanwhile, its listening was closed, or another worker has it."""
    mine = WaitingLetter.objects.filter(
        pk=letter.pk, due_at=letter.due_at, asked__listening__state=Listening.State.OPEN
    )
    letter.attempts += 1
    return mine.update(due_at=clock.now() + CLAIM, attempts=F("attempts") + 1) == 1


def _send(letter: WaitingLetter, line: Line) -> int:
    if letter.to.lower().endswith(NOWHERE):
        _give_up(letter)
        return 0
    try:
        line.backend.open()
        message(letter, line).send()
    except Exception as error:  # whatever goes wrong with one letter must not keep the others
        line.again()
        _failed(letter, error)
        return 0
    WaitingLetter.objects.filter(pk=letter.pk).delete()
    return 1


def message(letter: WaitingLetter, line: Line) -> EmailMessage:
    """The letter as it goes out."""
    asked = letter.asked
    asked.listening.organisation = asked.organisation
    with (
        translation.override(spoken(letter.language)),
        timezone.override(zone_named(asked.organisation.time_zone)),
    ):
        return EmailMessage(
            subject_of(asked),
            body_of(asked, code_of(letter.seed), letter.language),
            to=[letter.to],
            headers=headers_of(letter.pk),
            connection=line.backend,
        )


def _failed(letter: WaitingLetter, error: Exception) -> None:
    if letter.attempts > len(PAUSES) or is_final(error):
        _give_up(letter)
        return
    log.warning("A letter with a code was not sent (attempt %s): %s", letter.attempts, type(error).__name__)
    again = clock.now() + PAUSES[letter.attempts - 1]
    WaitingLetter.objects.filter(pk=letter.pk).update(due_at=again)


@transaction.atomic
def _give_up(letter: WaitingLetter) -> None:
    """Who runs the listening sees how many, on the page of the ways in."""
    WaitingLetter.objects.filter(pk=letter.pk).delete()
    here = {"organisation": letter.organisation_id, "asked": letter.asked_id, "sheet": letter.sheet}
    hashed = address_hash(letter.asked_id, letter.to)
    WrittenTo.objects.filter(**here, address_hash=hashed).update(given_up=True)
