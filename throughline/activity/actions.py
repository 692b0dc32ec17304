"""Verbs of the log and the post."""

from typing import Any
from uuid import UUID

from django.db import models

from throughline.activity.models import Event, OutgoingMail
from throughline.kit import clock


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
    *, key: str, to: str, subject: str, body: str, organisation_id: UUID | None = None
) -> OutgoingMail:
    """Put a letter in the queue; a letter with the same `key` is queued once only."""
    mail, _made = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={"to": to, "subject": subject, "body": body, "organisation_id": organisation_id},
    )
    return mail
