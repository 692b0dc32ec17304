"""For those who watch over the server: does it live, and can it work? And: forget what was typed and not sent."""

from django.contrib.auth.decorators import login_required
from django.db import Error
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from throughline.activity import keeping, pulse
from throughline.kit.access import Door, open_to
from throughline.kit.addresses import local_path


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


@open_to(Door.SIGNED_IN)
@login_required
@require_POST
def forget_typed(request: HttpRequest) -> HttpResponseBase:
    """I do not want what I typed before my session ended."""
    response: HttpResponseRedirect = redirect(local_path(request.POST.get("next", "")) or "/")
    for each in keeping.kept_of(request):
        if each.id == request.POST.get("kept"):
            keeping.forget(each, response)
    return response
