"""Papers to print of a framework, inside a school and for everyone: what there is, and each as a PDF."""

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from throughline.frameworks.addresses import public_address
from throughline.frameworks.languages import name_of
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.public_queries import languages_of, open_versions
from throughline.frameworks.queries import versions_visible_to
from throughline.frameworks.tree import tree
from throughline.kit.access import Door, open_to
from throughline.records.paper.catalog import KINDS, Kind, leads_to, paper_of
from throughline.records.paper.compiling import PAPERS, Way
from throughline.records.paper.fonts import unshown_in
from throughline.records.paper.parts import MOST, part_named, parts_of
from throughline.schools.tenant import MemberRequest, for_members


@dataclass(frozen=True, slots=True)
class File:
    """One part of a paper on both sizes of paper."""

    name: str
    a4: str
    letter: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper and its files: one, or one for each part of a large framework."""

    kind: Kind
    files: list[File]


@require_safe
@for_members
def papers(request: MemberRequest, version_id: UUID) -> HttpResponse:
    """What can be printed of a framework that this school may use."""
    version = get_object_or_404(versions_visible_to(request.seat.organisation), pk=version_id)
    known = {"school": request.seat.organisation.slug, "version_id": version.pk}
    back = reverse("frameworks:framework", kwargs=known)
    return _page(request, version, "records:paper", known, back)


@open_to(Door.EVERYONE)
@require_safe
def open_papers(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """What anyone can print of a public framework."""
    version = get_object_or_404(open_versions(), pk=version_id)
    return _page(request, version, "records:open-paper", {"version_id": version.pk}, public_address(version))


def _page(
    request: HttpRequest, version: FrameworkVersion, name: str, known: dict[str, Any], back: str
) -> HttpResponse:
    languages = languages_of(version)
    asked_for = request.GET.get("language", "")
    tongue = {"language": asked_for} if asked_for in languages else {}
    framework = tree(version.pk, tongue.get("language"))
    parts = parts_of(framework)
    found = []
    for kind in KINDS:
        address = reverse(f"{name}-{kind.key}", kwargs=known)
        files = []
        for part in parts:
            asked = [
                f"{address}?{urlencode({'paper': paper} | tongue | ({'part': part.key} if part.key else {}))}"
                for paper in PAPERS
            ]
            files.append(File(part.name, *asked))
        found.append(Paper(kind, files))
    context = {
        "version": version,
        "tree": framework,
        "papers": found,
        "most": MOST,
        "back": back,
        "cut": len(parts) > 1,
        "unshown": unshown_in(
            framework.title, framework.attribution, framework.step_labels, framework.domains
        ),
        "language": asked_for or (get_language() or "en").split("-")[0],
        "languages": [(each, name_of(each), f"?{urlencode({'language': each})}") for each in languages]
        if len(languages) > 1
        else [],
    }
    return render(request, "records/papers.html", context)


@require_safe
@for_members
def paper(request: MemberRequest, version_id: UUID, kind: str) -> HttpResponse:
    """One paper as a tagged PDF."""
    version = get_object_or_404(versions_visible_to(request.seat.organisation), pk=version_id)
    return _file(request, version, kind, request.seat.organisation.slug)


@open_to(Door.EVERYONE)
@require_safe
def open_paper(request: HttpRequest, version_id: UUID, kind: str) -> HttpResponse:
    """One paper of a public framework as a tagged PDF."""
    return _file(request, get_object_or_404(open_versions(), pk=version_id), kind, "")


def _file(request: HttpRequest, version: FrameworkVersion, kind: str, school: str) -> HttpResponse:
    """In the reader's language, or in one that the framework speaks and somebody else will read."""
    language = request.GET.get("language", "")
    if language and language not in languages_of(version):
        raise Http404
    with override(language) if language else nullcontext():
        return _made(request, version, kind, school)


def _made(request: HttpRequest, version: FrameworkVersion, kind: str, school: str) -> HttpResponse:
    paper, key = request.GET.get("paper", "a4"), request.GET.get("part", "")
    framework = tree(version.pk)
    part = part_named(framework, key)
    if paper not in PAPERS or part is None:
        raise Http404
    link = leads_to(version, framework, school)
    made = paper_of(kind, version, framework, part, link=link, way=Way.now(paper))
    response = HttpResponse(made, content_type="application/pdf")
    name = "-".join(each for each in (slugify(framework.title) or "framework", kind, key) if each)
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
