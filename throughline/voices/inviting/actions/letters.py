"""Codes by mail: one letter to each address of a list, each with a code of its own. docs/decisions/0054.

Which code goes to which address stands in the letter that waits and nowhere else; its row goes when it was sent.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.activity.mail import letters_go_out
from throughline.kit import clock
from throughline.people.wording import checked_address
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.inviting.actions.running import held_by_code, name_of, next_sheet, running
from throughline.voices.inviting.actions.slips import AT_ONCE, keep_codes
from throughline.voices.models import Asked, Listening, WaitingLetter, WrittenTo
from throughline.voices.spool.marks import address_hash, code_of, new_code, new_seed
from throughline.voices.spool.releasing import COMPANY

MOST_LETTERS = 2_000  # of one list
LIST = "addresses"  # the field that is to blame


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom to write to, and in which of the listening's languages."""

    email: str
    language: str


@transaction.atomic
def write_letters(*, asked: Asked, to: Sequence[Addressee], by: Membership) -> int:
    """Queue a letter for everybody on the list who has none yet, all or nothing; how many. Raises `ValidationError`.

    A list of fewer than ten gets ten codes, of which the rest are thrown away: nobody’s code is alone on its sheet.
    """
    listening = running(asked, by)
    if listening.state != Listening.State.OPEN:
        raise ValidationError({LIST: _("Letters can be sent while the listening is open.")})
    if listening.opens_on is not None and listening.opens_on > clock.today():
        raise ValidationError({LIST: _("Letters can be sent from the first day on.")})
    if not letters_go_out():
        raise ValidationError({LIST: _("This server sends no mail. Print slips instead.")})
    row = held_by_code(asked, listening, LIST)
    languages = _checked(to, listening)
    new = _without_letter(row, languages)
    if not new:
        raise ValidationError({LIST: _("Everybody on this list has a letter already.")})
    sheet, seeds = next_sheet(row), {address: new_seed() for address in new}
    spare = [new_code() for _each in range(COMPANY - len(new))]
    keep_codes(row, [*map(code_of, seeds.values()), *spare], sheet, by_mail=True)
    _keep_letters(row, sheet, {address: (languages[address], seed) for address, seed in seeds.items()})
    note(
        "voices.letters-written",
        by=by,
        subject=listening,
        title=listening.title,
        group=name_of(row),
        sheet=sheet,
    )
    return len(new)


def has_letter(asked: Asked) -> dict[str, bool]:
    """The hash of each address that was or will be written to → whether it could not be delivered. One query."""
    rows = WrittenTo.objects.filter(organisation=asked.organisation_id, asked=asked)
    return dict(rows.values_list("address_hash", "given_up"))


def _checked(to: Sequence[Addressee], listening: Listening) -> dict[str, str]:
    """Address → language, each address once."""
    if not 0 < len(to) <= MOST_LETTERS:
        raise ValidationError(
            {
                LIST: _("A list holds from %(least)d to %(most)d addresses.")
                % {"least": 1, "most": MOST_LETTERS}
            }
        )
    found: dict[str, str] = {}
    for each in to:
        if each.language not in listening.languages:
            raise ValidationError({LIST: _("Choose one of the languages of this listening.")})
        found.setdefault(checked_address(each.email, field=LIST), each.language)
    return found


def _without_letter(asked: Asked, addresses: dict[str, str]) -> list[str]:
    """In random order."""
    known = {hashed for hashed, failed in has_letter(asked).items() if not failed}
    new = {address_hash(asked.pk, each): each for each in addresses}
    new = {hashed: each for hashed, each in new.items() if hashed not in known}
    _try_anew(asked, new)
    found = list(new.values())
    secrets.SystemRandom().shuffle(found)
    return found


def _try_anew(asked: Asked, hashes: Collection[str]) -> None:
    """What could not be delivered stays counted on its old sheet, under a hash that is nobody's."""
    here = {"organisation": asked.organisation_id, "asked": asked}
    failed = list(WrittenTo.objects.filter(**here, given_up=True, address_hash__in=hashes))
    for row in failed:
        row.address_hash = secrets.token_hex(32)
    WrittenTo.objects.bulk_update(failed, ["address_hash"], batch_size=AT_ONCE)


def _keep_letters(asked: Asked, sheet: int, letters: dict[str, tuple[str, str]]) -> None:
    here = {"organisation_id": asked.organisation_id, "asked": asked, "sheet": sheet}
    hashes = sorted(address_hash(asked.pk, each) for each in letters)
    WrittenTo.objects.bulk_create(
        [WrittenTo(**here, address_hash=each) for each in hashes], batch_size=AT_ONCE
    )
    WaitingLetter.objects.bulk_create(
        [
            WaitingLetter(**here, to=address, language=language, seed=seed)
            for address, (language, seed) in letters.items()
        ],
        batch_size=AT_ONCE,
    )
