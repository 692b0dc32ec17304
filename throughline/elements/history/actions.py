"""Verbs of the history: restoring a version with what stood beside it, and giving one a name."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from throughline.elements.editing.actions import replace_text
from throughline.elements.editing.queries import text_at
from throughline.elements.history.moments import beside
from throughline.elements.models import ChangeKind, Element, NamedVersion
from throughline.elements.policy import may_write
from throughline.elements.queries import part_of
from throughline.elements.setup.actions import restore_outline
from throughline.elements.structure.actions import restore_items
from throughline.elements.structure.snapshots import items_now
from throughline.kit.text import clean_line, clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership

LONGEST_NAME, LONGEST_NOTE = 120, 2_000


@transaction.atomic
def restore_version(
    *,
    element: Element,
    version: int,
    seen: int,
    by: Membership,
    items: bool = False,
    sections: bool = False,
) -> int:
    """Make the text what it was at a version, as a new change; the version that it now has.

    `seen` is the version that whoever restores compared it with: what others wrote since stays. `items` and `sections`
    bring back what stood beside the text then (`moments`).
    """
    held = Element.objects.get(pk=element.pk, organisation_id=by.organisation_id)
    may_write(part_of(held, by)).enforce()
    if not 0 <= version <= held.head or not 0 <= seen <= held.head:
        raise ValidationError(_("There is no such version of this text."))
    then, around = text_at(held, version), beside(held, version)
    end = held.head
    differs = then.document != text_at(held).document
    if differs:
        end = replace_text(element=held, document=then.document, seen=seen, by=by, kind=ChangeKind.RESTORED)
        note("element.text-restored", by=by, subject=held, title=held.title)
    # After the text: what is brought back stands beside the new version, not beside the one that ends here.
    if items and around.items:
        differs = bool(restore_items(element=held, rows=around.rows, by=by)) or differs
    if sections and around.sections is not None:
        restore_outline(element=held, outline=around.outline or [], by=by)
        differs = True
    if not differs:
        raise ValidationError(_("The text says this already."))
    return end


@transaction.atomic
def name_version(
    *, element: Element, version: int, name: str, by: Membership, text: str = ""
) -> NamedVersion:
    """Give a version a name; the newest one also keeps what is structured in the element now. `text` is a note."""
    held = Element.objects.get(pk=element.pk, organisation_id=by.organisation_id)
    may_write(part_of(held, by)).enforce()
    called, told = clean_line(name), clean_text(text)
    if not 0 <= version <= held.head:
        raise ValidationError({"version": _("There is no such version of this text.")})
    if not called or len(called) > LONGEST_NAME:
        raise ValidationError({"name": _("Give it a name of 120 characters at most.")})
    if len(told) > LONGEST_NOTE:
        raise ValidationError({"text": _("Write 2,000 characters at most.")})
    try:
        with transaction.atomic():
            made = NamedVersion.objects.create(
                organisation_id=by.organisation_id,
                element=held,
                version=version,
                name=called,
                note=told,
                items=items_now(held) if version == held.head else [],
                by=by,
            )
    except IntegrityError:
        raise ValidationError({"name": _("Another version has this name already.")}) from None
    note("element.version-named", by=by, subject=held, title=held.title, name=called)
    return made


@transaction.atomic
def unname_version(*, named: NamedVersion, by: Membership) -> None:
    """Take a name away; the version itself stays."""
    held = NamedVersion.objects.select_related("element").get(pk=named.pk, organisation_id=by.organisation_id)
    may_write(part_of(held.element, by)).enforce()
    element, name = held.element, held.name
    held.delete()
    note("element.version-unnamed", by=by, subject=element, title=element.title, name=name)
