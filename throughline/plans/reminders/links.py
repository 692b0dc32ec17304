"""The secrets in a letter: one that stops all letters, and for each action one that marks it as done.

Opening one does nothing, since mail scanners open everything; only a post does.
"""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from throughline.kit.ids import parse_uuid
from throughline.people.secret_links import SecretLinks
from throughline.plans.models import Reminder
from throughline.schools.tenant import is_there

DONE = SecretLinks("throughline.plans.done")
_SALT = "throughline.plans.stop"


def stop_token(reminder: Reminder) -> str:
    """Stops the letters of this member here."""
    return reminder.pk.hex + _mark(reminder.pk, reminder.stop_key)


def reminder_by_token(token: str) -> Reminder | None:
    """Whose letters it stops, as long as they belong to the organisation. One query."""
    key = parse_uuid(token[:32])
    if key is None:
        return None
    held = (
        Reminder.objects.filter(
            is_there(), pk=key, membership__joined_at__isnull=False, membership__left_at__isnull=True
        )
        .select_related("membership__person", "organisation")
        .first()
    )
    if held is None or not constant_time_compare(token[32:], _mark(held.pk, held.stop_key)):
        return None
    return held


def _mark(key: UUID, secret: str) -> str:
    return salted_hmac(_SALT, f"{key}:{secret}", algorithm="sha256").hexdigest()


def whole(name: str, **of: str) -> str:
    """The whole address of a page of this room."""
    return settings.SITE_ADDRESS + reverse(f"plans:{name}", kwargs=of)
