"""The pages from which a text is taken along."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from throughline.elements.bringing.queries import Pictures
from throughline.elements.bringing.taking_along import DOCX, Taking
from throughline.elements.editing.queries import text_at
from throughline.elements.models import Change
from throughline.elements.shortcuts import draft_or_404, head
from throughline.elements.writing.schema import plain_text
from throughline.records.paper.compiling import PAPERS
from throughline.records.paper.fonts import unshown_in
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def take(request: MemberRequest, kind: str) -> HttpResponse:
    """Which formats there are, and for what each is good."""
    part = draft_or_404(request, kind)
    text = text_at(part.element)
    unshown = unshown_in(plain_text(text.document), part.element.title)
    return render(request, "elements/take.html", {"unshown": unshown, **head(request, part)})


@require_safe
@for_members
def taken(request: MemberRequest, kind: str, end: str) -> HttpResponse:
    """The text as it is now, in one of the formats."""
    part = draft_or_404(request, kind)
    paper = request.GET.get("paper", "a4")
    if paper not in PAPERS:
        raise Http404
    element = part.element
    text = text_at(element)
    changed = Change.objects.filter(
        organisation_id=element.organisation_id, element=element, end=text.version
    ).values_list("at", flat=True)
    made_at = changed.first() or element.begun_at
    taking = Taking(element, text.document, Pictures(request.seat, text.document), made_at)
    if end == "docx":
        return _file(taking.docx(paper), DOCX, f"{taking.name}.docx")
    if end == "pdf":
        return _file(taking.pdf(paper), "application/pdf", f"{taking.name}.pdf")
    if end == "html":
        return _file(taking.html().encode(), "text/html; charset=utf-8", f"{taking.name}.html")
    found, content = taking.markdown()
    media = "application/zip" if found == "zip" else "text/markdown; charset=utf-8"
    return _file(content, media, f"{taking.name}.{found}")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Always as a file to keep: nothing of it opens in our place."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
