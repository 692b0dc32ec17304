"""Small tests: the list, one test with its cycles, and what can be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.plans.cycles import actions
from throughline.plans.cycles.forms import BeginForm, DaysForm, FoundForm, IdeaForm, TrialForm
from throughline.plans.cycles.policy import may_run_test
from throughline.plans.cycles.queries import Tested, all_tested, cycle_in, find_tested
from throughline.plans.doing.queries import goals_to_choose
from throughline.plans.models import Cycle
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.queries import staff_of
from throughline.plans.serving import competencies_offered
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

ASKS = ["GET", "HEAD", "POST"]


def tested_or_404(request: MemberRequest, test_id: UUID) -> Tested:
    """A small test that the person may see."""
    found = find_tested(request.seat, test_id)
    if found is None:
        raise Http404
    return found


def cycle_or_404(request: MemberRequest, cycle_id: UUID) -> Cycle:
    """A cycle of a small test that the person may see."""
    found = cycle_in(request.seat, cycle_id)
    if found is None:
        raise Http404
    return found


def _to(request: MemberRequest, test_id: UUID) -> HttpResponseBase:
    return redirect("plans:small-test", school=request.seat.organisation.slug, test_id=test_id)


def _sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_safe
@for_members
def tests(request: MemberRequest) -> HttpResponseBase:
    """Every small test: what is being tried, and what was learned."""
    may_see_plan(request.seat).enforce()
    found = all_tested(request.seat)
    context = {
        **head(request),
        "trying": [each for each in found if not each.is_over],
        "over": [each for each in found if each.is_over],
        "may_change": may_change_plan(request.seat.membership),
    }
    return render(request, "plans/tests.html", context)


def _lists(request: MemberRequest, besides: UUID | None = None) -> dict[str, Any]:
    organisation = request.seat.organisation
    return {
        "people": staff_of(organisation),
        "goals": goals_to_choose(organisation.pk, besides),
        "known": competencies_offered(organisation),
    }


@require_http_methods(ASKS)
@for_members
def new(request: MemberRequest) -> HttpResponseBase:
    """A new small test, with what its first cycle tries. A link may name the goal or the competency."""
    by = request.seat.membership
    may_change_plan(by).enforce()
    asked = {
        "goal": request.GET.get("goal"),
        "competencies": request.GET.getlist("competency"),
        "owner": str(by.pk),
    }
    form = BeginForm(_sent(request), initial=asked, **_lists(request))
    if request.method == "POST" and form.is_valid():
        idea = form.idea(by.organisation_id)
        made = attempt(form, lambda: actions.add_test(idea=idea, trial=form.trial(), by=by))
        if made is not None:
            messages.success(request, _("“%(title)s” is in the plan.") % {"title": made.title})
            return _to(request, made.pk)
    context = {**head(request), "form": form, "tested": None}
    return render(request, "plans/test_form.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def test(request: MemberRequest, test_id: UUID) -> HttpResponseBase:
    """One small test: its question, each cycle with prediction and outcome, and the next step."""
    found = tested_or_404(request, test_id)
    context = {
        **head(request),
        "tested": found,
        "test": found.test,
        "newest": found.newest,
        "may_run": may_run_test(found.test, request.seat.membership),
        "may_change": may_change_plan(request.seat.membership),
    }
    return render(request, "plans/test.html", context)


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, test_id: UUID) -> HttpResponseBase:
    """What a small test is about; whoever changed it meanwhile is seen beside."""
    found, by = tested_or_404(request, test_id), request.seat.membership
    held = found.test
    may_run_test(held, by).enforce()
    initial = {
        "title": held.title,
        "question": held.question,
        "goal": held.goal_id,
        "owner": str(held.owner_id or ""),
        "competencies": [str(each.id) for each in found.serves],
    }
    form = IdeaForm(_sent(request), initial=initial, more=found.serves, **_lists(request, held.goal_id))
    if request.method == "POST" and form.is_valid():
        idea, seen = form.idea(by.organisation_id), held.version
        if attempt(form, lambda: actions.change_test(test=held, idea=idea, by=by, seen_version=seen)):
            messages.success(request, _("Kept."))
            return _to(request, held.pk)
    context = {**head(request), "form": form, "tested": found}
    return render(request, "plans/test_form.html", context, status=422 if form.errors else 200)


def _cycle_page(request: MemberRequest, cycle: Cycle, form: Any, part: str) -> HttpResponseBase:
    context = {**head(request), "form": form, "cycle": cycle, "test": cycle.test, "part": part}
    return render(request, "plans/cycle_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def plan(request: MemberRequest, cycle_id: UUID) -> HttpResponseBase:
    """What a cycle tries and what is expected of it; only its last day, once it has begun."""
    held, by = cycle_or_404(request, cycle_id), request.seat.membership
    may_run_test(held.test, by).enforce()
    names = ("change", "prediction", "starts_on", "ends_on")
    initial = {name: getattr(held, name) for name in names}
    form: Any = (DaysForm if held.has_begun else TrialForm)(_sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        trial, seen = form.trial(held) if held.has_begun else form.trial(), held.version
        if attempt(form, lambda: actions.change_cycle(cycle=held, trial=trial, by=by, seen_version=seen)):
            messages.success(request, _("Kept."))
            return _to(request, held.test_id)
    return _cycle_page(request, held, form, "plan")


@require_POST
@for_members
def begin(request: MemberRequest, cycle_id: UUID) -> HttpResponseBase:
    """Begin to try: the prediction stays from here on."""
    held = cycle_or_404(request, cycle_id)
    with refusals_told(request):
        actions.begin_cycle(cycle=held, by=request.seat.membership)
        messages.success(request, _("The cycle has begun. What you expect is kept as it is."))
    return _to(request, held.test_id)


@require_http_methods(ASKS)
@for_members
def found(request: MemberRequest, cycle_id: UUID) -> HttpResponseBase:
    """What happened, beside the prediction; and what follows, where it ends."""
    held, by = cycle_or_404(request, cycle_id), request.seat.membership
    may_run_test(held.test, by).enforce()
    initial = {name: getattr(held, name) for name in ("happened", "compared", "learned")}
    form = FoundForm(_sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"cycle": held, "found": form.found(), "by": by, "seen_version": held.version}
        said = form.cleaned_data
        ends = {"outcome": said["outcome"], "on": said["on"]}
        verb = (
            (lambda: actions.end_cycle(**told, **ends))
            if said["outcome"]
            else (lambda: actions.say_found(**told))
        )
        if attempt(form, verb):
            messages.success(request, _("Kept."))
            return _to(request, held.test_id)
    return _cycle_page(request, held, form, "found")


@require_POST
@for_members
def again(request: MemberRequest, test_id: UUID) -> HttpResponseBase:
    """One more cycle of a test that was over."""
    held = tested_or_404(request, test_id).test
    with refusals_told(request):
        actions.try_again(test=held, by=request.seat.membership)
    return _to(request, held.pk)
