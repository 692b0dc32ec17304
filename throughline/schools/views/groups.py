"""Groups: subject areas, classrooms, teams."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.kit.text import clean_line
from throughline.schools import actions, policy, queries
from throughline.schools.forms import AddMembersForm, Confirm, GroupForm
from throughline.schools.letters import role_names
from throughline.schools.models import Group
from throughline.schools.tenant import MemberRequest, for_members
from throughline.schools.views.common import member_or_404, page, posted, sides, to
from throughline.ui.forms import attempt

OFFERED = 60


def _group_or_404(request: MemberRequest, group: UUID) -> Group:
    found: Group = get_object_or_404(queries.groups_visible_to(request.seat.membership), pk=group)
    return found


@for_members
def groups(request: MemberRequest) -> HttpResponse:
    """Every group of the organisation."""
    known = {
        "groups": queries.listed_groups(request.seat.membership),
        "manages": bool(policy.may_manage_groups(request.seat.membership)),
        "sees_people": bool(policy.may_see_people(request.seat.membership)),
        "sides": sides(request.seat, "groups"),
        "organisation": request.seat.organisation,
    }
    return page(request, "groups", known)


@for_members
def group_new(request: MemberRequest) -> HttpResponseBase:
    """Create a group."""
    me = request.seat.membership
    policy.may_manage_groups(me).enforce()
    form = GroupForm(posted(request), initial={"kind": Group.Kind.SUBJECT})
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: actions.create_group(by=me, **data))
        if made:
            return redirect(to(request, "group", group=made.pk))
    return page(request, "group_form", {"group": None}, form=form)


@for_members
def group_change(request: MemberRequest, group: UUID) -> HttpResponseBase:
    """Another name or kind."""
    me, found = request.seat.membership, _group_or_404(request, group)
    policy.may_manage_groups(me).enforce()
    form = GroupForm(posted(request), initial={"kind": found.kind, "name": found.name})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: actions.change_group(by=me, group=found, **data)):
            messages.success(request, _("Saved."))
            return redirect(to(request, "group", group=found.pk))
    return page(request, "group_form", {"group": found}, form=form)


@for_members
def group(request: MemberRequest, group: UUID) -> HttpResponseBase:
    """Who is in a group; a post brings people in."""
    me, found = request.seat.membership, _group_or_404(request, group)
    manages = bool(policy.may_manage_groups(me))
    is_in = queries.is_in_group(me, found)
    known: dict[str, Any] = {
        "group": found,
        "manages": manages,
        "is_in": is_in,
        "sees_people": policy.may_see_group_people(me, is_in_group=is_in),
        "members": [],
    }
    form = _adding(request, found, known) if manages and found.archived_at is None else None
    if request.method == "POST":
        policy.may_manage_groups(me).enforce()
        if form is not None and form.is_valid():
            chosen = list(queries.members_visible_to(me).filter(pk__in=form.cleaned_data["members"]))
            added = attempt(form, lambda: actions.add_to_group(by=me, group=found, members=chosen))
            if added is not None:
                return redirect(to(request, "group", group=found.pk))
    if known["sees_people"]:
        known["members"] = [(one, role_names(sorted(one.roles))) for one in queries.people_of_group(found)]
    return page(request, "group", known, form=form)


def _adding(request: MemberRequest, group: Group, known: dict[str, Any]) -> AddMembersForm:
    search = clean_line(request.GET.get("q", ""))[:100]
    offered = queries.addable_to(group)
    shown = [pair for pair in offered if search.casefold() in pair[1].casefold()]
    known |= {"search": search, "searchable": len(offered) > OFFERED, "more": max(0, len(shown) - OFFERED)}
    if request.method == "POST":
        return AddMembersForm(request.POST, offered=offered)
    return AddMembersForm(offered=shown[:OFFERED])


@for_members
@require_POST
def group_archive(request: MemberRequest, group: UUID) -> HttpResponseBase:
    """Put a group away."""
    found = _group_or_404(request, group)
    actions.archive_group(by=request.seat.membership, group=found)
    messages.success(request, _("%(name)s is archived. Nothing is lost.") % {"name": found.name})
    return redirect(to(request, "groups"))


@for_members
@require_POST
def group_restore(request: MemberRequest, group: UUID) -> HttpResponseBase:
    """Bring a group back."""
    found = _group_or_404(request, group)
    actions.restore_group(by=request.seat.membership, group=found)
    return redirect(to(request, "group", group=found.pk))


@for_members
@require_POST
def group_take_out(request: MemberRequest, group: UUID, member: UUID) -> HttpResponseBase:
    """Take one member out of a group."""
    found, who = _group_or_404(request, group), member_or_404(request, member)
    form = Confirm(request.POST)
    attempt(form, lambda: actions.remove_from_group(by=request.seat.membership, group=found, member=who))
    return redirect(to(request, "group", group=found.pk))
