"""Frameworks for everyone: the list, a whole version, one competency. No account, no trace, in the reader's language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from throughline.frameworks.addresses import framework_address, public_address
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.public.pages import Page, competency_page, framework_page
from throughline.frameworks.public_queries import (
    competency_in,
    languages_of,
    newest_of_each,
    version_in,
    versions_at,
)
from throughline.frameworks.tree import tree
from throughline.kit.access import for_everyone


@for_everyone
def frameworks(request: HttpRequest) -> HttpResponse:
    """Every framework that is open to everyone."""
    language = translation.get_language() or "en"
    rows = [
        (tree(each.pk, language), framework_address(each.framework), each.framework.owner)
        for each in newest_of_each()
    ]
    context = {
        "shared": [row for row in rows if row[2] is None],
        "owned": [row for row in rows if row[2] is not None],
        "canonical": f"{settings.SITE_ADDRESS}{request.path}",
    }
    return render(request, "frameworks/public/frameworks.html", context)


@for_everyone
def framework(request: HttpRequest, framework: str, number: str = "") -> HttpResponse:
    """One version whole, the newest unless the address names one; a large one domain by domain."""
    versions, version = _found(framework, number)
    page = framework_page(_page(request, versions, version), request.GET.get("domain", ""))
    return render(request, "frameworks/public/framework.html", page)


@for_everyone
def competency(request: HttpRequest, framework: str, number: str, code: str) -> HttpResponse:
    """One competency: where the code on a wall card leads."""
    versions, version = _found(framework, number)
    page = _page(request, versions, version)
    place = competency_in(page.tree, code)
    if place is None:
        raise Http404
    return render(request, "frameworks/public/competency.html", competency_page(page, place))


def _found(key: str, number: str) -> tuple[list[FrameworkVersion], FrameworkVersion]:
    versions = versions_at(key)
    version = (version_in(versions, number) if number else versions[0]) if versions else None
    if version is None:
        raise Http404
    return versions, version


def _page(request: HttpRequest, versions: list[FrameworkVersion], version: FrameworkVersion) -> Page:
    return Page.of(version, versions, languages_of(version), request.GET, public_address)
