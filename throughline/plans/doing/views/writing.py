"""Adding an action, line by line or in full, and changing what is said of it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from throughline.kit.text import clean_line
from throughline.plans.doing.actions import add_action, change_action
from throughline.plans.doing.checking import Told
from throughline.plans.doing.forms import ActionForm, Offered, QuickForm
from throughline.plans.doing.lists import offered_to
from throughline.plans.doing.queries import actions_to_wait_for, helpers_of
from throughline.plans.models import Action, Goal
from throughline.plans.policy import may_change_plan
from throughline.plans.serving import served_by
from throughline.plans.shortcuts import action_or_404, head
from throughline.schools.models import Membership
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt

ASKS = ["GET", "HEAD", "POST"]


def offered(request: MemberRequest, action: Action | None = None) -> Offered:
    """What the form of an action offers. Four queries."""
    found = offered_to(request.seat, action, action.owner if action else None)
    if action is None:
        found.actions = actions_to_wait_for(request.seat, (), _("Without a goal"))
    return found


def told_of(request: MemberRequest, said: dict[str, Any]) -> Told:
    """What a form said, with the rows that its ids name. Those of another organization are not found."""
    here = {"organisation": request.seat.organisation}
    wanted = {said.get("owner"), *said.get("helpers", ())}
    members = Membership.objects.filter(**here).in_bulk([each for each in wanted if each])
    told: dict[str, Any] = {
        **{
            name: said[name]
            for name in ("title", "starts_on", "due_on", "done_when", "resources")
            if name in said
        },
        "owner": members.get(said.get("owner")),
        "goal": Goal.objects.filter(**here, pk=said["goal"]).first() if said.get("goal") else None,
    }
    if "helpers" in said:
        told["helpers"] = [members[each] for each in said["helpers"] if each in members]
    if said.get("waits_for"):
        told["waits_for"] = list(Action.objects.filter(**here, pk__in=said["waits_for"]))
    if "competencies" in said:
        told["competencies"] = said["competencies"]
    return told  # type: ignore[return-value]


@require_http_methods(ASKS)
@for_members
def new(request: MemberRequest) -> HttpResponseBase:
    """Add an action, with all that can be said of it."""
    may_change_plan(request.seat.membership).enforce()
    lists = offered(request)
    goal = next((key for key, _title in lists.goals if str(key) == request.GET.get("goal")), None)
    form = ActionForm(request.POST or None, offered=lists, initial={"goal": goal})
    if request.method == "POST" and form.is_valid():
        told = told_of(request, form.cleaned_data)
        added = attempt(form, lambda: add_action(**told, by=request.seat.membership))
        if added is not None:
            messages.success(request, _("“%(title)s” is in the plan.") % {"title": added.title})
            return redirect("plans:action", school=request.seat.organisation.slug, action_id=added.pk)
    return _page(request, form, None)


def _page(request: MemberRequest, form: ActionForm, action: Action | None) -> HttpResponse:
    """The form of an action; what few people fill in is folded, unless it holds something."""
    fields: dict[str, Any] = form.fields
    folded = [
        form[name]
        for name in ("waits_for", "helpers", "competencies")
        if name in fields and fields[name].choices
    ]
    context = {
        **head(request),
        "form": form,
        "action": action,
        "folded": [(each, bool(each.value()) or bool(each.errors)) for each in folded],
    }
    return render(request, "plans/action_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, action_id: UUID) -> HttpResponseBase:
    """Change what is said of an action; whoever changed it meanwhile is seen beside."""
    held = action_or_404(request, action_id)
    may_change_plan(request.seat.membership).enforce()
    lists = offered(request, held)
    names = ("title", "starts_on", "due_on", "done_when", "resources")
    initial = {
        **{name: getattr(held, name) for name in names},
        "goal": held.goal_id,
        "owner": held.owner_id,
        "helpers": [each.pk for each in helpers_of(held)],
        "competencies": [each.id for each in served_by(held, lists.competencies) if each.hue],
    }
    form = ActionForm(request.POST or None, offered=lists, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = told_of(request, form.cleaned_data)
        by, seen = request.seat.membership, held.version
        if attempt(form, lambda: change_action(action=held, by=by, seen_version=seen, **told)):
            messages.success(request, _("Kept."))
            return redirect("plans:action", school=request.seat.organisation.slug, action_id=held.pk)
    return _page(request, form, held)


@require_POST
@for_members
def quick(request: MemberRequest) -> HttpResponseBase:
    """Add a line to the plan, and stand ready for the next one with the same goal, owner and day."""
    may_change_plan(request.seat.membership).enforce()
    lists = offered(request)
    form = QuickForm(request.POST, offered=lists)
    if form.is_valid():
        told = told_of(request, form.cleaned_data)
        if added := attempt(form, lambda: add_action(**told, by=request.seat.membership)):
            messages.success(request, _("“%(title)s” is in the plan.") % {"title": added.title})
            return redirect(_ready_again(request, form.cleaned_data))
    full = ActionForm(request.POST, offered=lists)
    full.is_valid()
    return _page(request, full, None)


def _ready_again(request: MemberRequest, said: dict[str, Any]) -> str:
    there = clean_line(request.POST.get("next", ""))
    if not url_has_allowed_host_and_scheme(there, allowed_hosts=None):
        there = reverse("plans:plan", kwargs={"school": request.seat.organisation.slug})
    kept = {f"same_{name}": said[name] for name in ("goal", "owner", "due_on") if said[name]}
    return f"{there.partition('?')[0]}?{urlencode({**kept, 'more': 1})}#quick"


def quick_form(request: MemberRequest, lists: Offered, goal: UUID | None = None) -> QuickForm:
    """The empty line, with what the line before it said where one comes from there."""
    kept = {name: request.GET.get(f"same_{name}", "") for name in ("goal", "owner", "due_on")}
    form = QuickForm(initial={**kept, **({"goal": goal} if goal else {})}, offered=lists)
    if request.GET.get("more"):
        form.fields["title"].widget.attrs["autofocus"] = True
    return form
