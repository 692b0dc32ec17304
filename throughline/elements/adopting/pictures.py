"""The pictures of a frozen text, for readers who are no members: only those that stand in what they read."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from throughline.files import kinds
from throughline.files.models import StoredFile


def pictures_in(node: dict[str, Any]) -> Iterator[str]:
    """The files of all pictures in a text."""
    if node["type"] == "image":
        yield str(node["attrs"]["file"])
    for inner in node.get("content", ()):
        yield from pictures_in(inner)


def picture_of(document: dict[str, Any], organisation_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The picture, when it is one that we painted ourselves and it stands in this text; 404 otherwise."""
    if str(file_id) not in set(pictures_in(document)):
        raise Http404
    row = StoredFile.objects.filter(
        organisation=organisation_id, pk=file_id, media_type=kinds.PICTURE.media_type
    ).first()
    if row is None:
        raise Http404
    try:
        content = default_storage.open(row.path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, content_type=row.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    return response
