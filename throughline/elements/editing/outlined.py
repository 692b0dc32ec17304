"""The text follows its outline: a section that is begun, renamed, moved or removed shows in it. Registered in `apps.py`."""

from typing import Any

from throughline.elements.editing.actions import replace_text
from throughline.elements.editing.queries import text_at
from throughline.elements.models import Element
from throughline.elements.setup.registry import Outline, outlined, texts
from throughline.elements.setup.sections import following
from throughline.schools.models import Membership


@outlined.add
def keep_headings(element: Element, before: Outline, by: Membership) -> None:
    """Carry a change of the outline over into the text, within the same transaction."""
    text = text_at(element)
    document = following(text.document, before, element.outline)
    if document != text.document:
        replace_text(element=element, document=document, seen=text.version, by=by)


@texts.add
def document_of(element: Element) -> dict[str, Any]:
    """The text as it is now."""
    return text_at(element).document
