"""What everyone may read of an element: the edition in force, without an account and without any script."""

from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from throughline.elements.adopting.pictures import picture_of
from throughline.elements.models import Edition, Element, Publication
from throughline.elements.publishing.page import page_of
from throughline.elements.publishing.paper import edition_pdf
from throughline.elements.publishing.queries import languages_of, public_element, said_in, shown_edition
from throughline.elements.publishing.units import Said
from throughline.frameworks.languages import name_of
from throughline.kit.access import for_everyone
from throughline.records.paper.compiling import PAPERS


def _found(place: str, kind: str) -> tuple[Element, Publication, Edition]:
    found = public_element(place, kind)
    edition = shown_edition(found[0]) if found else None
    if found is None or edition is None:
        raise Http404
    return *found, edition


@for_everyone
def public(request: HttpRequest, place: str, kind: str) -> HttpResponse:
    """The edition in force; `?in=` another language, `?beside` with the original next to it."""
    element, publication, edition = _found(place, kind)
    languages = [each for each in languages_of(element) if each != edition.language]
    language = request.GET.get("in", "")
    if language not in languages:
        language = edition.language
    said = said_in(element, language) if language != edition.language else {}

    def image_url(file: str) -> str:
        return reverse("elements:public-picture", kwargs={"place": place, "kind": kind, "file_id": file})

    here = reverse("elements:public", kwargs={"place": place, "kind": kind})
    page = page_of(edition, said, language, image_url)
    context = {
        "page": page,
        "edition": edition,
        "organisation": element.organisation.name,
        "beside": "beside" in request.GET and language != edition.language,
        "languages": [
            (code, name_of(code), f"{here}?in={code}", code == language)
            for code in [edition.language, *languages]
        ],
        "may_be_found": publication.may_be_found,
        "canonical": f"{settings.SITE_ADDRESS}{here}",
        "here": here,
        "has_line": publication.has_line,  # type: ignore[attr-defined]
        "place": place,
        "kind": kind,
    }
    response = render(request, "elements/public.html", context)
    response["Content-Language"] = language
    return _hidden(response, publication)


def _hidden(response: HttpResponse, publication: Publication) -> HttpResponse:
    if not publication.may_be_found:
        response["X-Robots-Tag"] = "noindex,nofollow"
    return response


@for_everyone
def picture(request: HttpRequest, place: str, kind: str, file_id: UUID) -> HttpResponseBase:
    """A picture of the edition in force."""
    _element, _publication, edition = _found(place, kind)
    return picture_of(edition.document, edition.organisation_id, file_id)


@for_everyone
def adopted_file(request: HttpRequest, place: str, kind: str) -> HttpResponseBase:
    """The file that was adopted in place of a text."""
    _element, _publication, edition = _found(place, kind)
    if edition.file is None:
        raise Http404
    try:
        content = default_storage.open(edition.file.path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=True, filename=edition.file.name, content_type=edition.file.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@for_everyone
def public_pdf(request: HttpRequest, place: str, kind: str) -> HttpResponse:
    """The edition in force as a tagged PDF; `?in=` another language, `?paper=letter`."""
    element, publication, edition = _found(place, kind)
    language = request.GET.get("in", edition.language)
    if language != edition.language and language not in languages_of(element):
        raise Http404
    said = said_in(element, language) if language != edition.language else {}
    return _hidden(pdf_of(request, edition, said, language), publication)


def pdf_of(request: HttpRequest, edition: Edition, said: Said, language: str) -> HttpResponse:
    """An edition as a file to keep. 404 for one that is a file itself, or a paper that there is not."""
    paper = request.GET.get("paper", "a4")
    if paper not in PAPERS or edition.file is not None:
        raise Http404
    response = HttpResponse(edition_pdf(edition, said, language, paper), content_type="application/pdf")
    name = f"{edition.element.kind}-{edition.number}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
