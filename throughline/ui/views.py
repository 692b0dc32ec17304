"""Pages for what goes wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request made no sense."""
    return render(request, "ui/error.html", {"kind": "bad-request"}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible but not allowed, with the reason as a sentence."""
    return render(request, "ui/error.html", {"kind": "forbidden", "reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for this person; the two look the same."""
    return render(request, "ui/error.html", {"kind": "not-found"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return render(request, "ui/error.html", {"kind": "server-error"}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that has lost its session."""
    return render(request, "ui/error.html", {"kind": "stale-form"}, status=403)
