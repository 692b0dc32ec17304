"""Keep translations of the page, piece by piece."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.languages import language_names
from throughline.kit.text import clean_text
from throughline.plans.families.document import Unit
from throughline.plans.families.locks import held
from throughline.plans.families.policy import may_write_page
from throughline.plans.families.queries import said_in
from throughline.plans.families.sections import LONGEST_TEXT
from throughline.plans.families.translations import to_translate
from throughline.plans.families.words import holds_the_same
from throughline.plans.models import FamilyTranslation, PageForFamilies
from throughline.schools.log import note
from throughline.schools.models import Membership


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one piece, and the translation that stood there when the page was made (its id)."""

    text: str
    seen: UUID | None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many pieces were kept, and those that somebody else has translated meanwhile."""

    number: int
    clashes: frozenset[str]


@transaction.atomic
def translate_page(
    *, page: PageForFamilies, language: str, typed: Mapping[str, Typed], by: Membership
) -> Kept:
    """Keep what was typed, by fingerprint. An empty one takes the translation back.

    What others translated since is not overwritten: it is named in `clashes`.
    """
    may_write_page(by).enforce()
    if language not in language_names():
        raise ValidationError({"language": _("Choose another language.")})
    here = held(page, by)
    said, rows, clashes = said_in(here, language), [], set()
    for unit in to_translate(here, language):
        given = typed.get(unit.name)
        if given is None:
            continue
        text, now = clean_text(given.text), said.get(unit.name)
        if text == (now.text if now else ""):
            continue
        if (now.pk if now else None) != given.seen:
            clashes.add(unit.name)
            continue
        _check(unit, text)
        rows.append(_row(here, language, unit.name, text, by))
    _keep(rows)
    if rows:
        note("family.translated", by=by, subject=here, language=language, count=len(rows))
    return Kept(len(rows), frozenset(clashes))


def _check(unit: Unit, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise ValidationError(_("Keep this below %(most)s characters.") % {"most": LONGEST_TEXT})
    if unit.section == "words" and text and not holds_the_same(unit.text, text):
        raise ValidationError(
            _("Keep %(holder)s in the translation of “%(words)s”: a date takes its place.")
            % {"holder": "%(date)s, %(first)s, %(last)s", "words": unit.text}
        )


def _row(page: PageForFamilies, language: str, says: str, text: str, by: Membership) -> FamilyTranslation:
    return FamilyTranslation(
        organisation_id=page.organisation_id, page=page, language=language, says=says, text=text, by=by
    )


def _keep(rows: Iterable[FamilyTranslation]) -> None:
    FamilyTranslation.objects.bulk_create(rows)
