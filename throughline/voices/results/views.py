"""What a listening came to: an overview, each competency beside what the team says, and whose experience differs."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from throughline.frameworks.tree import CompetencyItem, tree
from throughline.schools.tenant import MemberRequest, for_members
from throughline.voices.figures.reading import Result
from throughline.voices.groups import BY_CODE
from throughline.voices.policy import Part, results_open
from throughline.voices.results.guessing import guesses_of, may_guess, on_team
from throughline.voices.results.presenters import differences, overview, shown_row, shown_unit
from throughline.voices.results.queries import changed_since, result_in
from throughline.voices.results.team import team_on
from throughline.voices.shortcuts import head, on_result, part_or_404


@require_safe
@for_members
def results(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """Where the groups agree and where they see it differently; before that, when and why results open."""
    part = part_or_404(request, listening_id)
    told = head(request, part)
    if not (verdict := results_open(part.listening)):
        told |= {
            "why": verdict.reason,
            "may_guess": may_guess(part, on_team(part.listening, part.member)),
            "guessed": bool(guesses_of(part)),
        }
        return render(request, "voices/results_later.html", told)
    result = _result_or_404(part)
    return render(
        request,
        "voices/results.html",
        {
            **told,
            "domains": overview(result, tree(part.listening.journey.record.version_id)),
            "units": [shown_unit(unit) for unit in result.units],
            "too_small": [BY_CODE[code].name for code in result.too_small],
            "threshold": result.threshold,
            "differs": differences(result),
        },
    )


@require_safe
@for_members
def result(request: MemberRequest, listening_id: UUID, competency_id: UUID) -> HttpResponse:
    """One competency, question by question: each group on an axis of its own, beside what the team says."""
    part = part_or_404(request, listening_id)
    results_open(part.listening).enforce()
    found, competency = _result_or_404(part), _competency_or_404(part, competency_id)
    changes, mine = changed_since(part.listening, found), guesses_of(part)
    rows = [shown_row(row, competency, changes, mine) for row in found.about(competency.code)]
    if not rows:
        raise Http404
    told: dict[str, Any] = {
        "competency": competency,
        "rows": rows,
        "units": [shown_unit(unit) for unit in found.units],
        "team": team_on(request.seat, part, competency.id),
        "offers": [link for offer in on_result if (link := offer(request, part, competency.code))],
    }
    return render(request, "voices/result.html", {**head(request, part), **told})


def _result_or_404(part: Part) -> Result:
    found = result_in(part.listening)
    if found is None:
        raise Http404
    return found


def _competency_or_404(part: Part, competency_id: UUID) -> CompetencyItem:
    found = tree(part.listening.journey.record.version_id).by_id.get(competency_id)
    if found is None:
        raise Http404
    return found
