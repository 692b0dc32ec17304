"""Who is here: the list, one member, roles, removal, leaving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from throughline.kit.text import clean_line
from throughline.schools import actions, policy, queries
from throughline.schools.forms import Confirm, RolesForm
from throughline.schools.letters import role_names
from throughline.schools.models import Membership, MemberState
from throughline.schools.tenant import MemberRequest, for_members
from throughline.schools.views.common import member_or_404, page, posted, sides, to
from throughline.ui.forms import attempt

PER_PAGE = 100
SEARCH_FROM = 50


@for_members
def people(request: MemberRequest) -> HttpResponse:
    """Everyone, for those who may see the list; for everyone else the leads."""
    me, organisation = request.seat.membership, request.seat.organisation
    known: dict[str, Any] = {"organisation": organisation, "sides": sides(request.seat, "people")}
    if not policy.may_see_people(me):
        return page(request, "contacts", {**known, "leads": queries.leads_of(organisation), "me": me})
    state = _asked_state(request)
    search = clean_line(request.GET.get("q", ""))[:100]
    found = Paginator(
        queries.listed(queries.in_state(queries.members_visible_to(me), state), search), PER_PAGE
    )
    rows = found.get_page(request.GET.get("page"))
    manages = bool(policy.may_manage_people(me))
    known |= {
        "rows": rows,
        "lines": [_line(request, member, manages) for member in rows],
        "state": state,
        "search": search,
        "searchable": bool(search) or found.count > SEARCH_FROM,
        "query": urlencode({key: word for key, word in (("state", state or ""), ("q", search)) if word}),
        "states": _state_tabs(request, state),
        "manages": manages,
    }
    return page(request, "people", known)


def _asked_state(request: MemberRequest) -> MemberState | None:
    asked = request.GET.get("state", "")
    return MemberState(asked) if asked in (MemberState.INVITED, MemberState.LEFT) else None


def _state_tabs(request: MemberRequest, here: MemberState | None) -> list[tuple[str, str, bool]]:
    address = to(request, "people")
    return [
        (_("Members and invited"), address, here is None),
        (_("Invited"), f"{address}?state=invited", here == MemberState.INVITED),
        (_("Left"), f"{address}?state=left", here == MemberState.LEFT),
    ]


def _line(request: MemberRequest, member: Membership, manages: bool) -> dict[str, Any]:
    me = request.seat.membership
    return {
        "member": member,
        "roles": role_names(sorted(member.roles)),
        "address": member.person.shown_address if policy.may_see_address(me, member) else "",
        "url": to(request, "member", member=member.pk) if manages else "",
        "state": member.state.label if member.state != MemberState.IN else "",
        "is_me": member.pk == me.pk,
    }


@for_members
def member(request: MemberRequest, member: UUID) -> HttpResponse:
    """One member: what they are here, their invitation, and what can be done."""
    found = member_or_404(request, member)
    me = request.seat.membership
    manages = bool(policy.may_manage_people(me))
    known = {
        "member": found,
        "roles": role_names(sorted(found.roles)),
        "address": found.person.shown_address if policy.may_see_address(me, found) else "",
        "invitation": queries.latest_invitation(found) if manages and not found.is_active else None,
        "groups": queries.groups_of(found),
        "manages": manages,
        "is_me": found.pk == me.pk,
        "organisation": request.seat.organisation,
    }
    return page(request, "member", known)


@for_members
def roles(request: MemberRequest, member: UUID) -> HttpResponseBase:
    """Change what a member is here."""
    me = request.seat.membership
    found = member_or_404(request, member)
    policy.may_manage_people(me).enforce()
    form = RolesForm(
        posted(request), kind=request.seat.organisation.kind, initial={"roles": sorted(found.roles)}
    )
    if form.is_valid():
        wanted = form.cleaned_data["roles"]
        if attempt(form, lambda: actions.change_roles(by=me, member=found, roles=wanted)):
            messages.success(request, _("Saved."))
            return redirect(to(request, "member", member=found.pk))
    return page(request, "roles", {"member": found, "is_me": found.pk == me.pk}, form=form)


@for_members
def remove(request: MemberRequest, member: UUID) -> HttpResponseBase:
    """Ask once, then remove."""
    me = request.seat.membership
    found = member_or_404(request, member)
    policy.may_manage_people(me).enforce()
    form = Confirm(posted(request))
    gone = attempt(form, lambda: actions.remove_member(by=me, member=found)) if form.is_valid() else None
    if gone:
        messages.success(request, _("%(name)s is no longer a member.") % {"name": found.name})
        return redirect(to(request, "people"))
    return page(request, "remove", {"member": found, "organisation": request.seat.organisation}, form=form)


@for_members
def leave(request: MemberRequest) -> HttpResponseBase:
    """Ask once, then go."""
    me, organisation = request.seat.membership, request.seat.organisation
    form = Confirm(posted(request))
    gone = attempt(form, lambda: actions.leave(by=me)) if form.is_valid() else None
    if gone:
        messages.success(request, _("You have left %(name)s.") % {"name": organisation.name})
        return redirect(reverse("people:me"))
    return page(request, "leave", {"organisation": organisation}, form=form)
