"""A school's own tablet, on which many answer after each other."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.schools.log import note
from throughline.schools.models import Membership, hash_of, new_token
from throughline.voices.groups import BY_CODE
from throughline.voices.locks import held
from throughline.voices.models import Asked, Listening
from throughline.voices.policy import may_run
from throughline.voices.queries import part_of


@transaction.atomic
def open_kiosk(*, asked: Asked, by: Membership) -> str:
    """The secret of a link that makes a device one on which a group answers; an earlier link stops working.

    Raises `ValidationError` once the listening is closed.
    """
    listening = held(asked.listening, by)
    may_run(part_of(listening, by)).enforce()
    if listening.state == Listening.State.CLOSED:
        raise ValidationError(_("This listening is closed."))
    token = new_token()
    _keep(asked, hash_of(token), by)
    note("voices.kiosk-opened", by=by, subject=listening, title=listening.title, group=_name(asked))
    return token


@transaction.atomic
def close_kiosk(*, asked: Asked, by: Membership) -> None:
    """Devices that were made so stop being it."""
    listening = held(asked.listening, by)
    may_run(part_of(listening, by)).enforce()
    if _keep(asked, "", by):
        note("voices.kiosk-closed", by=by, subject=listening, title=listening.title, group=_name(asked))


def _keep(asked: Asked, kiosk_hash: str, by: Membership) -> int:
    rows = Asked.objects.filter(pk=asked.pk, organisation=by.organisation_id)
    return rows.exclude(kiosk_hash=kiosk_hash).update(kiosk_hash=kiosk_hash)


def _name(asked: Asked) -> str:
    return str(BY_CODE[asked.group].name)
