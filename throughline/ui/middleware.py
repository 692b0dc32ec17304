"""What no view has to remember: headers on every response, pages that travel small, no blank refusals."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from throughline.ui import views

PERMISSIONS = "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
# One policy for every page: what is ours, nothing inline, nothing embedded anywhere.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "manifest-src 'self'",
    ]
)


class TrustHeaders:
    """Nothing from elsewhere, no device access, no foreign embedding, and nothing of a signed-in page kept in a cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if not request.path.startswith("/static/"):
            if not (
                settings.DEBUG and response.status_code in (404, 500)
            ):  # Django's own, with styles inside
                response.headers.setdefault("Content-Security-Policy", POLICY)
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class SmallPages(GZipMiddleware):
    """Compresses what we write ourselves; files that people brought go out as they are.

    Guessing a secret from the size of a compressed page (BREACH) is kept off as in Django: the tokens in forms are
    masked anew for every page, and every answer is lengthened by a random number of bytes.
    """

    KINDS = frozenset({"text/html", "image/svg+xml", "application/json"})

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in self.KINDS:
            return response
        return super().process_response(request, response)


class RoomForFiles:
    """A file that found no room on the disk as it arrived: the page says so before any view takes the form without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if request.method == "POST" and request.content_type == "multipart/form-data":
            _arrived = request.POST  # reads it, if nothing has yet
            if getattr(request, "files_without_room", None):
                return views.disk_full(request)
        return None


class NoBlankRefusals:
    """A person who opens an address made for forms reads what that is, and not an empty page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "GET" and isinstance(response, HttpResponseNotAllowed) and not response.content:
            return views.only_forms(request, response.headers["Allow"])
        return response
