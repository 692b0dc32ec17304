"""The weekly twenty minutes: one page on the projector, one that phones follow, and what is kept of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from throughline.kit import clock
from throughline.plans.doing.forms import Offered
from throughline.plans.doing.queries import goals_to_choose
from throughline.plans.doing.views.writing import told_of
from throughline.plans.models import MeetingLine, WeeklyMeeting
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.queries import people_of
from throughline.plans.shortcuts import head
from throughline.plans.weekly.actions import (
    begin_meeting,
    end_meeting,
    turn_to,
    write_decision,
    write_step,
)
from throughline.plans.weekly.forms import DecisionForm, StepForm
from throughline.plans.weekly.queries import (
    lines_in,
    meetings_of,
    meetings_with_counts,
    standing_now,
    stood_at_end,
)
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

PARTS = WeeklyMeeting.Part


def meeting_or_404(request: MemberRequest, meeting_id: UUID) -> WeeklyMeeting:
    """A meeting that the person may see; 404 otherwise. One query."""
    held = meetings_of(request.seat).filter(pk=meeting_id).first()
    if held is None:
        raise Http404
    return held


@require_safe
@for_members
def weekly(request: MemberRequest) -> HttpResponse:
    """Begin the meeting, join the one that goes on, and read what came of those before."""
    may_see_plan(request.seat).enforce()
    meetings = meetings_with_counts(request.seat)
    context = {
        **head(request),
        "going_on": next((each for each in meetings if each.is_open), None),
        "meetings": [each for each in meetings if not each.is_open],
        "may_change": may_change_plan(request.seat.membership),
    }
    return render(request, "plans/weekly.html", context)


@require_POST
@for_members
def begin(request: MemberRequest) -> HttpResponseBase:
    """Begin the meeting."""
    try:
        return _there(request, begin_meeting(by=request.seat.membership))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("plans:weekly", school=request.seat.organisation.slug)


@require_safe
@for_members
def meeting(request: MemberRequest, meeting_id: UUID) -> HttpResponseBase:
    """The meeting on the projector; when it has ended, what came of it."""
    held = meeting_or_404(request, meeting_id)
    if not held.is_open:
        return _summary(request, held)
    if not may_change_plan(request.seat.membership):
        return redirect("plans:weekly-follow", school=request.seat.organisation.slug, meeting_id=held.pk)
    return _page(request, held)


def _page(request: MemberRequest, held: WeeklyMeeting, **forms: Form) -> HttpResponse:
    wrong = any(form.errors for form in forms.values())
    ready = {
        "decision_form": forms.get("decision_form") or DecisionForm(auto_id="decision_%s"),
        "step_form": forms.get("step_form") or StepForm(offered=_offered(request)),
    }
    # Whoever has just written a line goes on typing.
    field = {"decision": "text", "step": "title"}.get(then := request.GET.get("then", ""))
    if field:
        ready[f"{then}_form"].fields[field].widget.attrs["autofocus"] = True
    context = {
        **_now(request, held),
        **ready,
        "projector": True,
        "next_part": _after(held.part),
    }
    return render(request, "plans/weekly_meeting.html", context, status=422 if wrong else 200)


def _offered(request: MemberRequest) -> Offered:
    return Offered(people=people_of(request.seat), goals=goals_to_choose(request.seat.organisation.pk))


def _after(part: str) -> PARTS | None:
    at = PARTS.values.index(part) + 1
    return PARTS(PARTS.values[at]) if at < len(PARTS.values) else None


def _now(request: MemberRequest, held: WeeklyMeeting) -> dict[str, Any]:
    """What the projector and everybody who follows see. Five queries."""
    now = standing_now(request.seat.organisation.pk, clock.today())
    lines = lines_in(held)
    counts = {**now.counts, "said": len(lines)}
    return {
        "meeting": held,
        "now": now,
        "lines": lines,
        "parts": [(each, each.label, counts[each], each == held.part) for each in PARTS],
    }


def _summary(request: MemberRequest, held: WeeklyMeeting) -> HttpResponse:
    lines = lines_in(held)
    words = {"late": _("Late"), "waits": _("Others wait for it"), "soon": _("Due within two weeks")}
    context = {
        **head(request),
        "meeting": held,
        "decisions": [each for each in lines if each.kind == MeetingLine.Kind.DECISION],
        "steps": [each for each in lines if each.kind == MeetingLine.Kind.STEP],
        "stood": [(words[name], count, rows) for name, count, rows in stood_at_end(held)],
    }
    return render(request, "plans/weekly_summary.html", context)


@require_safe
@for_members
def follow(request: MemberRequest, meeting_id: UUID) -> HttpResponseBase:
    """The meeting on one's own screen."""
    held = meeting_or_404(request, meeting_id)
    if not held.is_open:
        return _there(request, held)
    context = {**_now(request, held), "paused": "paused" in request.GET}
    return render(request, "plans/weekly_follow.html", context)


@require_safe
@for_members
def follow_state(request: MemberRequest, meeting_id: UUID) -> HttpResponse:
    """The changing part of both pages; 204 when nothing changed since the version that the reader has."""
    held = meeting_or_404(request, meeting_id)
    if request.GET.get("seen") == str(held.version):
        return HttpResponse(status=204)
    context = {**_now(request, held), "projector": "projector" in request.GET}
    return render(request, "plans/_weekly_now.html", context)


@require_POST
@for_members
def turn(request: MemberRequest, meeting_id: UUID) -> HttpResponseBase:
    """Turn everybody to a part."""
    held = meeting_or_404(request, meeting_id)
    with refusals_told(request):
        turn_to(meeting=held, part=request.POST.get("part", ""), by=request.seat.membership)
    return _there(request, held)


@require_POST
@for_members
def decide(request: MemberRequest, meeting_id: UUID) -> HttpResponseBase:
    """Write down a decision."""
    held = meeting_or_404(request, meeting_id)
    may_change_plan(request.seat.membership).enforce()
    form = DecisionForm(request.POST, auto_id="decision_%s")
    if form.is_valid():
        said = form.cleaned_data["text"]
        if attempt(form, lambda: write_decision(meeting=held, text=said, by=request.seat.membership)):
            return _there(request, held, "?then=decision")
    return _page(request, held, decision_form=form)


@require_POST
@for_members
def step(request: MemberRequest, meeting_id: UUID) -> HttpResponseBase:
    """Write down a next step."""
    held = meeting_or_404(request, meeting_id)
    may_change_plan(request.seat.membership).enforce()
    form = StepForm(request.POST, offered=_offered(request))
    if form.is_valid():
        said: dict[str, Any] = dict(told_of(request, form.cleaned_data))
        said.pop("starts_on", None)
        if attempt(form, lambda: write_step(meeting=held, by=request.seat.membership, **said)):
            return _there(request, held, "?then=step")
    return _page(request, held, step_form=form)


@require_POST
@for_members
def end(request: MemberRequest, meeting_id: UUID) -> HttpResponseBase:
    """End the meeting."""
    held = meeting_or_404(request, meeting_id)
    end_meeting(meeting=held, by=request.seat.membership)
    messages.success(request, _("The meeting has ended. This is what came of it."))
    return _there(request, held)


def _there(request: MemberRequest, held: WeeklyMeeting, then: str = "") -> HttpResponseBase:
    response = redirect("plans:weekly-meeting", school=request.seat.organisation.slug, meeting_id=held.pk)
    response["Location"] += then
    return response
