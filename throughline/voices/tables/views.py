"""Take along what came of a listening, and what was asked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.kit.apart import Broke
from throughline.schools.tenant import MemberRequest, for_members
from throughline.voices.figures.queries import figures_of
from throughline.voices.figures.reading import result_of
from throughline.voices.models import Asked, Listening, Question
from throughline.voices.policy import results_open
from throughline.voices.shortcuts import head, part_or_404
from throughline.voices.tables.sheets import (
    Sheet,
    answers_sheet,
    cells_sheet,
    codebook_sheet,
    groups_sheet,
    questions_sheet,
)
from throughline.voices.tables.writing import as_csv, as_xlsx

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@for_members
def tables(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """What can be taken along, and what not yet."""
    part = part_or_404(request, listening_id)
    told = {**head(request, part), "open": results_open(part.listening)}
    return render(request, "voices/tables.html", told)


@require_safe
@for_members
def answers(request: MemberRequest, listening_id: UUID, kind: str) -> HttpResponseBase:
    """The figures that the pages show, as CSV or XLSX; nothing before they are open."""
    part = part_or_404(request, listening_id)
    results_open(part.listening).enforce()
    found = figures_of(part.listening)
    if found is None:
        return _back(request, listening_id)
    result = result_of(found)
    return _file(
        request,
        part.listening,
        "answers",
        kind,
        [answers_sheet(result), cells_sheet(result), groups_sheet(result)],
    )


@require_safe
@for_members
def questions(request: MemberRequest, listening_id: UUID, kind: str) -> HttpResponseBase:
    """The questionnaire with its codebook, as CSV (the questions) or XLSX (both)."""
    held = part_or_404(request, listening_id).listening
    here = {"organisation": held.organisation_id}
    asked = list(Asked.objects.filter(listening=held, **here).order_by("group"))
    rows = Question.objects.filter(asked__listening=held, **here).order_by("asked__group", "position", "pk")
    sheets = [questions_sheet(held, asked, rows), codebook_sheet(held, asked)]
    return _file(request, held, "questions", kind, sheets)


def _file(
    request: MemberRequest, held: Listening, name: str, kind: str, sheets: list[Sheet]
) -> HttpResponseBase:
    try:
        content = as_csv(sheets[0]) if kind == "csv" else as_xlsx(sheets)
    except Broke:
        messages.error(request, _("This file could not be made now. Try again."))
        return _back(request, held.pk)
    response = HttpResponse(content, content_type=CSV_TYPE if kind == "csv" else XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="listening-{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _back(request: MemberRequest, listening_id: UUID) -> HttpResponseBase:
    return redirect("voices:tables", school=request.seat.organisation.slug, listening_id=listening_id)
