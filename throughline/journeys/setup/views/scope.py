"""Which competencies a journey counts, and why others are left out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from throughline.frameworks.tree import CompetencyItem, tree
from throughline.journeys.policy import Place, may_run
from throughline.journeys.setup.forms import AsideForm
from throughline.journeys.shortcuts import journey_or_404
from throughline.records.actions import set_aside
from throughline.records.actions import take_up as take_up_verb
from throughline.records.queries import profile_of
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import attempt


@require_safe
@for_members
def scope(request: MemberRequest, journey_id: UUID) -> HttpResponse:
    """Every competency with whether it counts here; those who run the journey change that."""
    place = journey_or_404(request, journey_id)
    framework = tree(place.journey.record.version_id)
    items = profile_of(place.journey.record, framework).by_competency()
    context = {
        "journey": place.journey,
        "may_run": may_run(place),
        "domains": [
            (domain, [items[each.id] for each in domain.competencies]) for domain in framework.domains
        ],
        "aside": sum(not item.counts for item in items.values()),
        "counted": sum(item.counts for item in items.values()),
    }
    return render(request, "journeys/scope.html", context)


def _to_change(request: MemberRequest, journey_id: UUID, competency_id: UUID) -> tuple[Place, CompetencyItem]:
    place = journey_or_404(request, journey_id)
    competency = tree(place.journey.record.version_id).by_id.get(competency_id)
    if competency is None:
        raise Http404
    may_run(place).enforce()
    return place, competency


@for_members
def aside(request: MemberRequest, journey_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """Leave one competency out for now, with a reason."""
    place, competency = _to_change(request, journey_id, competency_id)
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: set_aside(
                record=place.journey.record,
                competency_id=competency_id,
                reason=form.cleaned_data["reason"],
                by=request.seat.membership,
            ),
        )
        if done:
            messages.success(request, _("%(name)s is left out.") % {"name": competency.name})
            return _back(request, place)
    context = {"journey": place.journey, "competency": competency, "form": form}
    return render(request, "journeys/aside.html", context, status=422 if form.errors else 200)


@require_POST
@for_members
def take_up(request: MemberRequest, journey_id: UUID, competency_id: UUID) -> HttpResponseBase:
    """Count one competency again."""
    place, competency = _to_change(request, journey_id, competency_id)
    take_up_verb(record=place.journey.record, competency_id=competency_id, by=request.seat.membership)
    messages.success(request, _("%(name)s is included again.") % {"name": competency.name})
    return _back(request, place)


def _back(request: MemberRequest, place: Place) -> HttpResponseBase:
    return redirect("journeys:scope", school=request.seat.organisation.slug, journey_id=place.journey.id)
