"""Measures: all of them, one with its values, adding and changing."""

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
from throughline.plans.measuring.actions import (
    add_measure,
    add_value,
    change_measure,
    end_measure,
    resume_measure,
    take_back_value,
)
from throughline.plans.measuring.checking import FIELDS, Told
from throughline.plans.measuring.forms import MeasureForm, ValueForm
from throughline.plans.measuring.narrowing import narrowed
from throughline.plans.measuring.numbers import bare, in_words
from throughline.plans.measuring.picture import Point, line
from throughline.plans.measuring.policy import may_add_value
from throughline.plans.measuring.queries import Read, measures_of, read, read_all, values_of
from throughline.plans.measuring.ready import BY_CODE, READY, Ready
from throughline.plans.models import Measure, MeasureValue
from throughline.plans.narrowing import priorities_of_goals
from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.serving import competencies_of, served_by
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.ui.times import day_in_words

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@for_members
def measures(request: MemberRequest) -> HttpResponse:
    """Measures with their newest values, narrowed where that is asked; what is due to be read stands first."""
    may_see_plan(request.seat).enforce()
    organisation = request.seat.organisation.pk
    every = read_all(organisation, clock.today())
    asked, rows = narrowed(every, request.GET, priorities_of_goals(organisation) if every else [])
    running = [each for each in rows if each.measure.ended_at is None]
    due = [each for each in running if each.due]
    context = {
        **head(request),
        "asked": asked,
        "any": bool(every),
        "due": due if asked.answer("order") else sorted(due, key=lambda each: str(each.next_on)),
        "others": [each for each in running if not each.due],
        "ended": [each for each in rows if each.measure.ended_at is not None],
        "may_change": may_change_plan(request.seat.membership),
    }
    return render(request, "plans/measures.html", context)


def _measure_or_404(request: MemberRequest, measure_id: UUID) -> Measure:
    found = measures_of(request.seat).filter(pk=measure_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@for_members
def measure(request: MemberRequest, measure_id: UUID) -> HttpResponse:
    """One measure: what it is, its values as a line and as a table."""
    return _page(request, _measure_or_404(request, measure_id))


def _page(request: MemberRequest, held: Measure, form: ValueForm | None = None) -> HttpResponse:
    member = request.seat.membership
    values = values_of(held)
    points = [Point(each.on, each.value) for each in reversed(values) if each.taken_back_at is None]
    shown = read(held, tuple(points), clock.today())
    known = BY_CODE.get(held.ready)
    context: dict[str, Any] = {
        **head(request),
        "measure": held,
        "read": shown,
        "picture": line(shown.drawn, held.title, _about(shown)),
        "values": [(each, in_words(each.value, held.unit)) for each in values],
        "served": served_by(held, competencies_of(held.organisation_id, held.goal)),
        "advice": known.advice if known else "",
        "may_change": may_change_plan(member),
        "may_add": may_add_value(held, member),
        "form": form or ValueForm(initial={"on": clock.today()}),
    }
    return render(request, "plans/measure.html", context, status=422 if form else 200)


def _about(shown: Read) -> str:
    """The picture in a sentence, for those who do not see it."""
    first, last = shown.drawn.points[:1], shown.last
    if not first or last is None:
        return ""
    said = {
        "first": in_words(first[0].value, shown.measure.unit),
        "from": day_in_words(first[0].on),
        "last": in_words(last.value, shown.measure.unit),
        "to": day_in_words(last.on),
    }
    return _("From %(first)s on %(from)s to %(last)s on %(to)s.") % said


def _told(request: MemberRequest, said: dict[str, Any]) -> Told:
    told = with_rows(request.seat.organisation.pk, said, "keeper")
    return {**told, "more_is_better": said["more_is_better"] == "1"}  # type: ignore[typeddict-item]


def _begun(ready: Ready | None, goal: str) -> dict[str, Any]:
    """What the form says first."""
    begun: dict[str, Any] = {"kind": "leading", "every_months": 1, "more_is_better": "1", "goal": goal}
    if ready is not None:
        for name in ("title", "definition", "source", "unit", "kind", "every_months"):
            begun[name] = str(getattr(ready, name)) if name != "every_months" else ready.every_months
        begun["more_is_better"] = "1" if ready.more_is_better else "0"
    return begun


@require_http_methods(ASKS)
@for_members
def new(request: MemberRequest) -> HttpResponseBase:
    """Add a measure, from one that comes with the product or from nothing."""
    may_change_plan(request.seat.membership).enforce()
    ready = BY_CODE.get(request.GET.get("ready", ""))
    begun = _begun(ready, request.GET.get("goal", ""))
    form = MeasureForm(request.POST or None, initial=begun, offered=offered_to(request.seat))
    if request.method == "POST" and form.is_valid():
        told, code = _told(request, form.cleaned_data), ready.code if ready else ""
        if added := attempt(form, lambda: add_measure(**told, ready=code, by=request.seat.membership)):
            messages.success(request, _("“%(title)s” is in the plan.") % {"title": added.title})
            return redirect("plans:measure", school=request.seat.organisation.slug, measure_id=added.pk)
    context = {
        **head(request),
        "form": form,
        "ready": ready,
        "ready_ones": () if form.is_bound else READY,
        "goal": request.GET.get("goal", ""),
        "advice": ready.advice if ready else "",
    }
    return render(request, "plans/measure_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, measure_id: UUID) -> HttpResponseBase:
    """Change a measure; whoever changed it meanwhile is seen beside."""
    held = _measure_or_404(request, measure_id)
    may_change_plan(request.seat.membership).enforce()
    lists = offered_to(request.seat, held, held.keeper)
    initial: dict[str, Any] = {name: getattr(held, name) for name in FIELDS}
    for name in ("baseline", "target"):
        initial[name] = None if initial[name] is None else bare(initial[name])
    initial |= {"goal": held.goal_id, "keeper": held.keeper_id}
    initial["more_is_better"] = "1" if held.more_is_better else "0"
    initial["competencies"] = [each.id for each in served_by(held, lists.competencies) if each.hue]
    form = MeasureForm(request.POST or None, initial=initial, offered=lists)
    if request.method == "POST" and form.is_valid():
        told, by, seen = _told(request, form.cleaned_data), request.seat.membership, held.version
        if attempt(form, lambda: change_measure(measure=held, by=by, seen_version=seen, **told)):
            messages.success(request, _("Kept."))
            return _back(request, held)
    context = {**head(request), "form": form, "measure": held}
    return render(request, "plans/measure_form.html", context, status=422 if form.errors else 200)


def _back(request: MemberRequest, held: Measure) -> HttpResponseBase:
    return redirect("plans:measure", school=request.seat.organisation.slug, measure_id=held.pk)


@require_POST
@for_members
def value(request: MemberRequest, measure_id: UUID) -> HttpResponseBase:
    """Add a value."""
    held = _measure_or_404(request, measure_id)
    may_add_value(held, request.seat.membership).enforce()
    form = ValueForm(request.POST)
    if form.is_valid():
        said, by = form.cleaned_data, request.seat.membership
        if attempt(form, lambda: add_value(measure=held, by=by, **said)):
            messages.success(request, _("Kept."))
            return _back(request, held)
    return _page(request, held, form)


@require_POST
@for_members
def take_back(request: MemberRequest, measure_id: UUID, value_id: UUID) -> HttpResponseBase:
    """Take back a value."""
    held = _measure_or_404(request, measure_id)
    rows = MeasureValue.objects.filter(organisation=held.organisation_id, measure=held, pk=value_id)
    found = rows.select_related("measure").first()
    if found is None:
        raise Http404
    take_back_value(value=found, by=request.seat.membership)
    return _back(request, held)


@require_POST
@for_members
def end(request: MemberRequest, measure_id: UUID) -> HttpResponseBase:
    """Read it no more, or again."""
    held = _measure_or_404(request, measure_id)
    verb = resume_measure if "again" in request.POST else end_measure
    verb(measure=held, by=request.seat.membership)
    return _back(request, held)
