"""The page of the throughline: the picture, what is missing, and the same as a table."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.elements.line.drawing import draw_line
from throughline.elements.line.graph import Column, Line, Point, through
from throughline.elements.line.queries import ON_THE_LINE, throughline_of
from throughline.elements.line.words import cells_of, column_names, label_of
from throughline.elements.models import ElementKind
from throughline.elements.policy import STAFF
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def throughline(request: MemberRequest) -> HttpResponse:
    """From the reason to change to the competencies of the journey. `?at=` shows what passes through one point."""
    if not request.seat.has(*STAFF):
        raise Http404
    shown = throughline_of(request.seat)
    line = shown.line
    chosen = _chosen(request, line)
    if chosen:
        line = through(line, chosen.id)
    context = {
        "picture": mark_safe(_drawn(line, chosen, request.path)),  # escaped where it is drawn  # noqa: S308
        "chosen": chosen,
        "chosen_about": label_of(line, chosen) if chosen else "",
        "heads": column_names(),
        "rows": cells_of(line),
        "missing": shown.missing,
        "is_empty": not any(point.column < Column.COMPETENCY for point in line.points),
        "to_begin": [(kind.value, kind.label) for kind in ON_THE_LINE if kind not in shown.begun],
        "plan": ElementKind.IMPLEMENTATION_PLAN.value,
    }
    return render(request, "elements/line.html", context)


def _chosen(request: MemberRequest, line: Line) -> Point | None:
    asked = request.GET.get("at", "")
    if not asked:
        return None
    try:
        return line.by_id[UUID(asked)]
    except (ValueError, KeyError):
        raise Http404 from None


def _drawn(line: Line, chosen: Point | None, path: str) -> str:
    """A point leads to what passes through it; the one that was chosen leads to its own page."""
    hrefs = {point.id: f"{path}?at={point.id}#picture" for point in line.points}
    if chosen:
        hrefs[chosen.id] = chosen.href or path
    return draw_line(
        line,
        title=_("The throughline"),
        heads=column_names(),
        labels={point.id: label_of(line, point) for point in line.points},
        hrefs=hrefs,
        chosen=chosen.id if chosen else None,
    )
