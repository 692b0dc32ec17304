"""A copy of one's own answers: wish for it while the round goes on, read it once the ties are cut, delete it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.frameworks.tree import CompetencyItem
from throughline.journeys.models import Confidence
from throughline.journeys.sealed_answers.actions import keep_answers
from throughline.journeys.sealed_answers.queries import Answer, answers_in, kept_of
from throughline.journeys.shortcuts import Loaded, round_or_404
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.forms import refusals_told


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody said of one competency, as their page shows it."""

    competency: CompetencyItem
    step: str
    sure: str
    comments: list[str]
    more: list[str]


def kept_page(request: MemberRequest, loaded: Loaded) -> HttpResponse:
    """My own answers in a round whose ties are cut, where I kept a copy."""
    kept = kept_of(request.seat, loaded.round)
    said = {each.competency_id: each for each in (answers_in(kept) if kept else None) or []}
    parts = [
        (domain, [_row(each, said[each.id], loaded) for each in domain.competencies if each.id in said])
        for domain in loaded.framework.domains
    ]
    context = {
        **loaded.head(),
        "kept": kept is not None,
        "parts": [(domain, rows) for domain, rows in parts if rows],
    }
    return render(request, "journeys/kept.html", context)


def _row(competency: CompetencyItem, said: Answer, loaded: Loaded) -> Row:
    more = []
    if said.again is not None:
        more.append(_("After talking: %(step)s") % {"step": _step(said.again.step, loaded)})
    if said.looked_back:
        more.append(_("Looking back on the earlier round: %(step)s") % {"step": _step(said.then, loaded)})
    return Row(
        competency,
        _step(said.step, loaded),
        _("How sure: %(sure)s") % {"sure": Confidence(said.confidence).label} if said.confidence else "",
        [each.comment for each in (said, said.again) if each is not None and each.comment],
        more,
    )


def _step(step: int | None, loaded: Loaded) -> str:
    return loaded.framework.step_label(step) if step else _("cannot say")


@for_members
@require_POST
def keep(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """Keep a sealed copy for me, or none."""
    loaded = round_or_404(request, round_id)
    wanted = "keep" in request.POST
    with refusals_told(request):
        keep_answers(by=request.seat, round_id=loaded.round.id, keep=wanted)
        messages.success(
            request,
            _("A sealed copy will be kept for you when the round closes.")
            if wanted
            else _("No copy will be kept for you."),
        )
    return redirect("journeys:rate", school=request.seat.organisation.slug, round_id=round_id)
