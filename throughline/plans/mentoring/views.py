"""Mentoring: one's own pairs; for leads, the pairs that leads arranged; and a page for the two."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.plans.mentoring import actions as verbs
from throughline.plans.mentoring.forms import ArrangeForm, MeetingForm, ProposeForm, RhythmForm
from throughline.plans.mentoring.policy import may_arrange, may_use
from throughline.plans.mentoring.queries import Mine, for_leads, mine_in, my_pairs, notes_of, to_end
from throughline.plans.policy import may_see_plan
from throughline.plans.queries import staff_of
from throughline.plans.shortcuts import head
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt, refusals_told

ASKS = ["GET", "HEAD", "POST"]


def mine_or_404(request: MemberRequest, pair_id: UUID) -> Mine:
    """A pair in which the person is one of the two. To everybody else it does not exist."""
    found = mine_in(request.seat, pair_id)
    if found is None:
        raise Http404
    return found


def _sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _all(request: MemberRequest) -> HttpResponseBase:
    return redirect("plans:mentoring", school=request.seat.organisation.slug)


def _to(request: MemberRequest, pair_id: UUID) -> HttpResponseBase:
    return redirect("plans:pair", school=request.seat.organisation.slug, pair_id=pair_id)


@require_safe
@for_members
def mentoring(request: MemberRequest) -> HttpResponseBase:
    """One's own pairs; for leads the names of those that leads arranged."""
    may_see_plan(request.seat).enforce()
    context = {**head(request), "pairs": my_pairs(request.seat), "for_leads": for_leads(request.seat)}
    return render(request, "plans/mentoring.html", context)


@require_http_methods(ASKS)
@for_members
def propose(request: MemberRequest) -> HttpResponseBase:
    """Ask a colleague to be one's mentor or mentee."""
    may_see_plan(request.seat).enforce()
    by = request.seat.membership
    people = [each for each in staff_of(request.seat.organisation) if each.pk != by.pk]
    form = ProposeForm(_sent(request), people=people)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: verbs.propose_pair(by=by, **form.told()))
        if made is not None:
            told = _("Proposed. Tell them: they find it on this page, and nobody else does.")
            messages.success(request, told)
            return _all(request)
    context = {**head(request), "form": form}
    return render(request, "plans/pair_propose.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def arrange(request: MemberRequest) -> HttpResponseBase:
    """Bring two colleagues together."""
    by = request.seat.membership
    may_arrange(by).enforce()
    people = [each for each in staff_of(request.seat.organisation) if each.pk != by.pk]
    form = ArrangeForm(_sent(request), people=people)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: verbs.arrange_pair(by=by, **form.told()))
        if made is not None:
            messages.success(request, _("The pair begins. What they do together is theirs from now on."))
            return _all(request)
    context = {**head(request), "form": form}
    return render(request, "plans/pair_arrange.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKS)
@for_members
def pair(request: MemberRequest, pair_id: UUID) -> HttpResponseBase:
    """The page of the two: notes, the next meeting, and writing down that they met."""
    mine, by = mine_or_404(request, pair_id), request.seat.membership
    form = MeetingForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        held = mine.pair
        done = attempt(form, lambda: (verbs.keep_meeting(pair=held, by=by, **form.cleaned_data),))
        if done is not None:
            messages.success(request, _("Saved for the two of you."))
            return _to(request, pair_id)
    context = {
        **head(request),
        "mine": mine,
        "notes": notes_of(mine),
        "may_use": may_use(mine.pair, by),
        "form": form,
        "rhythm": RhythmForm(initial={"every_weeks": mine.pair.every_weeks}),
    }
    return render(request, "plans/pair.html", context, status=422 if form.errors else 200)


@require_POST
@for_members
def agree(request: MemberRequest, pair_id: UUID) -> HttpResponseBase:
    """Agree to what the other one proposed."""
    mine = mine_or_404(request, pair_id)
    verbs.agree_pair(pair=mine.pair, by=request.seat.membership)
    messages.success(request, _("Your pair begins."))
    return _to(request, pair_id)


@require_POST
@for_members
def rhythm(request: MemberRequest, pair_id: UUID) -> HttpResponseBase:
    """Every how many weeks the two meet."""
    mine, form = mine_or_404(request, pair_id), RhythmForm(request.POST)
    with refusals_told(request):
        weeks = form.cleaned_data["every_weeks"] if form.is_valid() else 0
        verbs.set_rhythm(pair=mine.pair, every_weeks=weeks, by=request.seat.membership)
        messages.success(request, _("Saved for the two of you."))
    return _to(request, pair_id)


@require_POST
@for_members
def end(request: MemberRequest, pair_id: UUID) -> HttpResponseBase:
    """End a pair, decline it or take it back."""
    found = to_end(request.seat, pair_id)
    if found is None:
        raise Http404
    ended = verbs.end_pair(pair=found, by=request.seat.membership)
    if ended is not None and mine_in(request.seat, pair_id) is not None:
        messages.success(request, _("The pair has ended. You both can read your notes for 90 days more."))
        return _to(request, pair_id)
    messages.success(request, _("The pair has ended."))
    return _all(request)


@require_POST
@for_members
def delete(request: MemberRequest, pair_id: UUID, pair_note_id: UUID) -> HttpResponseBase:
    """Take away what one wrote oneself."""
    mine = mine_or_404(request, pair_id)
    written = next((each for each in notes_of(mine) if each.note.pk == pair_note_id), None)
    if written is None:
        raise Http404
    verbs.delete_pair_note(pair_note=written.note, by=request.seat.membership)
    messages.success(request, _("Your note has been deleted."))
    return _to(request, pair_id)
