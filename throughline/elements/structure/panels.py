"""What the pages of an element as a whole show of its items: what is missing, and the next step. Registered in `apps.py`."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from throughline.elements.policy import Part, may_see_draft, may_write
from throughline.elements.setup.registry import NextStep, next_steps, panels
from throughline.elements.shortcuts import tabs
from throughline.elements.structure.addresses import step_of
from throughline.elements.structure.gaps import Ground, gaps_of, ground_of
from throughline.elements.structure.page import gap_rows, is_structured
from throughline.elements.structure.queries import items_by_kind, ties_of
from throughline.schools.models import Organisation
from throughline.schools.tenant import MemberRequest, Seat


def _shown(part: Part) -> bool:
    return bool(may_see_draft(part)) and is_structured(part.element.kind)


tabs.add((200, _("Items"), "elements:items", _shown))


def _ground(organisation: Organisation) -> Ground:
    return ground_of(items_by_kind(organisation), ties_of(organisation))


def _gaps_panel(request: MemberRequest, part: Part) -> SafeString | str:
    if not _shown(part):
        return ""
    gaps = gaps_of(part.element.kind, _ground(request.seat.organisation))
    context = {"gaps": gap_rows(part, gaps), "may_write": may_write(part)}
    return render_to_string("elements/_gaps_panel.html", context, request)


panels.add((20, _gaps_panel))


@next_steps.add
def _first_gap(seat: Seat, parts: Sequence[Part]) -> Mapping[UUID, NextStep]:
    wanted = [part for part in parts if _shown(part) and may_write(part)]
    if not wanted:
        return {}
    ground, found = _ground(seat.organisation), {}
    for part in wanted:
        gaps = gaps_of(part.element.kind, ground)
        if gaps:
            url, words, sentence = step_of(part, gaps[0])
            found[part.element.pk] = NextStep(sentence, url, words)
    return found
