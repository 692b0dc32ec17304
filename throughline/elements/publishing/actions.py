"""Verbs: show everyone what is in force, or no longer; translate an edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.models import BlockTranslation, Edition, Element, Publication
from throughline.elements.policy import Part, may_decide, may_write
from throughline.elements.publishing.queries import said_in
from throughline.elements.publishing.typed import from_typed
from throughline.elements.publishing.units import units_of
from throughline.elements.queries import part_of
from throughline.elements.writing.schema import checked
from throughline.frameworks.languages import language_names
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership

LONGEST = 20_000


@transaction.atomic
def publish_element(*, element: Element, is_open: bool, may_be_found: bool, by: Membership) -> Publication:
    """Let everyone read what is in force, or nobody any more; and say whether search engines may keep it."""
    may_decide(Part(element, by)).enforce()
    held, _made = Publication.objects.select_for_update().get_or_create(
        organisation_id=by.organisation_id, element=element, defaults={"by": by}
    )
    wanted = (is_open, is_open and may_be_found)
    if (held.is_open, held.may_be_found) == wanted:
        return held
    held.is_open, held.may_be_found = wanted
    held.by, held.at = by, clock.now()
    held.save(update_fields=["is_open", "may_be_found", "by", "at"])
    note(
        "element.published" if is_open else "element.unpublished", by=by, subject=element, title=element.title
    )
    return held


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one paragraph, and the translation that stood there when the page was made (its id)."""

    text: str
    seen: UUID | None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many paragraphs were kept, and those that somebody else has translated meanwhile."""

    number: int
    clashes: frozenset[str]


def may_be_language(code: str) -> bool:
    """Whether it is one of the languages that texts can be translated into."""
    return code in language_names()


@transaction.atomic
def translate_edition(*, edition: Edition, language: str, typed: Mapping[str, Typed], by: Membership) -> Kept:
    """Keep what was typed, paragraph by paragraph (by fingerprint). An empty one takes the translation back.

    What others translated since is not overwritten: it is named in `clashes`.
    """
    may_write(part_of(edition.element, by)).enforce()
    if not may_be_language(language) or language == edition.language:
        raise ValidationError({"language": _("Choose another language than that of the text.")})
    # One after the other: two who translate the same paragraph must not both be the newest.
    held = Element.objects.select_for_update().get(pk=edition.element_id, organisation=by.organisation_id)
    said, number, clashes = said_in(held, language), 0, set()
    for unit in units_of(edition):
        given = typed.get(unit.name)
        if given is None:
            continue
        block = _block(given.text, unit.node)
        now = said.get(unit.name)
        if block == (now.block if now else None):
            continue
        if (now.pk if now else None) != given.seen:
            clashes.add(unit.name)
            continue
        _keep(edition, language, unit.name, block, by)
        number += 1
    if number:
        note("element.translated", by=by, subject=held, title=held.title, language=language, count=number)
    return Kept(number, frozenset(clashes))


def _block(text: str, source: dict[str, Any]) -> dict[str, Any] | None:
    """What was typed as a block that may stand in a text; nothing when nothing was."""
    said = clean_text(text)
    if not said:
        return None
    if len(said) > LONGEST:
        raise ValidationError(_("Keep this below %(most)s characters.") % {"most": LONGEST})
    block = from_typed(said, source)
    content: list[dict[str, Any]] = checked({"type": "doc", "content": [block]})["content"]
    return content[0]


def _keep(
    edition: Edition, language: str, says: str, block: dict[str, Any] | None, by: Membership
) -> BlockTranslation:
    return BlockTranslation.objects.create(
        organisation_id=edition.organisation_id,
        element_id=edition.element_id,
        edition=edition,
        language=language,
        says=says,
        block=block,
        by=by,
        at=clock.now(),
    )
