"""The organisation itself: settings, ties to districts and networks, the log."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.schools import actions, policy, queries
from throughline.schools.forms import AskForm, Confirm, OrganisationForm
from throughline.schools.log import describe
from throughline.schools.models import Affiliation
from throughline.schools.tenant import MemberRequest, for_members
from throughline.schools.views.common import page, posted, sides, to
from throughline.ui.forms import attempt

LOG_PER_PAGE = 50


@for_members
def settings(request: MemberRequest) -> HttpResponseBase:
    """Name, language, time zone."""
    me, organisation = request.seat.membership, request.seat.organisation
    policy.may_change_settings(me).enforce()
    kept = {"name": organisation.name, "language": organisation.language, "time_zone": organisation.time_zone}
    form = OrganisationForm(posted(request), initial=kept)
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: actions.change_organisation(by=me, **data)):
            messages.success(request, _("Saved."))
            return redirect(to(request, "settings"))
    known = {"organisation": organisation, "sides": sides(request.seat, "settings")}
    return page(request, "settings", known, form=form)


@for_members
def log(request: MemberRequest) -> HttpResponse:
    """Who did what when, newest first."""
    policy.may_read_log(request.seat.membership).enforce()
    rows = Paginator(queries.events_of(request.seat.organisation), LOG_PER_PAGE).get_page(
        request.GET.get("page")
    )
    known = {
        "rows": rows,
        "events": [(event, describe(event)) for event in rows],
        "sides": sides(request.seat, "log"),
        "organisation": request.seat.organisation,
    }
    return page(request, "log", known)


@for_members
def affiliations(request: MemberRequest) -> HttpResponseBase:
    """What this organisation belongs to and who belongs to it; a post asks another one."""
    me, organisation = request.seat.membership, request.seat.organisation
    policy.may_see_people(me).enforce()
    decides = bool(policy.may_affiliate(me))
    form = AskForm(posted(request)) if decides else None
    if request.method == "POST":
        policy.may_affiliate(me).enforce()
        if form is not None and form.is_valid():
            asked = form.cleaned_data["short_name"]
            if attempt(form, lambda: actions.ask_affiliation(by=me, short_name=asked)):
                messages.success(request, _("Your request has been sent to their leads."))
                return redirect(to(request, "affiliations"))
    ties = [_tie(tie, request) for tie in queries.ties_of(organisation)]
    known = {
        "organisation": organisation,
        "waiting": [tie for tie in ties if not tie["agreed"] and not tie["mine"]],
        "asked": [tie for tie in ties if not tie["agreed"] and tie["mine"]],
        "standing": [tie for tie in ties if tie["agreed"]],
        "decides": decides,
        "sides": sides(request.seat, "affiliations"),
    }
    return page(request, "affiliations", known, form=form)


def _tie(tie: Affiliation, request: MemberRequest) -> dict[str, Any]:
    is_member = tie.organisation_id == request.seat.organisation.pk
    return {
        "tie": tie,
        "other": tie.to if is_member else tie.organisation,
        "is_member": is_member,
        "mine": is_member == tie.asked_by_member,
        "agreed": tie.agreed_at is not None,
    }


def _tie_or_404(request: MemberRequest, tie: UUID) -> Affiliation:
    found: Affiliation = get_object_or_404(queries.ties_of(request.seat.organisation), pk=tie)
    return found


def _answer(request: MemberRequest, verb: Any, tie: UUID, words: str) -> HttpResponseBase:
    found = _tie_or_404(request, tie)
    form = Confirm(request.POST)
    if form.is_valid() and attempt(form, lambda: verb(by=request.seat.membership, affiliation=found)):
        messages.success(request, words)
    for sentence in form.non_field_errors():
        messages.error(request, str(sentence))
    return redirect(to(request, "affiliations"))


@for_members
@require_POST
def affiliation_agree(request: MemberRequest, tie: UUID) -> HttpResponseBase:
    """Say yes."""
    return _answer(request, actions.agree_affiliation, tie, _("You have agreed."))


@for_members
@require_POST
def affiliation_decline(request: MemberRequest, tie: UUID) -> HttpResponseBase:
    """Say no, or take the question back."""
    return _answer(request, actions.decline_affiliation, tie, _("Done. You are not connected."))


@for_members
@require_POST
def affiliation_end(request: MemberRequest, tie: UUID) -> HttpResponseBase:
    """End a standing tie."""
    return _answer(request, actions.end_affiliation, tie, _("The connection has ended."))
