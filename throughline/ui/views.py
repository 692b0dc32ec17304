"""Pages for what goes wrong, the gallery, and the choice of light or dark."""

import logging
import sys
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from throughline.kit.access import Door, open_to
from throughline.kit.addresses import local_path
from throughline.kit.disk import is_disk_full
from throughline.ui import gallery as pieces_on_show
from throughline.ui import samples
from throughline.ui.rescue import rescued

WRONG = (
    "bad-request",
    "forbidden",
    "not-found",
    "only-forms",
    "too-large",
    "too-many",
    "disk-full",
    "server-error",
    "stale-form",
)
YEAR = 365 * 24 * 3600
LAST_RESORT = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Something broke</title>"
    "<h1>Something broke on our side</h1><p>Everything you saved before is still there. Please try again in a minute.</p>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request made no sense, or (413) was too large. Drawn without the request: it may be half made."""
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(_alone("too-large"), status=413)
    return HttpResponse(_alone("bad-request"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible but not allowed, with the reason as a sentence."""
    return render(request, "ui/error.html", {"kind": "forbidden", "reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for this person; the two look the same."""
    return render(request, "ui/error.html", {"kind": "not-found"}, status=404)


def only_forms(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: somebody followed or reloaded an address that only takes what a form sends."""
    page = render(request, "ui/error.html", {"kind": "only-forms"}, status=405)
    page.headers["Allow"] = allowed
    return page


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413: more than the stated limit."""
    return render(request, "ui/error.html", {"kind": "too-large"}, status=413)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too often in a short time."""
    return render(request, "ui/error.html", {"kind": "too-many"}, status=429)


def disk_full(request: HttpRequest) -> HttpResponse:
    """507: no room left to save anything. Gives back what was typed, and draws on neither database nor session."""
    logging.getLogger(__name__).error("The disk is full: what somebody sent could not be saved.")
    given_back = rescued(request)
    known: dict[str, object] = {"kind": "disk-full", "alone": True, "rescued": given_back}
    if given_back:
        known["csrf_token"] = given_back.token
    return HttpResponse(render_to_string("ui/error.html", known), status=507)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Touches neither the database nor the request; if even the template fails, plain words."""
    try:
        if is_disk_full(sys.exc_info()[1]):
            return disk_full(request)
        return HttpResponse(_alone("server-error"), status=500)
    except Exception:
        logging.getLogger(__name__).exception("The page for a server error cannot be drawn")
        return HttpResponse(LAST_RESORT, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that has lost its session."""
    return render(request, "ui/error.html", {"kind": "stale-form"}, status=403)


def not_kept(request: HttpRequest) -> HttpResponse:
    """The same where what was typed could not be kept for later either: it is shown, to copy.

    Without a button that sends it again: nobody has vouched for what a form without a good token says.
    """
    given_back = rescued(request)
    shown = replace(given_back, action="", fields=[]) if given_back else None
    return render(request, "ui/error.html", {"kind": "stale-form", "rescued": shown}, status=403)


def _alone(kind: str) -> str:
    return render_to_string("ui/error.html", {"kind": kind, "alone": True})


@open_to(Door.EVERYONE)
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device says; kept in a cookie of this browser."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    response = HttpResponseRedirect(local_path(request.POST.get("next", "")) or "/")
    if (chosen := request.POST.get("theme")) in ("light", "dark"):
        response.set_cookie(
            "theme", chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.PRODUCTION
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@open_to(Door.EVERYONE)
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; `?theme=dark&dir=rtl`. Not in production."""
    if not settings.GALLERY:
        raise Http404
    if request.GET.get("wrong") in WRONG:
        return render(request, "ui/error.html", {"kind": request.GET["wrong"]})
    if request.GET.get("layout") in ("plain", "focus"):
        return render(request, f"ui/gallery/{request.GET['layout']}_page.html", samples.page())
    direction, chosen = request.GET.get("dir", ""), request.GET.get("theme", "")
    context = {
        "theme": chosen if chosen in ("light", "dark") else "",
        "direction": direction if direction in ("ltr", "rtl") else "",
        "switches": _switches(chosen, direction),
        "exhibits": pieces_on_show.exhibits(request),
    }
    return render(request, "ui/gallery.html", context)


def _switches(theme: str, direction: str) -> list[tuple[str, str, bool]]:
    """Light, dark and both directions as plain links: (words, address, whether it is so now)."""
    return [
        (_("Light"), f"?theme=light&dir={direction}", theme == "light"),
        (_("Dark"), f"?theme=dark&dir={direction}", theme == "dark"),
        (_("Left to right"), f"?theme={theme}&dir=ltr", direction == "ltr"),
        (_("Right to left"), f"?theme={theme}&dir=rtl", direction == "rtl"),
    ]
