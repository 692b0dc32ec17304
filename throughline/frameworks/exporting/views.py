"""A framework as a file: for members of a school, and for everyone where it is public."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.frameworks.addresses import public_address
from throughline.frameworks.case.validation import ExportFault
from throughline.frameworks.exporting.actions import file_of
from throughline.frameworks.exporting.formats import FORMS, file_name
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.public_queries import version_in, versions_at
from throughline.frameworks.queries import versions_visible_to
from throughline.kit.access import for_everyone
from throughline.schools.models import Membership
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def member_file(request: MemberRequest, version_id: UUID, form: str) -> HttpResponseBase:
    """A version that this organisation may see, as a file."""
    version = get_object_or_404(versions_visible_to(request.seat.organisation), pk=version_id)
    back = reverse("frameworks:framework", args=[request.seat.organisation.slug, version.pk])
    return _sent(request, version, form, back, request.seat.membership)


@for_everyone
def public_file(request: HttpRequest, framework: str, number: str, form: str) -> HttpResponse:
    """A version of a public framework, as a file."""
    version = version_in(versions_at(framework), number)
    if version is None:
        raise Http404
    return _sent(request, version, form, public_address(version))


def _sent(
    request: HttpRequest, version: FrameworkVersion, form: str, back: str, by: Membership | None = None
) -> HttpResponse:
    """The file, or a page that says why there is none."""
    try:
        content = file_of(version, form, asked_by=by)
    except ExportFault as fault:
        context = {"reason": fault.sentence, "back": back}
        return render(request, "frameworks/no_file.html", context, status=409)
    name = file_name(version, form)
    return HttpResponse(
        content,
        content_type=FORMS[form].media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
