"""A decision between rounds: something was earned, or is no longer."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from throughline.frameworks.tree import tree
from throughline.journeys.agreeing.actions import decide_between_rounds
from throughline.journeys.agreeing.forms.competency import BetweenRoundsForm, answers_for, cite_value
from throughline.journeys.policy import may_decide
from throughline.journeys.shortcuts import journey_or_404
from throughline.records.models import Decision
from throughline.records.queries import evidence_for, standing_and_cites
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@for_members
def decide(request: MemberRequest, journey_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """Move one competency outside any round, with a reason and evidence. Snapshots stay as they were frozen."""
    place = journey_or_404(request, journey_id)
    record = place.journey.record
    competency = tree(record.version_id).by_id.get(competency_id)
    if competency is None:
        raise Http404
    may = may_decide(place)
    if request.method == "POST":
        may.enforce()
    standing, cites = standing_and_cites(record, competency_id)
    pieces = evidence_for(record, competency_id)
    initial = {"standing": standing, "evidence": [cite_value(*cite) for cite in cites]}
    form = BetweenRoundsForm(request.POST or None, competency=competency, pieces=pieces, initial=initial)

    def verb() -> Decision:
        return decide_between_rounds(
            place=place,
            competency_id=competency_id,
            standing=form.cleaned_data["standing"],
            reason=form.cleaned_data["reason"],
            cites=form.cites(),
            brought=form.brought(),
            check_on=form.cleaned_data["check_on"],
            why_changed=form.cleaned_data["why_changed"],
            dissent=form.cleaned_data["dissent"],
            sure=form.sure,
        )

    if form.is_valid() and attempt(form, verb) is not None:
        return redirect(
            "records:competency",
            school=request.seat.organisation.slug,
            record_id=record.id,
            competency_id=competency_id,
        )
    context = {
        "journey": place.journey,
        "competency": competency,
        "standing": standing,
        "form": form,
        "may": may,
        "answers": answers_for(competency, pieces, set(form["evidence"].value() or [])),
    }
    return _render(request, context, 422 if form.is_bound else 200)


def _render(request: MemberRequest, context: dict[str, object], status: int) -> HttpResponse:
    return render(request, "journeys/decide.html", context, status=status)
