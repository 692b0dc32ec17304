"""The day on which the next round is to begin."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from throughline.journeys.models import Round
from throughline.journeys.next_round.actions import plan_return
from throughline.journeys.next_round.dates import proposed_return
from throughline.journeys.next_round.forms import ReturnForm
from throughline.journeys.policy import may_run
from throughline.journeys.shortcuts import round_or_404
from throughline.kit import clock
from throughline.records.queries import day_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt
from throughline.ui.times import day_in_words


@for_members
def come_back(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """A date is proposed; accepting it is one press."""
    loaded = round_or_404(request, round_id)
    may_run(loaded.place).enforce()
    held = loaded.round
    if held.state != Round.State.CLOSED or held.closed_at is None:
        raise Http404
    proposed = held.return_on or proposed_return(day_of(held.closed_at), clock.today())
    form = ReturnForm(request.POST if request.method == "POST" else None, initial={"return_on": proposed})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["return_on"]
        if attempt(form, lambda: plan_return(place=loaded.place, round_id=round_id, return_on=day)):
            messages.success(
                request, _("Set for %(date)s. We’ll remind you then.") % {"date": day_in_words(day)}
            )
            return redirect(
                "journeys:overview", school=request.seat.organisation.slug, journey_id=loaded.journey.id
            )
    context = {
        **loaded.head(),
        "form": form,
    }
    return render(request, "journeys/return.html", context, status=422 if form.errors else 200)
