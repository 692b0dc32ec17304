"""What the verbs of slips and letters ask first."""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.schools.models import Membership
from throughline.voices.groups import BY_CODE
from throughline.voices.locks import held
from throughline.voices.models import Asked, Listening, Slip
from throughline.voices.policy import may_run
from throughline.voices.queries import part_of


def running(asked: Asked, by: Membership) -> Listening:
    """The listening, held, for somebody who may run it. Raises `Refused`, and `ValidationError` once it is closed."""
    listening = held(asked.listening, by)
    may_run(part_of(listening, by)).enforce()
    if listening.state == Listening.State.CLOSED:
        raise ValidationError(_("This listening is closed."))
    return listening


def held_by_code(asked: Asked, listening: Listening, field: str) -> Asked:
    """The group of this listening, held, if it answers by code. Raises `ValidationError` on `field`."""
    rows = Asked.objects.select_for_update().filter(organisation=listening.organisation_id)
    row = rows.get(pk=asked.pk, listening=listening)
    if not row.by_code:
        raise ValidationError({field: _("This group does not answer by code. Change how it is asked first.")})
    return row


def next_sheet(asked: Asked) -> int:
    """The number of the next sheet of a group that is held."""
    slips = Slip.objects.filter(organisation=asked.organisation_id, asked=asked)
    return (slips.aggregate(last=Max("sheet"))["last"] or 0) + 1


def name_of(asked: Asked) -> str:
    """What the group is called."""
    return str(BY_CODE[asked.group].name)
