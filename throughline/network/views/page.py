"""The one page that readers of a share see, wherever they stand: what every view of it shows."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from throughline.network.models import Share
from throughline.network.shared_pdf import as_data, shared_pdf
from throughline.network.shown import Shown, shown
from throughline.records.paper.compiling import PAPERS, Way
from throughline.records.paper.fonts import unshown_in
from throughline.records.profile.picture import picture_of, table_of


def page_context(share: Share) -> dict[str, Any]:
    """What `network/_shown.html` lays out: the same for the preview, inside, between organisations and by link."""
    told: Shown = shown(share)
    return {
        "told": told,
        "unshown": unshown_in(as_data(told)),
        "picture": picture_of(told.profile, title=told.title, earlier=told.earlier),
        "table": table_of(told.profile, caption=told.date, earlier=told.earlier),
    }


def pdf_of(request: HttpRequest, share: Share) -> HttpResponse:
    """The same on the paper asked for."""
    paper = request.GET.get("paper", "a4")
    if paper not in PAPERS:
        raise Http404
    told = shown(share)
    response = HttpResponse(shared_pdf(told, way=Way.now(paper)), content_type="application/pdf")
    name = slugify(told.journey) or "journey"
    response["Content-Disposition"] = f'inline; filename="{name}-{told.taken_at:%Y-%m-%d}.pdf"'
    return response
