"""Take lines of *you said → we did* over into the page for families, with the languages they were published in."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.languages import language_names
from throughline.plans.families.actions.translating import Typed, translate_page
from throughline.plans.families.actions.writing import write_section
from throughline.plans.families.document import name_of_text
from throughline.plans.families.heard import TOPIC, Offer, offers_of
from throughline.plans.families.queries import drafts_of
from throughline.plans.models import FamilyDraft, PageForFamilies
from throughline.schools.models import Membership
from throughline.voices.models import ReplyEdition


@transaction.atomic
def take_over_replies(
    *, page: PageForFamilies, edition: ReplyEdition, lines: Sequence[int], by: Membership
) -> FamilyDraft:
    """Add these lines of an edition (by their place, from 0) to the section that says what came of it, as a draft.

    What stands there stays; a line that stands there already is not added again. Raises `ValidationError`.
    """
    if edition.organisation_id != by.organisation_id:
        raise ValidationError(_("Choose lines of this organization."))
    draft = drafts_of(page).get(TOPIC)
    content = draft.content if draft else {"text": ""}
    offered = {each.nth: each for each in offers_of(edition.document, page.language, content)}
    chosen = [offered[nth] for nth in dict.fromkeys(lines) if nth in offered and not offered[nth].is_there]
    if not chosen:
        raise ValidationError(_("Choose at least one line that does not stand there yet."))
    items = [*content.get("items", ()), *(each.entry for each in chosen)]
    made = write_section(page=page, section=TOPIC, told={**content, "items": items}, by=by)
    _translated(page, chosen, by)
    return made


def _translated(page: PageForFamilies, chosen: Sequence[Offer], by: Membership) -> None:
    """The same lines in the other languages in which they were published; what somebody has translated stays."""
    for language in sorted({code for each in chosen for code in each.others} & set(language_names())):
        typed = {}
        for each in chosen:
            said = each.others.get(language, {})
            for part, text in each.entry.items():
                if text and said.get(part):
                    typed[name_of_text(text)] = Typed(said[part], None)
        translate_page(page=page, language=language, typed=typed, by=by)
