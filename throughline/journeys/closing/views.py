"""Close a round into a frozen snapshot; open it again as a visible act."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from throughline.journeys.closing.actions import close_round, missing_to_close, reopen_round
from throughline.journeys.closing.forms import ReopenForm
from throughline.journeys.models import Priority, Round, RoundItem
from throughline.journeys.queries import read_items
from throughline.journeys.shortcuts import Loaded, round_to_run_or_404
from throughline.journeys.words import round_title
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@for_members
def close(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """What will be frozen, what is missing, and the button."""
    loaded = round_to_run_or_404(request, round_id, Round.State.AGREEING, Round.State.CLOSED)
    if loaded.round.state == Round.State.CLOSED:
        return _to_round(request, round_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        snapshot = attempt(form, lambda: close_round(place=loaded.place, round_id=round_id))
        if snapshot:
            messages.success(request, _closed_words(loaded))
            return _to_round(request, round_id)
    items = read_items(loaded.round)
    chosen = Priority.objects.filter(
        organisation=loaded.round.organisation_id, round=loaded.round, dropped_at__isnull=True
    ).select_related("lead")
    context = {
        **loaded.head(),
        "form": form,
        "missing": missing_to_close(items),
        "agreed": sum(item.state == RoundItem.State.AGREED for item in items),
        "left_open": sum(item.state == RoundItem.State.LEFT_OPEN for item in items),
        "deferred": sum(item.state == RoundItem.State.DEFERRED for item in items),
        "priorities": [
            (row, loaded.framework.by_id[row.competency_id], loaded.framework.step_label(row.step).lower())
            for row in chosen.order_by("position")
        ],
    }
    return render(request, "journeys/close.html", context, status=422 if form.errors else 200)


def _closed_words(loaded: Loaded) -> str:
    if loaded.round.number == 1:
        return _(
            "The round is closed. You know where you’re starting from, and you worked it out together. Remember to thank everyone who took part."
        )
    return _("%(round)s is closed, and its snapshot is kept. Remember to thank everyone who took part.") % {
        "round": round_title(loaded.round.number)
    }


@for_members
def reopen(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """A visible act with a reason; the snapshot taken stays."""
    loaded = round_to_run_or_404(request, round_id, Round.State.CLOSED)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: reopen_round(place=loaded.place, round_id=round_id, reason=form.cleaned_data["reason"]),
        )
        if done:
            messages.success(request, _("The round is open again. You can still read the earlier snapshot."))
            return _to_round(request, round_id)
    context = {
        **loaded.head(),
        "form": form,
    }
    return render(request, "journeys/reopen.html", context, status=422 if form.errors else 200)


def _to_round(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    return redirect("journeys:round", school=request.seat.organisation.slug, round_id=round_id)
