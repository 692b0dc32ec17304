"""A link: its secret is exchanged for a short cookie and an address that holds none.

Whatever is wrong with a link (cut off, unknown, withdrawn, ended, the cookie gone) is answered by the same page after
the same one question to the database, so that nobody learns which links exist. See docs/decisions.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_safe

from throughline.activity.middleware import counts_tries
from throughline.network.actions import note_opening, try_passcode
from throughline.network.models import Share
from throughline.network.queries import share_by_link
from throughline.network.views.page import page_context, pdf_of
from throughline.people.devices import address_of, say_when
from throughline.people.secret_links import Entry, PasscodeForm, SecretLinks, quiet
from throughline.schools.models import hash_of
from throughline.ui.forms import attempt

LINKS = SecretLinks("throughline.network.link")
LOOK_AGAIN = 422


def _address(key: str) -> str:
    return reverse("network:link", kwargs={"key": key})


@quiet
@require_GET
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The secret goes into a cookie for one address. Nothing is looked up, so every secret is answered alike."""
    return LINKS.exchanged(hash_of(token), _address)


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "people/link_closed.html", status=404)


@counts_tries
@csrf_exempt  # such a page names no origin (no-referrer), and no other site can bring our cookie along (SameSite)
@quiet
def link(request: HttpRequest, key: str) -> HttpResponseBase:
    """The shared snapshot, for whoever came by the link; a passcode first, where one is asked."""
    path = _address(key)
    entry = LINKS.entry(request, path)
    share = share_by_link(entry.link)
    if share is None:
        return _closed(request)
    if share.passcode and entry.passed != LINKS.mark(share.passcode):
        return _ask_passcode(request, share, entry, path)
    response = render(request, "network/link.html", {**page_context(share), "share": share, "key": key})
    if request.method == "GET" and not entry.counted:
        note_opening(share)
        LINKS.remember(response, replace(entry, counted=True), path)
    return response


def _ask_passcode(request: HttpRequest, share: Share, entry: Entry, path: str) -> HttpResponseBase:
    form = PasscodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        device = LINKS.known_device(request, share.passcode, path)
        given = form.cleaned_data["passcode"]
        right = attempt(form, lambda: try_passcode(share, given, address=address_of(request), device=device))
        if right:
            response = redirect(path)
            LINKS.remember(response, replace(entry, passed=LINKS.mark(share.passcode)), path)
            LINKS.know_device(response, share.passcode, device, path)
            return response
        if right is False:
            form.add_error("passcode", _("That is not the passcode. Ask the person who sent you the link."))
    page = render(request, "people/passcode.html", {"form": form}, status=LOOK_AGAIN if form.errors else 200)
    return say_when(page, form)


@quiet
@require_safe
def link_pdf(request: HttpRequest, key: str) -> HttpResponseBase:
    """The same as a PDF."""
    entry = LINKS.entry(request, _address(key))
    share = share_by_link(entry.link)
    if share is None or (share.passcode and entry.passed != LINKS.mark(share.passcode)):
        return _closed(request)
    return pdf_of(request, share)
