"""Public frameworks for other software: the read addresses of CASE 1.1 and 1.0. No account, open to every site.

What is not public does not exist. Errors are the standard's own (`imsx_StatusInfo`), never a page.
"""

import hashlib
import zlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, quote_etag, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from throughline.frameworks.addresses import framework_address, public_address
from throughline.frameworks.case.serialization import in_bytes
from throughline.frameworks.case_api.queries import (
    EDITIONS,
    KINDS,
    SETS,
    competency_of,
    documents,
    one,
    package_named,
)
from throughline.frameworks.case_api.query_params import BadQuestion, question_in
from throughline.frameworks.models import PublicEntry, PublicPackage
from throughline.kit.access import Door, open_to
from throughline.kit.ids import parse_uuid

SECONDS_KEPT = 300  # by caches on the way; after that an unchanged answer costs a 304


def for_software(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The address may be read by anyone and from a page of any site: nothing in it depends on who asks."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            response: HttpResponseBase = problem(405, "forbidden", _("This address can only be read."))
            response["Allow"] = "GET, HEAD"
        else:
            try:
                response = view(request, *args, **kwargs)
            except BadQuestion as bad:
                response = problem(400, bad.code, bad.sentence)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, X-Total-Count"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        patch_vary_headers(response, ["Accept"])
        return response

    return open_to(Door.EVERYONE)(csrf_exempt(answered))


@for_software
def case_documents(request: HttpRequest, binding: str) -> HttpResponseBase:
    """`CFDocuments`: every public framework, page by page."""
    if binding not in EDITIONS:
        return unknown()
    question = question_in(request.GET.dict())
    rows, total = question.answer(documents(EDITIONS[binding]))
    response = said(request, in_bytes({"CFDocuments": rows}))
    response["X-Total-Count"] = str(total)
    asked = {name: value for name, value in request.GET.dict().items() if name not in ("offset", "limit")}
    here = f"{settings.SITE_ADDRESS}{request.path}"
    pages = {
        name: urlencode({**asked, "limit": str(question.limit), "offset": str(offset)})
        for name, offset in question.pages(total).items()
    }
    links = [f'<{here}?{query}>; rel="{name}"' for name, query in pages.items()]
    response["Link"] = ", ".join(links)
    return response


@for_software
def case_one(request: HttpRequest, binding: str, collection: str, identifier: str) -> HttpResponseBase:
    """One object by its identifier. A browser is led to the page where a person can read it."""
    known = collection in ("CFPackages", "CFItemAssociations", *KINDS, *SETS)
    if binding not in EDITIONS or not known:
        return unknown()
    wanted = parse_uuid(identifier)
    if wanted is None or str(wanted) != identifier.lower():
        return problem(400, "invalid_uuid", _("“%(it)s” is not a UUID.") % {"it": identifier[:80]})
    if collection == "CFPackages":
        return _package(request, wanted, EDITIONS[binding])
    found = one(collection, wanted, EDITIONS[binding])
    if found is None:
        return unknown()
    if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        return redirect(_page(found.entry))
    packages = PublicPackage.objects.filter(framework=found.entry.framework_id, edition=EDITIONS[binding])
    return said(request, in_bytes(found.body), packages.values_list("changed_at", flat=True)[0])


def _package(request: HttpRequest, identifier: UUID, edition: str) -> HttpResponseBase:
    found = package_named(identifier, edition)
    if found is None:
        return unknown()
    response = HttpResponse(content_type="application/json")
    fresh = _marked(request, response, found.digest, found.changed_at)
    if fresh is not response:
        return fresh
    response.content = zlib.decompress(bytes(found.body))
    return response


def said(request: HttpRequest, body: bytes, changed_at: datetime | None = None) -> HttpResponse:
    """The answer, or that it has not changed."""
    response = HttpResponse(body, content_type="application/json")
    return _marked(request, response, hashlib.sha256(body).hexdigest(), changed_at)


def _marked(
    request: HttpRequest, response: HttpResponse, digest: str, changed_at: datetime | None
) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
    response["ETag"] = quote_etag(digest[:32])
    moment = None
    if changed_at is not None:
        moment = int(changed_at.timestamp())
        response["Last-Modified"] = http_date(moment)
    checked = get_conditional_response(
        request, etag=response["ETag"], last_modified=moment, response=response
    )
    return checked if isinstance(checked, HttpResponse) else response


def unknown() -> HttpResponse:
    """What does not exist, or not for everyone: nobody can tell which."""
    return problem(404, "unknownobject", _("There is nothing public with this identifier here."))


def problem(status: int, code: str, sentence: str) -> HttpResponse:
    """An error as the standard writes it."""
    field = {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": code}
    body = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": sentence,
        "imsx_codeMinor": {"imsx_codeMinorField": [field]},
    }
    return HttpResponse(in_bytes(body), status=status, content_type="application/json")


def _page(entry: PublicEntry) -> str:
    """The public page of the competency that an item is, or is part of; otherwise that of the framework."""
    competency = competency_of(entry) if entry.kind == "CFItem" else None
    if competency is None:
        return framework_address(entry.framework)
    competency.version.framework = entry.framework
    return public_address(competency.version, competency)
