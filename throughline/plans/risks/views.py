"""Risks: all of them, adding and changing one, saying how it ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.kit import clock
from throughline.plans.doing.lists import offered_to, with_rows
from throughline.plans.models import Risk
from throughline.plans.narrowing import priorities_of_goals
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.risks.actions import add_risk, change_risk, close_risk, reopen_risk
from throughline.plans.risks.checking import FIELDS, Told
from throughline.plans.risks.forms import RiskForm
from throughline.plans.risks.narrowing import OVER, narrowed
from throughline.plans.risks.queries import risks_of, weighed
from throughline.plans.serving import served_by
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@for_members
def risks(request: MemberRequest) -> HttpResponse:
    """Risks, the gravest first, narrowed where that is asked; what ended is folded."""
    may_see_plan(request.seat).enforce()
    every = [weighed(each, clock.today()) for each in risks_of(request.seat)]
    organisation = request.seat.organisation.pk
    asked, rows = narrowed(every, request.GET, priorities_of_goals(organisation) if every else [])
    context = {
        **head(request),
        "asked": asked,
        "any": bool(every),
        "fold": asked.answer("show") != OVER,
        "open": [each for each in rows if each.risk.closed_at is None],
        "over": [each for each in rows if each.risk.closed_at is not None],
        "may_change": may_change_plan(request.seat.membership),
    }
    return render(request, "plans/risks.html", context)


def _risk_or_404(request: MemberRequest, risk_id: UUID) -> Risk:
    found = risks_of(request.seat).filter(pk=risk_id).first()
    if found is None:
        raise Http404
    return found


def _told(request: MemberRequest, said: dict[str, Any]) -> Told:
    return with_rows(request.seat.organisation.pk, said, "owner")  # type: ignore[return-value]


def _back(request: MemberRequest) -> HttpResponseBase:
    return redirect("plans:risks", school=request.seat.organisation.slug)


@require_http_methods(ASKS)
@for_members
def new(request: MemberRequest) -> HttpResponseBase:
    """Add a risk."""
    may_change_plan(request.seat.membership).enforce()
    begun = {"likelihood": Risk.Size.MIDDLE, "effect": Risk.Size.MIDDLE, "goal": request.GET.get("goal", "")}
    form = RiskForm(request.POST or None, initial=begun, offered=offered_to(request.seat))
    if request.method == "POST" and form.is_valid():
        told = _told(request, form.cleaned_data)
        if added := attempt(form, lambda: add_risk(**told, by=request.seat.membership)):
            messages.success(request, _("“%(title)s” is in the plan.") % {"title": added.title})
            return _back(request)
    return _page(request, form, None)


def _page(request: MemberRequest, form: RiskForm, held: Risk | None) -> HttpResponse:
    context = {**head(request), "form": form, "risk": held}
    return render(request, "plans/risk_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def risk(request: MemberRequest, risk_id: UUID) -> HttpResponseBase:
    """Look at a risk again: change what is said of it, or say how it ended."""
    held = _risk_or_404(request, risk_id)
    may_change_plan(request.seat.membership).enforce()
    lists = offered_to(request.seat, held, held.owner)
    initial: dict[str, Any] = {name: getattr(held, name) for name in FIELDS}
    initial |= {"goal": held.goal_id, "owner": held.owner_id}
    initial["competencies"] = [each.id for each in served_by(held, lists.competencies) if each.hue]
    form = RiskForm(request.POST or None, initial=initial, offered=lists)
    if request.method == "POST" and form.is_valid():
        told, by, seen = _told(request, form.cleaned_data), request.seat.membership, held.version
        if attempt(form, lambda: change_risk(risk=held, by=by, seen_version=seen, **told)):
            messages.success(request, _("Kept."))
            return _back(request)
    return _page(request, form, held)


@require_POST
@for_members
def close(request: MemberRequest, risk_id: UUID) -> HttpResponseBase:
    """It came true, it can't happen any more, or it can happen again."""
    held, by = _risk_or_404(request, risk_id), request.seat.membership
    if "again" in request.POST:
        reopen_risk(risk=held, by=by)
    else:
        close_risk(risk=held, came_true="true" in request.POST, by=by)
    messages.success(request, _("Kept."))
    return _back(request)
