"""What every page of a listening loads first, and the links between its pages."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise

from throughline.kit.registry import Registry
from throughline.schools.tenant import MemberRequest
from throughline.voices.policy import Part
from throughline.voices.queries import part_in

# (order, words, name of the address, who sees it): the pages of one listening, each added by its capability (`apps.py`).
Page = tuple[int, str | Promise, str, Callable[[Part], object]]
pages = Registry[Page]()


# Links on the page of a result, by the code of its competency: (address, words), or nothing for this person. No query.
Offer = Callable[[MemberRequest, Part, str], tuple[str, str | Promise] | None]
on_result = Registry[Offer]()


class Link(NamedTuple):
    """A link to a page of the listening; `here` is `page` for this one."""

    url: str
    words: str | Promise
    here: str


def part_or_404(request: MemberRequest, listening_id: UUID) -> Part:
    """The person's part in a listening that they may see; 404 otherwise. Two queries."""
    part = part_in(request.seat, listening_id)
    if part is None:
        raise Http404
    return part


def head(request: MemberRequest, part: Part) -> dict[str, Any]:
    """What the head of every page of a listening shows: its title, where it stands, its pages as tabs."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    where = {"school": request.seat.organisation.slug, "listening_id": part.listening.pk}
    tabs = [
        Link(reverse(to, kwargs=where), words, "page" if to == name else "")
        for _order, words, to, may in sorted(pages, key=lambda page: page[0])
        if may(part)
    ]
    return {"listening": part.listening, "part": part, "tabs": tabs}
