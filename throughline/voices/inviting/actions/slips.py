"""Slips: one-time codes that are given out on paper. They are known to nobody but whoever holds the sheet."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.inviting.actions.running import held_by_code, name_of, next_sheet, running
from throughline.voices.models import Asked, Slip, WaitingLetter, WrittenTo
from throughline.voices.spool.marks import code_hash, new_code

MOST_SLIPS = 2_000  # on one sheet
AT_ONCE = 500


@transaction.atomic
def make_slips(*, asked: Asked, count: int, by: Membership) -> list[str]:
    """New codes for a group, to be printed now: of each only a hash is kept. Raises `ValidationError`."""
    listening = running(asked, by)
    row = held_by_code(asked, listening, "count")
    if not 0 < count <= MOST_SLIPS:
        raise ValidationError(
            {"count": _("Choose a number from %(least)d to %(most)d.") % {"least": 1, "most": MOST_SLIPS}}
        )
    sheet = next_sheet(row)
    codes = [new_code() for _each in range(count)]
    keep_codes(row, codes, sheet)
    note(
        "voices.slips-made", by=by, subject=listening, title=listening.title, group=name_of(row), sheet=sheet
    )
    return codes


def keep_codes(asked: Asked, codes: Iterable[str], sheet: int, *, by_mail: bool = False) -> None:
    """Of codes that are given out their hashes, in an order that tells nothing of to whom they go."""
    Slip.objects.bulk_create(
        [
            Slip(
                organisation_id=asked.organisation_id,
                asked=asked,
                code_hash=code_hash(code),
                sheet=sheet,
                by_mail=by_mail,
            )
            for code in sorted(codes)  # not in the order in which they lie on the paper, or stand in a list
        ],
        batch_size=AT_ONCE,
    )


@transaction.atomic
def withdraw_sheet(*, asked: Asked, sheet: int, by: Membership) -> int:
    """Codes of a sheet open nothing any more; how many. What was answered with them stays.

    Letters of it that still wait are not sent, and a new list may hold all its addresses again.
    """
    listening = running(asked, by)
    of_sheet = {"organisation": by.organisation_id, "asked": asked, "sheet": sheet}
    gone = Slip.objects.filter(**of_sheet, withdrawn=False).update(withdrawn=True)
    WaitingLetter.objects.filter(**of_sheet).delete()
    WrittenTo.objects.filter(**of_sheet).delete()
    if gone:
        note(
            "voices.slips-withdrawn",
            by=by,
            subject=listening,
            title=listening.title,
            group=name_of(asked),
            sheet=sheet,
        )
    return gone
