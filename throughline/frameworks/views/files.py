"""A framework as a file: for members of a school, and for everyone where it is public."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from throughline.frameworks.file_forms import FORMS, file_name
from throughline.frameworks.models import FrameworkVersion
from throughline.frameworks.queries import versions_visible_to
from throughline.frameworks.shelf import version_in, versions_at
from throughline.frameworks.views.public import for_everyone
from throughline.schools.tenant import MemberRequest, for_members


@require_safe
@for_members
def member_file(request: MemberRequest, version_id: UUID, form: str) -> HttpResponseBase:
    """A version that this organisation may see, as a file."""
    return _sent(get_object_or_404(versions_visible_to(request.seat.organisation), pk=version_id), form)


@for_everyone
def public_file(request: HttpRequest, framework: str, number: str, form: str) -> HttpResponse:
    """A version of a public framework, as a file."""
    version = version_in(versions_at(framework), number)
    if version is None:
        raise Http404
    return _sent(version, form)


def _sent(version: FrameworkVersion, form: str) -> HttpResponse:
    name = file_name(version, form)
    return HttpResponse(
        FORMS[form].made(version),
        content_type=FORMS[form].media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
