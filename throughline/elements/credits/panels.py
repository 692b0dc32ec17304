"""The page of the credits among those of Building Blocks. Registered in `apps.py`."""

from django.utils.translation import gettext_lazy as _

from throughline.elements.models import ElementKind
from throughline.elements.policy import Part, may_see_draft
from throughline.elements.shortcuts import tabs


def _shown(part: Part) -> bool:
    return part.element.kind == ElementKind.BUILDING_BLOCKS and bool(may_see_draft(part))


tabs.add((202, _("For records"), "elements:credits", _shown))
