"""One action: what it is, how it goes, what it waits for and who waits for it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.kit import clock
from throughline.plans.doing.actions import change_action, change_due, change_state, move_action
from throughline.plans.doing.beside import panels_of
from throughline.plans.doing.forms import DueForm, StateForm, WaitForm
from throughline.plans.doing.queries import (
    actions_to_wait_for,
    helpers_of,
    log_of,
    waited_for,
    waiting_for,
)
from throughline.plans.doing.rows import TONES
from throughline.plans.log import in_words
from throughline.plans.models import Action
from throughline.plans.policy import may_change_due, may_change_plan, may_say_how_it_goes, may_see_plan
from throughline.plans.serving import competencies_of, served_by
from throughline.plans.shortcuts import action_or_404, head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@for_members
def action(request: MemberRequest, action_id: UUID) -> HttpResponse:
    """An action with everything around it that this person may see."""
    return _page(request, action_or_404(request, action_id))


def _page(request: MemberRequest, held: Action, **forms: Any) -> HttpResponse:
    seat, member = request.seat, request.seat.membership
    whole = bool(may_see_plan(seat))
    writes = may_change_plan(member)
    waits = waited_for(held) if whole else []
    known = competencies_of(seat.organisation.pk, held.goal)
    served, of_goal = served_by(held, known), served_by(held.goal, known) if held.goal else []
    state = StateForm(initial={"state": held.state})
    context: dict[str, Any] = {
        **head(request),
        "action": held,
        "late": is_late(held),
        "tone": TONES.get(Action.State(held.state), ""),
        "helpers": helpers_of(held),
        "waits": waits,
        "still": sum(each.is_open for each in waits),
        "awaited": waiting_for(held) if whole else [],
        "served": served,
        "goal_served": [each for each in of_goal if each.id not in {one.id for one in served}],
        "panels": panels_of(seat, held),
        "log": [(entry, in_words(entry)) for entry in log_of(held)],
        "whole": whole,
        "may_change": writes,
        "may_say": may_say_how_it_goes(held, member),
        "may_due": may_change_due(held, member),
        "state_form": state,
        "wait_form": _wait_form(request, held, waits) if writes and held.is_open else None,
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "plans/action.html", context, status=422 if wrong else 200)


def is_late(held: Action) -> bool:
    """Open after its day."""
    return held.is_open and held.due_on is not None and held.due_on < clock.today()


def _wait_form(request: MemberRequest, held: Action, waits: list[Action], *data: Any) -> WaitForm:
    without = [held.pk, *(each.pk for each in waits)]
    return WaitForm(*data, actions=actions_to_wait_for(request.seat, without, _("Without a goal")))


def _back(request: MemberRequest, held: Action) -> HttpResponseBase:
    return redirect("plans:action", school=request.seat.organisation.slug, action_id=held.pk)


@require_POST
@for_members
def state(request: MemberRequest, action_id: UUID) -> HttpResponseBase:
    """Say how it goes."""
    held = action_or_404(request, action_id)
    form = StateForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: change_state(action=held, by=request.seat.membership, **said)):
            messages.success(request, _("Kept."))
            return _back(request, held)
    return _page(request, held, state_form=form)


@require_http_methods(ASKS)
@for_members
def due(request: MemberRequest, action_id: UUID) -> HttpResponseBase:
    """Give it another day."""
    held = action_or_404(request, action_id)
    may_change_due(held, request.seat.membership).enforce()
    form = DueForm(request.POST or None, initial={"due_on": held.due_on})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: change_due(action=held, by=request.seat.membership, **said)):
            messages.success(request, _("Kept."))
            return _back(request, held)
    context = {**head(request), "form": form, "action": held}
    return render(request, "plans/action_due.html", context, status=422 if form.errors else 200)


@require_POST
@for_members
def waits(request: MemberRequest, action_id: UUID) -> HttpResponseBase:
    """Say one more action that it waits for."""
    held = action_or_404(request, action_id)
    may_change_plan(request.seat.membership).enforce()
    stand = waited_for(held)
    form = _wait_form(request, held, stand, request.POST)
    if form.is_valid():
        on = action_or_404(request, form.cleaned_data["on"])
        try:
            change_action(action=held, by=request.seat.membership, waits_for=[*stand, on])
        except ValidationError as error:
            form.add_error("on", error.messages)
        else:
            return _back(request, held)
    return _page(request, held, wait_form=form)


@require_POST
@for_members
def drop_wait(request: MemberRequest, action_id: UUID, on_id: UUID) -> HttpResponseBase:
    """It waits for that one no more."""
    held = action_or_404(request, action_id)
    stand = waited_for(held)
    left = [each for each in stand if each.pk != on_id]
    if len(left) == len(stand):
        raise Http404
    may_change_plan(request.seat.membership).enforce()
    with refusals_told(request):
        change_action(action=held, by=request.seat.membership, waits_for=left)
    return _back(request, held)


@require_POST
@for_members
def move(request: MemberRequest, action_id: UUID) -> HttpResponseBase:
    """Put it one place further up or down among the actions of its goal."""
    held = action_or_404(request, action_id)
    with refusals_told(request):
        move_action(action=held, up="up" in request.POST, by=request.seat.membership)
    if held.goal_id:
        return redirect("plans:goal", school=request.seat.organisation.slug, goal_id=held.goal_id)
    return redirect("plans:plan", school=request.seat.organisation.slug)
