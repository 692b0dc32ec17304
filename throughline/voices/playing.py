"""A recording as it is played: whole or in parts, as phones ask for it, and never as something that could act in our name."""

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse

from throughline.files.models import StoredFile

_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})$")


def played(file: StoredFile, wanted: str) -> HttpResponse:
    """The recording, or the part of it that `wanted` (the header Range) asks for. Raises `Http404` where it is gone."""
    whole = range(file.size)
    part = _part(wanted, file.size)
    try:
        with default_storage.open(file.path) as stored:
            stored.seek((part or whole).start)
            content = stored.read(len(whole if part is None else part))
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(content, content_type=file.media_type)
    if part is not None:
        answer.status_code = 206 if part else 416
        answer["Content-Range"] = (
            f"bytes {part.start}-{part.stop - 1}/{file.size}" if part else f"bytes */{file.size}"
        )
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _part(wanted: str, size: int) -> range | None:
    """Which bytes are asked for (RFC 9110, 14.1.2): None for all of them, an empty range for what is not there."""
    found = _RANGE.match(wanted)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:  # the last so many
        return range(max(0, size - int(found[2])), size) if int(found[2]) else range(0)
    begin, last = int(found[1]), int(found[2] or size)
    if begin >= size:
        return range(0)
    return range(begin, min(last + 1, size)) if last >= begin else None
