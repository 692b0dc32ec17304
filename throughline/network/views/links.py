"""A link: its secret is exchanged for a short cookie and an address that holds none.

Whatever is wrong with a link (cut off, unknown, withdrawn, ended, the cookie gone) is answered by the same page after
the same one question to the database, so that nobody learns which links exist. See docs/decisions.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import wraps
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_safe

from throughline.activity.middleware import counts_tries
from throughline.kit.access import Door, open_to
from throughline.network.actions import note_opening, try_passcode
from throughline.network.forms import PasscodeForm
from throughline.network.models import Share
from throughline.network.queries import share_by_link
from throughline.network.views.page import page_context, pdf_of
from throughline.people.devices import address_of, say_when
from throughline.schools.models import hash_of
from throughline.ui.forms import attempt

COOKIE = "shared"
SALT = "throughline.network.link"
KEPT_FOR = timedelta(hours=12)
KNOWN = "knows"
KNOWN_FOR = timedelta(days=90)
LOOK_AGAIN = 422


@dataclass(frozen=True, slots=True)
class Entry:
    """What the cookie says: which link was opened, whether that was counted, which passcode was given."""

    link: str = ""
    counted: bool = False
    passed: str = ""


def quiet(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Search engines keep out, and no page that is opened from here learns where one came from."""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["X-Robots-Tag"] = "noindex,nofollow,noarchive"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return open_to(Door.LINK_HOLDER)(answered)


@quiet
@require_GET
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The secret goes into a cookie for one address. Nothing is looked up, so every secret is answered alike."""
    link = hash_of(token)
    key = salted_hmac(SALT, link, algorithm="sha256").hexdigest()[:20]
    there = reverse("network:link", kwargs={"key": key})
    response = HttpResponseRedirect(there)
    _remember(response, Entry(link), there)
    return response


def _remember(response: HttpResponseBase, entry: Entry, path: str) -> None:
    _set(response, COOKIE, signing.dumps(asdict(entry), salt=SALT + path), KEPT_FOR, path)


def _set(response: HttpResponseBase, name: str, value: str, kept_for: timedelta, path: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=kept_for,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _entry(request: HttpRequest, path: str) -> Entry:
    """What the cookie for this address says; nothing when there is none, or one that we did not make."""
    try:
        return Entry(**signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT + path, max_age=KEPT_FOR))
    except (signing.BadSignature, TypeError):
        return Entry()


def _known_device(request: HttpRequest, share: Share, path: str) -> str:
    """The name of this device if the passcode was right here before; it opens nothing by itself."""
    try:
        kept = signing.loads(request.COOKIES.get(KNOWN, ""), salt=SALT + path, max_age=KNOWN_FOR)
        return str(kept["device"]) if kept["passed"] == _mark(share) else ""
    except (signing.BadSignature, TypeError, KeyError):
        return ""


def _know_device(response: HttpResponseBase, share: Share, device: str, path: str) -> None:
    kept = {"device": device or token_hex(16), "passed": _mark(share)}
    _set(response, KNOWN, signing.dumps(kept, salt=SALT + path), KNOWN_FOR, path)


def _mark(share: Share) -> str:
    """Stands in the cookie once the passcode was right; another passcode would make another mark."""
    return salted_hmac(SALT, share.passcode, algorithm="sha256").hexdigest()[:32]


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "network/link_closed.html", status=404)


@counts_tries
@csrf_exempt  # such a page names no origin (no-referrer), and no other site can bring our cookie along (SameSite)
@quiet
def link(request: HttpRequest, key: str) -> HttpResponseBase:
    """The shared snapshot, for whoever came by the link; a passcode first, where one is asked."""
    path = reverse("network:link", kwargs={"key": key})
    entry = _entry(request, path)
    share = share_by_link(entry.link)
    if share is None:
        return _closed(request)
    if share.passcode and entry.passed != _mark(share):
        return _ask_passcode(request, share, entry, path)
    response = render(request, "network/link.html", {**page_context(share), "share": share, "key": key})
    if request.method == "GET" and not entry.counted:
        note_opening(share)
        _remember(response, replace(entry, counted=True), path)
    return response


def _ask_passcode(request: HttpRequest, share: Share, entry: Entry, path: str) -> HttpResponseBase:
    form = PasscodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        device = _known_device(request, share, path)
        given = form.cleaned_data["passcode"]
        right = attempt(form, lambda: try_passcode(share, given, address=address_of(request), device=device))
        if right:
            response = redirect(path)
            _remember(response, replace(entry, passed=_mark(share)), path)
            _know_device(response, share, device, path)
            return response
        if right is False:
            form.add_error("passcode", _("That is not the passcode. Ask the person who sent you the link."))
    page = render(request, "network/passcode.html", {"form": form}, status=LOOK_AGAIN if form.errors else 200)
    return say_when(page, form)


@quiet
@require_safe
def link_pdf(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same as a PDF."""
    entry = _entry(request, reverse("network:link", kwargs={"key": key}))
    share = share_by_link(entry.link)
    if share is None or (share.passcode and entry.passed != _mark(share)):
        return _closed(request)
    return pdf_of(request, share)
