"""Say how an earlier moment looks from today: offered after one's own rating, never asked for."""

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from throughline.journeys.models import Round
from throughline.journeys.queries import items_of, rater_of, ratings_of
from throughline.journeys.rating.forms import LookForm
from throughline.journeys.second_ratings.actions import look_back as look_back_verb
from throughline.journeys.shortcuts import round_or_404
from throughline.journeys.spread.looking_back import earlier_round, my_looks
from throughline.journeys.words import round_title
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@for_members
def look_back(request: MemberRequest, round_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """Where I would place the earlier moment today. What I said then is not shown: it would answer for me."""
    loaded = round_or_404(request, round_id)
    rater = rater_of(request.seat, loaded.round)
    if rater is None or loaded.round.state != Round.State.RATING:
        raise Http404
    item = items_of(loaded.round).filter(competency=competency_id).first()
    rated = ratings_of(rater).get(item.id) if item else None
    before = earlier_round(loaded.round, competency_id) if rated else None
    if rated is None or before is None or before.closed_at is None:
        raise Http404
    competency = loaded.framework.by_id[competency_id]
    form = LookForm(
        request.POST if request.method == "POST" else None,
        competency=competency,
        framework=loaded.framework,
        said=my_looks(rater).get(rated.item_id),
    )
    if request.method == "POST" and form.is_valid():
        kept = attempt(
            form,
            lambda: look_back_verb(
                by=request.seat, round_id=round_id, competency_id=competency_id, step=form.step_said()
            ),
        )
        if kept is not None:
            return redirect("journeys:rate", school=request.seat.organisation.slug, round_id=round_id)
    context = {
        "round": loaded.round,
        "journey": loaded.journey,
        "competency": competency,
        "form": form,
        "earlier": before,
        "earlier_name": round_title(before.number),
    }
    return render(request, "journeys/look_back.html", context, status=422 if form.errors else 200)
