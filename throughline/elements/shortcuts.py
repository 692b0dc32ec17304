"""What every page of an element loads first, through what the person may see."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.elements.policy import Part, may_see_draft
from throughline.elements.queries import part_in
from throughline.kit.registry import Registry
from throughline.schools.tenant import MemberRequest


def part_or_404(request: MemberRequest, kind: str) -> Part:
    """The person's part in an element that they may see; 404 otherwise. One query."""
    part = part_in(request.seat, kind)
    if part is None:
        raise Http404
    return part


def draft_or_404(request: MemberRequest, kind: str) -> Part:
    """The same for pages of the draft: those who see only what was adopted do not find them."""
    part = part_or_404(request, kind)
    if not may_see_draft(part):
        raise Http404
    return part


# (order, words, name of the address, who sees it): the pages of one element, each added by its capability (`apps.py`).
Tab = tuple[int, str | Promise, str, Callable[[Part], object]]
tabs = Registry[Tab]()


def head(request: HttpRequest, part: Part) -> dict[str, Any]:
    """What the head of every page of an element shows."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    found = [
        (
            reverse(to, kwargs={"school": part.element.organisation.slug, "kind": part.element.kind}),
            words,
            to == name,
        )
        for _order, words, to, may in sorted(tabs, key=lambda tab: tab[0])
        if may(part)
    ]
    return {"element": part.element, "part": part, "tabs": found}


tabs.add((0, _("Overview"), "elements:element", bool))
