"""What every page of the plan loads first, and the links between its pages."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.kit.registry import Registry
from throughline.plans.models import Action, Goal
from throughline.plans.policy import may_see_plan
from throughline.plans.queries import action_in, goal_in
from throughline.schools.tenant import MemberRequest, Seat

# (order, words, name of the address, who sees it): the pages of the plan, each added by its capability (`apps.py`).
Page = tuple[int, str | Promise, str, Callable[[Seat], object]]
pages = Registry[Page]()
pages.add((0, _("Plan"), "plans:plan", may_see_plan))


class Link(NamedTuple):
    """A link to a page of the plan; `here` is `page` for this one."""

    url: str
    words: str | Promise
    here: str


def head(request: MemberRequest) -> dict[str, Any]:
    """What the head of every page of the plan shows: its pages, as tabs."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    school = {"school": request.seat.organisation.slug}
    found = [
        Link(reverse(to, kwargs=school), words, "page" if to == name else "")
        for _order, words, to, may in sorted(pages, key=lambda page: page[0])
        if may(request.seat)
    ]
    return {"tabs": found}


def goal_or_404(request: MemberRequest, goal_id: UUID) -> Goal:
    """A goal that the person may see; 404 otherwise. One query."""
    goal = goal_in(request.seat, goal_id)
    if goal is None:
        raise Http404
    return goal


def action_or_404(request: MemberRequest, action_id: UUID) -> Action:
    """An action that the person may see; 404 otherwise. One query."""
    action = action_in(request.seat, action_id)
    if action is None:
        raise Http404
    return action


MY_ACTIONS = 10  # the place of the page with what somebody has taken on, among the tabs


def page_for(seat: Seat) -> str:
    """Where letters and calendars send somebody: to what they have taken on, otherwise to the first page they may see."""
    may_see = [(order != MY_ACTIONS, order, to) for order, _words, to, may in pages if may(seat)]
    return reverse(min(may_see)[2], kwargs={"school": seat.organisation.slug})
