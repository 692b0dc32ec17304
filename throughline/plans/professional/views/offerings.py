"""What is offered: the list, one offering, signing up, and who came for whoever runs it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.plans.policy import may_change_plan, may_see_plan
from throughline.plans.professional.actions import offerings as verbs
from throughline.plans.professional.forms import CameForm, OfferForm
from throughline.plans.professional.policy import last_day, may_see_names, may_take_part
from throughline.plans.professional.queries import (
    Row,
    people_in,
    row_in,
    rows_of,
    serves,
    shared_practice,
    taught_by,
    traits_of,
    year_of,
)
from throughline.plans.queries import staff_of
from throughline.plans.serving import competencies_offered
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

ASKS = ["GET", "HEAD", "POST"]


def row_or_404(request: MemberRequest, offering_id: UUID) -> Row:
    """An offering that the person may see."""
    found = row_in(request.seat, offering_id)
    if found is None:
        raise Http404
    return found


def _to(request: MemberRequest, offering_id: UUID) -> HttpResponseBase:
    return redirect("plans:offering", school=request.seat.organisation.slug, offering_id=offering_id)


@require_safe
@for_members
def learning(request: MemberRequest) -> HttpResponseBase:
    """What is offered and what was, and how many took part in twelve months."""
    may_see_plan(request.seat).enforce()
    rows = rows_of(request.seat)
    context = {
        **head(request),
        "coming": [row for row in reversed(rows) if row.running],
        "past": [row for row in rows if not row.running],
        "year": year_of(rows),
        "may_change": may_change_plan(request.seat.membership),
    }
    return render(request, "plans/learning.html", context)


def _form(request: MemberRequest, **more: Any) -> OfferForm:
    school = request.seat.organisation
    return OfferForm(
        request.POST if request.method == "POST" else None,
        people=staff_of(school),
        known=competencies_offered(school),
        **more,
    )


@require_http_methods(ASKS)
@for_members
def add(request: MemberRequest) -> HttpResponseBase:
    """Offer something to learn."""
    by = request.seat.membership
    may_change_plan(by).enforce()
    form = _form(request, traits=traits_of(request.seat.organisation))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: verbs.add_offering(offer=form.offer(), by=by))
        if made is not None:
            messages.success(request, _("“%(name)s” is added.") % {"name": made.title})
            return _to(request, made.pk)
    context = {**head(request), "form": form, "row": None}
    return render(request, "plans/offering_form.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def change(request: MemberRequest, offering_id: UUID) -> HttpResponseBase:
    """Change what is offered."""
    row, by = row_or_404(request, offering_id), request.seat.membership
    may_change_plan(by).enforce()
    held, taught, served = row.offering, taught_by(row.offering), serves(row.offering)
    traits = {each.pk: each for each in (*traits_of(request.seat.organisation), *taught)}
    names = ("title", "kind", "about", "starts_on", "ends_on", "led_by", "place")
    initial = {
        **{name: getattr(held, name) for name in names},
        "run_by": str(held.run_by_id or ""),
        "teaches": [str(each.pk) for each in taught],
        "competencies": [str(each.id) for each in served],
    }
    form = _form(request, traits=traits.values(), more=served, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: verbs.change_offering(offering=held, offer=form.offer(), by=by))
        if done is not None:
            messages.success(request, _("“%(name)s” is saved.") % {"name": done.title})
            return _to(request, done.pk)
    context = {**head(request), "form": form, "row": row}
    return render(request, "plans/offering_form.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def offering(request: MemberRequest, offering_id: UUID) -> HttpResponseBase:
    """One offering: what it is, how many take part, and what people chose to tell of their practice."""
    row, by = row_or_404(request, offering_id), request.seat.membership
    context = {
        **head(request),
        "row": row,
        "teaches": taught_by(row.offering),
        "serves": serves(row.offering),
        "practice": shared_practice(row.offering),
        "may_take_part": may_take_part(row.offering, by),
        "may_see_names": may_see_names(row.offering, by),
        "may_change": may_change_plan(by),
    }
    return render(request, "plans/offering.html", context)


@require_POST
@for_members
def sign_up(request: MemberRequest, offering_id: UUID) -> HttpResponseBase:
    """Take part oneself."""
    row = row_or_404(request, offering_id)
    with refusals_told(request):
        verbs.sign_up(offering=row.offering, by=request.seat.membership)
        messages.success(request, _("You take part. Only the person who runs it sees your name."))
    return _to(request, offering_id)


@require_POST
@for_members
def withdraw(request: MemberRequest, offering_id: UUID) -> HttpResponseBase:
    """Leave again."""
    row = row_or_404(request, offering_id)
    with refusals_told(request):
        verbs.withdraw(offering=row.offering, by=request.seat.membership)
        messages.success(request, _("You don’t take part any more. Nothing of it is kept."))
    return _to(request, offering_id)


@require_http_methods(ASKS)
@for_members
def people(request: MemberRequest, offering_id: UUID) -> HttpResponseBase:
    """Who takes part, and saying who came: for whoever runs it, while it runs."""
    row, by = row_or_404(request, offering_id), request.seat.membership
    may_see_names(row.offering, by).enforce()
    taking = people_in(row.offering)
    form = CameForm(
        request.POST if request.method == "POST" else None,
        taking=taking,
        people=staff_of(request.seat.organisation),
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: verbs.say_who_came(offering=row.offering, by=by, **form.told()))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect(request.path)
    context = {**head(request), "row": row, "form": form, "taking": taking, "until": last_day(row.offering)}
    return render(request, "plans/offering_people.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def kept(request: MemberRequest) -> HttpResponseBase:
    """For staff representatives: what is kept, who sees it, how long, and what it is not for."""
    may_see_plan(request.seat).enforce()
    return render(request, "plans/kept.html", head(request))
