"""Serving a file: through permission only, and never as something that could act in our name."""

import logging
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from throughline.files import kinds
from throughline.files.queries import files_visible_to
from throughline.schools.tenant import MemberRequest, for_members

logger = logging.getLogger(__name__)


@require_safe
@for_members
def file(request: MemberRequest, file_id: UUID) -> HttpResponseBase:
    """The file as a download; a picture that we painted ourselves also inside a page (`?inline`)."""
    row = get_object_or_404(files_visible_to(request.seat), pk=file_id)
    try:
        content = default_storage.open(row.path)
    except FileNotFoundError:
        logger.exception("the file %s is missing from the storage", row.pk)
        raise Http404 from None
    inside = row.media_type == kinds.PICTURE.media_type and "inline" in request.GET
    charset = "; charset=utf-8" if row.media_type.startswith("text/") else ""
    response = FileResponse(
        content, as_attachment=not inside, filename=row.name, content_type=row.media_type + charset
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
