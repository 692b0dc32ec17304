"""The two rounds among the pages of the Graduate Profile, and who was heard in them. Registered in `apps.py`."""

from django.utils.translation import gettext_lazy as _

from throughline.elements.gathering.queries import groups_in_rounds
from throughline.elements.models import ElementKind
from throughline.elements.policy import Part, may_see_draft
from throughline.elements.setup.registry import heard
from throughline.elements.shortcuts import tabs


def _shown(part: Part) -> bool:
    return part.element.kind == ElementKind.GRADUATE_PROFILE and bool(may_see_draft(part))


tabs.add((201, _("Community rounds"), "elements:gathering", _shown))
heard.add(groups_in_rounds)
