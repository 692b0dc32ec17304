"""You said → we did on paper: for whoever has the address, and for the team also before it is published."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from throughline.kit.early import keep_briefly
from throughline.records.paper.compiling import PAPERS
from throughline.schools.tenant import MemberRequest, for_members
from throughline.voices.answering.languages import interface_language
from throughline.voices.answering.visits import Visit, for_respondents
from throughline.voices.models import Asked, Listening
from throughline.voices.replying.document import document_of
from throughline.voices.replying.following import steps_of
from throughline.voices.replying.paper import Paper, heard_pdf
from throughline.voices.replying.queries import (
    lines_read,
    newest_edition,
    places_of,
    replies_of,
)
from throughline.voices.shortcuts import part_or_404


@require_safe
@for_respondents
def heard_paper(visit: Visit) -> HttpResponseBase:
    """What is published, in the language that is read. `?paper=letter`, `?large=1`."""
    listening, request = visit.listening, visit.request
    edition = newest_edition(listening) if listening.state == Listening.State.CLOSED else None
    if edition is None:
        raise Http404
    paper = Paper(
        school=visit.asked.organisation.name,
        title=edition.document["title"],
        lines=lines_read(listening, edition.document, visit.language),
        day=edition.at,
        address=_address(visit.asked, visit.language),
    )
    answer = _file(request, paper)
    return answer if request.COOKIES else keep_briefly(answer)


@require_safe
@for_members
def replies_paper(request: MemberRequest, listening_id: UUID) -> HttpResponse:
    """What is written now, marked as a draft where readers see something else. `?in=es`, `?paper=letter`, `?large=1`."""
    part = part_or_404(request, listening_id)
    listening, rows = part.listening, replies_of(part.listening)
    language = request.GET.get("in", "") or (listening.languages or ["en"])[0]
    if not rows or language not in listening.languages:
        raise Http404
    steps = steps_of(listening.organisation_id, request.seat.organisation.slug, rows)
    document, edition = document_of(listening, rows, steps), newest_edition(listening)
    published = edition is not None and edition.document == document
    places = places_of(listening)
    with translation.override(interface_language(language, translation.get_language() or "")):
        paper = Paper(
            school=request.seat.organisation.name,
            title=listening.title,
            lines=lines_read(listening, document, language),
            day=edition.at if edition and published else max(each.changed_at for each in rows),
            address=_address(places[0], language) if places else "",
            draft=not published,
        )
        return _file(request, paper)


def _address(asked: Asked, language: str) -> str:
    """Where it is read, whole, in the language of the paper."""
    there = reverse("voices:heard", kwargs={"place": asked.place})
    return f"{settings.SITE_ADDRESS}{there}?{urlencode({'in': language})}"


def _file(request: HttpRequest, paper: Paper) -> HttpResponse:
    size, large = request.GET.get("paper", "a4"), "large" in request.GET
    if size not in PAPERS:
        raise Http404
    answer = HttpResponse(heard_pdf(paper, size=size, large=large), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="we-did{"-large" if large else ""}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
