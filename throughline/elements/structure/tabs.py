"""The page of an element's items among the others of the element."""

from django.utils.translation import gettext_lazy as _

from throughline.elements.policy import Part, may_see_draft
from throughline.elements.shortcuts import tabs
from throughline.elements.structure.page import is_structured


def _shown(part: Part) -> bool:
    return bool(may_see_draft(part)) and is_structured(part.element.kind)


tabs.add((20, _("Items"), "elements:items", _shown))
