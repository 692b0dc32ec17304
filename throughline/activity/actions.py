"""Verbs of the log and the post."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import models, transaction

from throughline.activity.models import ErasureDoor, Event, OutgoingMail
from throughline.kit import clock
from throughline.kit.quiet import Quiet, quiet_from

# Reserved for examples (RFC 2606): no letter can ever arrive there. People of the demo live at such addresses.
NOWHERE = ".example"


def record(
    verb: str,
    *,
    organisation_id: UUID | None,
    actor_id: UUID | None,
    actor_name: str = "",
    subject: models.Model | None = None,
    **detail: Any,
) -> Event:
    """Write one line of the log, inside the transaction of the act that it tells of."""
    return Event.objects.create(
        verb=verb,
        organisation_id=organisation_id,
        actor_id=actor_id,
        actor_name=actor_name,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        detail=detail,
        at=clock.now(),
    )


def queue_mail(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    organisation_id: UUID | None = None,
    unsubscribe: str = "",
    quiet: Quiet | None = None,
) -> OutgoingMail:
    """Put a letter in the queue; a letter with the same `key` is queued once only. To nowhere it is given up at once.

    `unsubscribe` is where mail programs can stop letters of this kind with one post; in `quiet` hours it is kept back.
    """
    letter: dict[str, Any] = {"to": to, "subject": subject, "body": body, "organisation_id": organisation_id}
    letter |= {"unsubscribe": unsubscribe, "quiet": str(quiet or "")}
    if to.lower().endswith(NOWHERE):
        letter |= {
            "body": "",
            "unsubscribe": "",
            "given_up_at": clock.now(),
            "last_error": "The address is reserved for examples.",
        }
    mail, _made = OutgoingMail.objects.get_or_create(key=key, defaults=letter)
    return mail


@transaction.atomic
def change_quiet(*, begins: str, quiet: Quiet | None) -> None:
    """Other quiet hours for letters that have not gone yet and whose key begins so; one that old hours kept back is looked at again."""
    waiting = OutgoingMail.objects.select_for_update().filter(
        key__startswith=begins, sent_at__isnull=True, given_up_at__isnull=True
    )
    for letter in waiting:
        old = quiet_from(letter.quiet)
        if old and old.until(clock.now()) == letter.due_at:
            letter.due_at = clock.now()
        letter.quiet = str(quiet or "")
        letter.save(update_fields=["due_at", "quiet"])


@contextmanager
def erasing(*, reason: str, organisation_id: UUID | None = None) -> Iterator[None]:
    """The one door through which append-only rows may be changed: for erasure and retention. Leaves an event.

    The door is a row that is deleted before the transaction ends, so no other transaction ever sees it; the
    database refuses to commit one that still stands (see `ErasureDoor`).
    """
    with transaction.atomic():
        door = ErasureDoor.objects.create(reason=reason)
        yield
        door.delete()
        record("ledger.erased", organisation_id=organisation_id, actor_id=None, reason=reason)
