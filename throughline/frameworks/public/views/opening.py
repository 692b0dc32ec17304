"""What everyone would see of a framework, for the lead who opens or closes it."""

from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from throughline.frameworks.addresses import Coded, framework_address
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.policy import may_open
from throughline.frameworks.public.actions import close_framework, open_framework
from throughline.frameworks.public.pages import Page, competency_page, framework_page
from throughline.frameworks.public_queries import competency_in, languages_of
from throughline.frameworks.queries import newest_first, versions_visible_to
from throughline.schools.tenant import MemberRequest, for_members


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def opening(request: MemberRequest, version_id: UUID) -> HttpResponseBase:
    """Exactly what others see of this version, under a word about who can see it now."""
    version = get_object_or_404(versions_visible_to(request.seat.organisation), pk=version_id)
    verdict = may_open(request.seat.membership, version.framework)
    verdict.enforce()
    if request.method == "POST":
        verb = close_framework if request.POST.get("do") == "close" else open_framework
        verb(framework=version.framework, by=request.seat.membership)
        return redirect(request.path)
    shared = framework_address(version.framework)
    context = {
        **_seen(request, version),
        "is_open": version.framework.public_at is not None,
        "public_url": request.build_absolute_uri(shared),
        "public_path": shared,
    }
    return render(request, "frameworks/public/opening.html", context)


def _seen(request: MemberRequest, version: FrameworkVersion) -> dict[str, Any]:
    """The public page of the version, or of the competency that was asked for, with links that stay in here."""

    def address(_version: FrameworkVersion, competency: Coded | None) -> str:
        return f"{request.path}?{urlencode({'competency': competency.code})}" if competency else request.path

    siblings = list(newest_first(version.framework))
    page = Page.of(version, siblings, languages_of(version), request.GET, address)
    place = competency_in(page.tree, request.GET.get("competency", ""))
    return (
        framework_page(page, request.GET.get("domain", "")) if place is None else competency_page(page, place)
    )
