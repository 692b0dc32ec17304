"""Building Blocks become a draft of the school's framework, which the framework editor publishes."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.elements.credits.blueprint import blueprint_of_blocks, brought_up, content_of
from throughline.elements.credits.queries import open_draft, published_last
from throughline.elements.models import Element, ElementKind
from throughline.elements.policy import may_write
from throughline.elements.queries import part_of
from throughline.elements.structure.queries import items_of
from throughline.frameworks.drafting.actions import change_draft, start_draft
from throughline.frameworks.models import FrameworkDraft
from throughline.frameworks.stored_blueprint import stored_blueprint
from throughline.schools.log import note
from throughline.schools.models import Membership


@transaction.atomic
def draft_credits(*, element: Element, by: Membership) -> FrameworkDraft:
    """Make the draft of the school's credit framework from Building Blocks, or bring the open one up to date.

    The next version of what was published from it, if there is one: each credit keeps its code, so that the editor says
    what became of it. Publishing is done there, by those who may.
    """
    held = Element.objects.select_for_update(of=("self",)).get(
        pk=element.pk, organisation=element.organisation_id
    )
    may_write(part_of(held, by)).enforce()
    if held.kind != ElementKind.BUILDING_BLOCKS:
        raise ValidationError(_("Only Building Blocks become a framework."))
    plan = blueprint_of_blocks(held, items_of(held), held.organisation.name)
    if not plan.domains:
        raise ValidationError(_("There are no credits yet. Add an area and a credit first."))
    draft = open_draft(held)
    if draft is None:
        base = published_last(held)
        content = content_of(plan, stored_blueprint(base) if base else None)
        draft = start_draft(by=by, base=base, content=content)
    else:
        change_draft(
            draft=draft, by=by, seen_version=draft.version, change=lambda content: brought_up(content, plan)
        )
    note("element.credits-drafted", by=by, subject=held, title=held.title)
    return draft
