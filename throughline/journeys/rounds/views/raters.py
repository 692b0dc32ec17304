"""Who is awaited in a round: late joiners, people who are away, another date."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from throughline.journeys.paper.queries import people_asked
from throughline.journeys.queries import raters_on_team
from throughline.journeys.rounds.actions import add_rater, change_due_date, excuse_rater
from throughline.journeys.rounds.forms import DueForm, RaterForm
from throughline.journeys.shortcuts import Loaded, before_spread_or_404
from throughline.schools.models import Membership
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told


@require_safe
@for_members
def raters(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Everyone who is asked, who is no longer awaited, and who could join; never who has finished."""
    loaded = before_spread_or_404(request, round_id)
    return _page(request, loaded, DueForm(initial={"due_on": loaded.round.due_on}))


def _page(request: MemberRequest, loaded: Loaded, form: DueForm) -> HttpResponse:
    asked = list(people_asked(loaded.round))
    known = {each.membership_id for each in asked}
    late = raters_on_team(loaded.journey).exclude(membership__in=known).select_related("membership")
    context = {
        **loaded.head(),
        "form": form,
        "awaited": [each for each in asked if not each.absent_at],
        "excused": [each for each in asked if each.absent_at],
        "late": late.order_by("membership__name"),
    }
    return render(request, "journeys/raters.html", context, status=422 if form.errors else 200)


def _member(request: MemberRequest) -> Membership:
    form = RaterForm(request.POST)
    if not form.is_valid():
        raise Http404
    members = Membership.objects.filter(organisation=request.seat.organisation).select_related("organisation")
    return get_object_or_404(members, pk=form.cleaned_data["member"])


@require_POST
@for_members
def add(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Someone joins late, or is awaited again."""
    loaded = before_spread_or_404(request, round_id)
    member = _member(request)
    with refusals_told(request):
        add_rater(
            place=loaded.place, round_id=round_id, membership=member, on_paper="on_paper" in request.POST
        )
        messages.success(request, _("%(name)s will rate in this round.") % {"name": member.name})
    return _back(request, round_id)


@require_POST
@for_members
def excuse(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Wait no longer for someone who is away."""
    loaded = before_spread_or_404(request, round_id)
    member = _member(request)
    with refusals_told(request):
        excuse_rater(place=loaded.place, round_id=round_id, membership=member)
        messages.success(
            request,
            _("The round no longer waits for %(name)s, who can still rate until the spread opens.")
            % {"name": member.name},
        )
    return _back(request, round_id)


@require_POST
@for_members
def due(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """More, or less, time."""
    loaded = before_spread_or_404(request, round_id)
    form = DueForm(request.POST, initial={"due_on": loaded.round.due_on})
    if form.is_valid():
        on = form.cleaned_data["due_on"]
        done = attempt(form, lambda: change_due_date(place=loaded.place, round_id=round_id, due_on=on))
        if done:
            messages.success(request, _("The date has been changed."))
            return _back(request, round_id)
    return _page(request, loaded, form)


def _back(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    return redirect("journeys:raters", school=request.seat.organisation.slug, round_id=round_id)
