"""The pages of the throughline: the picture, what is missing, and the same as a table; inside, and for everyone."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from throughline.elements.line.actions import show_line
from throughline.elements.line.drawing import draw_line
from throughline.elements.line.forms import ShowLineForm
from throughline.elements.line.graph import Column, Line, Point, through
from throughline.elements.line.policy import may_show_line
from throughline.elements.line.published import (
    left_out,
    line_shown_at,
    published_editions,
    published_line,
    shown_by,
)
from throughline.elements.line.queries import ON_THE_LINE, throughline_of
from throughline.elements.line.words import cells_of, column_names, empty_columns, label_of
from throughline.elements.models import ElementKind
from throughline.elements.policy import STAFF
from throughline.kit.access import for_everyone
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
        "without": [],
        "missing": shown.missing,
        "is_empty": not any(point.column < Column.COMPETENCY for point in line.points),
        "to_begin": [(kind.value, kind.label) for kind in ON_THE_LINE if kind not in shown.begun],
        "plan": ElementKind.IMPLEMENTATION_PLAN.value,
    }
    return render(request, "elements/line.html", context)


def _chosen(request: HttpRequest, line: Line) -> Point | None:
    asked = request.GET.get("at", "")
    if not asked:
        return None
    try:
        return line.by_id[UUID(asked)]
    except (ValueError, KeyError):
        raise Http404 from None


def _drawn(line: Line, chosen: Point | None, path: str) -> str:
    """A point leads to what passes through it; the one that was chosen leads to its own page."""
    hrefs = {point.id: f"?at={point.id}#picture" for point in line.points}
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


@for_everyone
def public_line(request: HttpRequest, place: str) -> HttpResponse:
    """What is adopted, in force and published, as one line. Without a script, and without a word about anybody."""
    held = line_shown_at(place)
    if held is None:
        raise Http404
    found = published_line(held.organisation)
    line = found.line
    if not line.points:
        raise Http404
    chosen = _chosen(request, line)
    if chosen:
        line = through(line, chosen.id)
    cells = cells_of(line)
    context = {
        "picture": mark_safe(_drawn(line, chosen, request.path)),  # escaped where it is drawn  # noqa: S308
        "chosen": chosen,
        "heads": column_names(),
        "rows": cells,
        "without": empty_columns(line, cells),
        "language": "" if found.language == get_language() else found.language,
        "organisation": held.organisation.name,
        "place": place,
        "editions": [
            (each, reverse("elements:public", kwargs={"place": place, "kind": each.element.kind}))
            for each in found.editions
        ],
        "may_be_found": held.may_be_found,
        "canonical": f"{settings.SITE_ADDRESS}{request.path}",
    }
    response = render(request, "elements/line_public.html", context)
    if not held.may_be_found:
        response["X-Robots-Tag"] = "noindex,nofollow"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def publish_line(request: MemberRequest) -> HttpResponseBase:
    """Whether everyone can see it, and which elements it would show."""
    if not request.seat.has(*STAFF):
        raise Http404
    organisation = request.seat.organisation
    may = may_show_line(request.seat.membership)
    held = shown_by(organisation)
    initial = {"is_open": held.is_open, "may_be_found": held.may_be_found} if held else {}
    form = ShowLineForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        may.enforce()
    if form.is_valid():
        show_line(by=request.seat.membership, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(request.path)
    there = reverse("elements:public-line", kwargs={"place": organisation.slug})
    editions = published_editions(organisation)
    context = {
        "form": form,
        "may": may,
        "held": held,
        "editions": editions,
        "left_out": left_out(organisation, editions),
        "path": there,
        "public_url": request.build_absolute_uri(there),
    }
    return render(request, "elements/line_publish.html", context)
