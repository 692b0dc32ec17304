"""For those who watch over the server: does it live, and can it work?"""

from django.db import Error
from django.http import HttpRequest, JsonResponse

from throughline.activity import pulse
from throughline.kit.access import Door, open_to


@open_to(Door.EVERYONE)
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@open_to(Door.EVERYONE)
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database and worker do their work, else 503 with the part that does not."""
    try:
        parts = {"database": "ok", "worker": "ok" if pulse.is_alive() else "silent"}
    except Error:
        parts = {"database": "does not answer", "worker": "unknown"}
    ready = set(parts.values()) == {"ok"}
    return JsonResponse(
        {"status": "ok" if ready else "not ready", "parts": parts}, status=200 if ready else 503
    )
