"""What every page of an element loads first, through what the person may see."""

from collections.abc import Callable
from typing import Any, NamedTuple

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
# Pages of the same hundred stand together under the first of them.
Tab = tuple[int, str | Promise, str, Callable[[Part], object]]
tabs = Registry[Tab]()


class Link(NamedTuple):
    """A link to a page of an element; `here` is `page` for this one, `true` for the one that this one stands under."""

    url: str
    words: str | Promise
    here: str


def head(request: HttpRequest, part: Part) -> dict[str, Any]:
    """What the head of every page of an element shows."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    told = {"school": part.element.organisation.slug, "kind": part.element.kind}
    pages: dict[int, list[Link]] = {}
    for order, words, to, may in sorted(tabs, key=lambda tab: tab[0]):
        if may(part):
            here = "page" if to == name else ""
            pages.setdefault(order // 100, []).append(Link(reverse(to, kwargs=told), words, here))
    first, below = [], []
    for found in pages.values():
        is_open = any(link.here for link in found)
        first.append(found[0]._replace(here=found[0].here or ("true" if is_open else "")))
        if is_open and len(found) > 1:
            below = found
    return {"element": part.element, "part": part, "tabs": first, "subtabs": below}


tabs.add((0, _("Overview"), "elements:element", bool))
