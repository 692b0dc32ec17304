"""A secret shown once: it travels to the next page in the browser of whoever made it, and the server keeps nothing.

The cookie is signed, read by no script, sent to one address only, and gone after a quarter of an hour or once shown.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = "handover"
KEPT_FOR = timedelta(minutes=15)


def hand_over(response: HttpResponseBase, secret: str, *, to: str) -> None:
    """Let the page at the address `to` show `secret` once."""
    response.set_signed_cookie(
        COOKIE,
        secret,
        salt=to,
        max_age=KEPT_FOR,
        path=to,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def handed_over(request: HttpRequest) -> str:
    """What was handed over to this address, or nothing."""
    found = request.get_signed_cookie(COOKIE, default="", salt=request.path, max_age=KEPT_FOR)
    return found or ""


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    """It has been shown."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=request.path, samesite="Strict")
