"""One goal: its page, adding it, changing it, saying how it stands."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.journeys.models import Journey, Priority
from throughline.kit import clock
from throughline.plans.doing.forms import Offered as ActionLists
from throughline.plans.doing.queries import goal_lines, log_of, open_waits
from throughline.plans.doing.rows import rows
from throughline.plans.doing.views.writing import quick_form
from throughline.plans.goals.actions import add_goal, change_goal, change_goal_state, move_goal
from throughline.plans.goals.beside import panels_of
from throughline.plans.goals.checking import Told
from throughline.plans.goals.forms import GoalForm, GoalStateForm, Offered
from throughline.plans.goals.queries import in_words as priority_in_words
from throughline.plans.goals.queries import priorities_to_choose
from throughline.plans.log import in_words
from throughline.plans.models import Goal
from throughline.plans.policy import may_change_plan
from throughline.plans.queries import journeys_of, people_of
from throughline.plans.serving import competencies_of, served_by
from throughline.plans.shortcuts import goal_or_404, head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@for_members
def goal(request: MemberRequest, goal_id: UUID) -> HttpResponse:
    """A goal with its actions, measures, risks and log."""
    return _page(request, goal_or_404(request, goal_id))


def _page(request: MemberRequest, held: Goal, form: GoalStateForm | None = None) -> HttpResponse:
    seat, writes = request.seat, may_change_plan(request.seat.membership)
    lines = goal_lines(held)
    open_ones = [each for each in lines if each.is_open]
    waits, today, slug = open_waits(held.organisation_id), clock.today(), seat.organisation.slug
    known = competencies_of(held.organisation_id, held)
    if held.priority:
        held.priority.journey = held.journey  # the same one, read already
    context: dict[str, Any] = {
        **head(request),
        "goal": held,
        "late": held.state == Goal.State.OPEN and held.by_when is not None and held.by_when < today,
        "priority": priority_in_words(held.priority) if held.priority else "",
        "served": served_by(held, known),
        "open": rows(open_ones, slug, waits, today, moves=bool(writes)),
        "over": rows([each for each in lines if not each.is_open], slug, waits, today),
        "number_over": len(lines) - len(open_ones),
        "panels": panels_of(seat, held),
        "log": [(entry, in_words(entry)) for entry in log_of(held)],
        "may_change": writes,
        "state_form": form or GoalStateForm(initial={"state": held.state}),
    }
    if writes and held.state == Goal.State.OPEN:
        lists = ActionLists(people=people_of(seat), goals=[(held.pk, held.title)])
        context["quick"] = quick_form(request, lists, held.pk)
    return render(request, "plans/goal.html", context, status=422 if form and form.errors else 200)


def _chosen_priority(request: MemberRequest, priority_id: object) -> Priority | None:
    """The priority that a link or a form names, where it is of this organization."""
    try:
        key = UUID(str(priority_id))
    except ValueError:
        return None
    rows = Priority.objects.filter(organisation=request.seat.organisation, pk=key)
    return rows.select_related("journey__record").first()


def _asked_priority(request: MemberRequest) -> Priority | None:
    """The priority that a link names, or that a round's page names by its competency."""
    if named := _chosen_priority(request, request.GET.get("priority")):
        return named
    try:
        held, competency = (UUID(request.GET.get(name, "")) for name in ("round", "competency"))
    except ValueError:
        return None
    rows = Priority.objects.filter(
        organisation=request.seat.organisation, round=held, competency=competency, dropped_at=None
    )
    return rows.select_related("journey__record").first()


def _offered(request: MemberRequest, held: Goal | None = None) -> Offered:
    seat = request.seat
    return Offered(
        journeys=journeys_of(seat),
        priorities=priorities_to_choose(seat.organisation.pk, held.priority_id if held else None),
        competencies=competencies_of(seat.organisation.pk),
    )


def _told(request: MemberRequest, said: dict[str, Any]) -> Told:
    here = Journey.objects.filter(organisation=request.seat.organisation)
    return Told(
        journey=here.select_related("record").get(pk=said["journey"]),
        priority=_chosen_priority(request, said.get("priority")),
        title=said["title"],
        for_whom=said["for_whom"],
        by_when=said["by_when"],
        competencies=said["competencies"],
    )


@require_http_methods(ASKS)
@for_members
def new(request: MemberRequest) -> HttpResponseBase:
    """Add a goal, from a priority where the link names one."""
    may_change_plan(request.seat.membership).enforce()
    lists = _offered(request)
    start = _asked_priority(request)
    named = {str(each.id): each.id for each in lists.competencies}.get(request.GET.get("competency", ""))
    initial: dict[str, Any] = {
        "journey": request.GET.get("journey"),
        "competencies": [named] if named else [],
    }
    if start is not None:
        initial = {
            "journey": start.journey_id,
            "priority": start.pk,
            "by_when": start.by_when,
            "competencies": [start.competency_id],
        }
    form = GoalForm(request.POST or None, offered=lists, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = _told(request, form.cleaned_data)
        if added := attempt(form, lambda: add_goal(**told, by=request.seat.membership)):
            messages.success(request, _("The goal is in the plan. What is done about it?"))
            return redirect("plans:goal", school=request.seat.organisation.slug, goal_id=added.pk)
    return _form_page(request, form, None, priority_in_words(start) if start else "")


def _form_page(
    request: MemberRequest, form: GoalForm, held: Goal | None, start: str = ""
) -> HttpResponseBase:
    context = {**head(request), "form": form, "goal": held, "start": start}
    return render(request, "plans/goal_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, goal_id: UUID) -> HttpResponseBase:
    """Change a goal; whoever changed it meanwhile is seen beside."""
    held = goal_or_404(request, goal_id)
    may_change_plan(request.seat.membership).enforce()
    lists = _offered(request, held)
    initial = {
        **{name: getattr(held, name) for name in ("title", "for_whom", "by_when")},
        "journey": held.journey_id,
        "priority": held.priority_id,
        "competencies": [each.id for each in served_by(held, lists.competencies) if each.hue],
    }
    form = GoalForm(request.POST or None, offered=lists, initial=initial)
    if request.method == "POST" and form.is_valid():
        told, by, seen = _told(request, form.cleaned_data), request.seat.membership, held.version
        if attempt(form, lambda: change_goal(goal=held, by=by, seen_version=seen, **told)):
            messages.success(request, _("Kept."))
            return redirect("plans:goal", school=request.seat.organisation.slug, goal_id=held.pk)
    return _form_page(request, form, held)


@require_POST
@for_members
def state(request: MemberRequest, goal_id: UUID) -> HttpResponseBase:
    """Reached, given up, or worked on again."""
    held = goal_or_404(request, goal_id)
    form = GoalStateForm(request.POST)
    if form.is_valid():
        said, by = form.cleaned_data, request.seat.membership
        if attempt(form, lambda: change_goal_state(goal=held, by=by, **said)):
            messages.success(request, _("Kept."))
            return redirect("plans:goal", school=request.seat.organisation.slug, goal_id=held.pk)
    return _page(request, held, form)


@require_POST
@for_members
def move(request: MemberRequest, goal_id: UUID) -> HttpResponseBase:
    """Put it one place further up or down."""
    held = goal_or_404(request, goal_id)
    with refusals_told(request):
        move_goal(goal=held, up="up" in request.POST, by=request.seat.membership)
    return redirect("plans:plan", school=request.seat.organisation.slug)
