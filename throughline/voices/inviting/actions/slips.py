"""Slips: one-time codes that are given out on paper. They are known to nobody but whoever holds the sheet."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.groups import BY_CODE
from throughline.voices.locks import held
from throughline.voices.models import Asked, Listening, Slip
from throughline.voices.policy import may_run
from throughline.voices.queries import part_of
from throughline.voices.spool.marks import code_hash, new_code

MOST_SLIPS = 2_000  # on one sheet
_AT_ONCE = 500


@transaction.atomic
def make_slips(*, asked: Asked, count: int, by: Membership) -> list[str]:
    """New codes for a group, to be printed now: of each only a hash is kept. Raises `ValidationError`."""
    listening = _running(asked, by)
    row = Asked.objects.select_for_update().get(pk=asked.pk, organisation=by.organisation_id)
    if not row.by_code:
        raise ValidationError(
            {"count": _("This group does not answer by code. Change how it is asked first.")}
        )
    if not 0 < count <= MOST_SLIPS:
        raise ValidationError(
            {"count": _("Choose a number from %(least)d to %(most)d.") % {"least": 1, "most": MOST_SLIPS}}
        )
    slips = Slip.objects.filter(organisation=by.organisation_id, asked=row)
    sheet = (slips.aggregate(last=Max("sheet"))["last"] or 0) + 1
    codes = [new_code() for _each in range(count)]
    Slip.objects.bulk_create(
        [
            Slip(organisation_id=by.organisation_id, asked=row, code_hash=code_hash(code), sheet=sheet)
            for code in sorted(codes)  # not in the order in which they lie on the paper
        ],
        batch_size=_AT_ONCE,
    )
    note("voices.slips-made", by=by, subject=listening, title=listening.title, group=_name(row), sheet=sheet)
    return codes


@transaction.atomic
def withdraw_sheet(*, asked: Asked, sheet: int, by: Membership) -> int:
    """Codes of a sheet that was lost open nothing any more; how many. What was answered with them stays."""
    listening = _running(asked, by)
    rows = Slip.objects.filter(organisation=by.organisation_id, asked=asked, sheet=sheet, withdrawn=False)
    gone = rows.update(withdrawn=True)
    if gone:
        note(
            "voices.slips-withdrawn",
            by=by,
            subject=listening,
            title=listening.title,
            group=_name(asked),
            sheet=sheet,
        )
    return gone


def _running(asked: Asked, by: Membership) -> Listening:
    listening = held(asked.listening, by)
    may_run(part_of(listening, by)).enforce()
    if listening.state == Listening.State.CLOSED:
        raise ValidationError(_("This listening is closed."))
    return listening


def _name(asked: Asked) -> str:
    return str(BY_CODE[asked.group].name)
