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
from throughline.plans.doing.queries import goals_to_choose
from throughline.plans.models import Goal, Risk
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.queries import people_of
from throughline.plans.risks.actions import add_risk, change_risk, close_risk, reopen_risk
from throughline.plans.risks.checking import FIELDS, Told
from throughline.plans.risks.forms import RiskForm
from throughline.plans.risks.queries import risks_of, weighed
from throughline.plans.shortcuts import head
from throughline.plans.tying.queries import competencies_of, served_by
from throughline.schools.models import Membership
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@for_members
def risks(request: MemberRequest) -> HttpResponse:
    """Every risk, the gravest first; what ended is folded."""
    may_see_plan(request.seat).enforce()
    rows = [weighed(each, clock.today()) for each in risks_of(request.seat)]
    context = {
        **head(request),
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


def _lists(request: MemberRequest, held: Risk | None = None) -> dict[str, Any]:
    seat = request.seat
    gone = held.owner if held and held.owner and not held.owner.is_active else None
    return {
        "people": people_of(seat),
        "goals": goals_to_choose(seat.organisation.pk, held.goal_id if held else None),
        "competencies": competencies_of(seat.organisation.pk, held.goal if held else None),
        "besides": [(gone.pk, _("%(name)s (has left)") % {"name": gone.name})] if gone else (),
    }


def _told(request: MemberRequest, said: dict[str, Any]) -> Told:
    here, told = {"organisation": request.seat.organisation}, dict(said)
    goals = Goal.objects.filter(**here).select_related("journey__record")
    told["goal"] = goals.filter(pk=said["goal"]).first() if said["goal"] else None
    told["owner"] = Membership.objects.filter(**here, pk=said["owner"]).first() if said["owner"] else None
    return told  # type: ignore[return-value]


def _back(request: MemberRequest) -> HttpResponseBase:
    return redirect("plans:risks", school=request.seat.organisation.slug)


@require_http_methods(ASKS)
@for_members
def new(request: MemberRequest) -> HttpResponseBase:
    """Add a risk."""
    may_change_plan(request.seat.membership).enforce()
    begun = {"likelihood": Risk.Size.MIDDLE, "effect": Risk.Size.MIDDLE, "goal": request.GET.get("goal", "")}
    form = RiskForm(request.POST or None, initial=begun, **_lists(request))
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
    lists = _lists(request, held)
    initial: dict[str, Any] = {name: getattr(held, name) for name in FIELDS}
    initial |= {"goal": held.goal_id, "owner": held.owner_id}
    initial["competencies"] = [each.id for each in served_by(held, lists["competencies"]) if each.hue]
    form = RiskForm(request.POST or None, initial=initial, **lists)
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
