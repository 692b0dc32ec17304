"""Middleware and pages around what was typed and not carried out (`keeping`)."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import WARNING, get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from throughline.activity.filling import MARK, fill, is_seen, mark_again, same_address
from throughline.activity.keeping import Kept, forget, is_saved, keep, kept_of, page_of, something_kept
from throughline.ui.pieces import NOTHING
from throughline.ui.views import csrf_failure, not_kept
from throughline.ui.whose import whose

_PLACE = "<!-- what was typed -->"


class KeepTyped:
    """A form sent without a session is kept, the sign-in leads back to its page, and there it is filled in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.get_response(request)
        if getattr(request, "came_stale", False):
            return response
        if not request.user.is_authenticated:
            return _asked_to_sign_in(request, response) if _leads_to_sign_in(response) else response
        if request.method == "POST" and something_kept(request):
            _sent(request, response)
        elif request.method == "GET" and isinstance(response, HttpResponse) and kept_of(request):
            _fill_in(request, response)
        return response


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    """Somebody is asked to sign in and then to come back here; signing out and the like lead there without that."""
    if not isinstance(response, HttpResponseRedirect):
        return False
    there = urlsplit(response.url)
    return there.path == resolve_url(settings.LOGIN_URL) and f"{REDIRECT_FIELD_NAME}=" in there.query


def _asked_to_sign_in(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        # A page that saves or asks in the background must not put a sign-in form where its answer belongs.
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    if request.method == "POST":
        response = redirect_to_login(page_of(request))
        if whose(request) and not keep(request, response):
            return not_kept(request)
    return response


def _sent(request: HttpRequest, response: HttpResponseBase) -> None:
    """Forget the words that stood in the form that was sent, once they are saved. Until then its form holds them."""
    marks = request.POST.getlist(MARK)
    if is_saved(request) or _is_carried_out(request, response):
        for each in kept_of(request):
            if each.id in marks or _says_the_same(request, each):
                forget(each, response)
    elif marks and isinstance(response, HttpResponse) and _is_page(response):
        here, typed = request.get_full_path(), dict(request.POST.lists())
        response.content = mark_again(response.content.decode(), here=here, typed=typed)


def _says_the_same(request: HttpRequest, kept: Kept) -> bool:
    """Word for word what is kept, from a form that was open all along, or one that has only a button."""
    told = {name: values for name, values in kept.typed.items() if not is_seen(name)}
    return same_address(kept.action, request.get_full_path()) and all(
        request.POST.getlist(name) == values for name, values in told.items()
    )


def _is_carried_out(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A refusal can be a redirect too: it takes a sentence along that says so."""
    if not isinstance(response, HttpResponseRedirect) or _leads_to_sign_in(response):
        return False
    waiting = get_messages(request)
    refused = any(each.level >= WARNING for each in waiting)
    if isinstance(waiting, BaseStorage):
        waiting.used = False  # only looked at: they are still to be shown
    return not refused


def _is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def _fill_in(request: HttpRequest, response: HttpResponse) -> None:
    address = request.get_full_path()
    here = [each for each in kept_of(request) if same_address(each.page, address)]
    if not here or not _is_page(response):
        return
    page, told = response.content.decode(), []
    for each in reversed(here):  # the newest last: of one form sent twice, its words stand
        done = fill(page, here=address, action=each.action, typed=each.typed, mark=each.id)
        page = done.page
        told.append(_draw(request, each, is_here=True, lost=_words(done.lost), filled=done.found))
    response.content = page.replace(_PLACE, "".join(told), 1)


def _words(lost: dict[str, list[str]]) -> list[str]:
    """Of what has no place any more, what people write: neither numbers nor keys."""
    return [value for values in lost.values() for value in values if " " in value.strip()]


def _draw(request: HttpRequest, kept: Kept, **told: object) -> SafeString:
    return mark_safe(  # noqa: S308  (a rendered template)
        render_to_string("activity/typed.html", {"kept": kept, **told}, request)
    )


def strip(request: HttpRequest) -> SafeString:
    """At the top of a page: on the sign-in pages that it is kept, elsewhere that it waits, on its own page that it is back."""
    if not something_kept(request):
        return NOTHING
    if not request.user.is_authenticated:
        at_sign_in = request.path.startswith(resolve_url(settings.LOGIN_URL))
        return mark_safe(render_to_string("activity/typed_kept.html", {}, request)) if at_sign_in else NOTHING  # noqa: S308
    elsewhere = [each for each in kept_of(request) if not same_address(each.page, request.get_full_path())]
    back = _PLACE if len(elsewhere) < len(kept_of(request)) else ""
    return mark_safe(back + "".join(_draw(request, each) for each in elsewhere))  # noqa: S308


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form whose token is no longer good: its words are kept for whoever was given it, who finds them in it again."""
    request.came_stale = True  # type: ignore[attr-defined]  # the middleware has nothing to add
    by = whose(request)
    if not by or request.headers.get("HX-Request"):
        return csrf_failure(request, reason)
    if request.user.is_authenticated and str(request.user.pk) != by:
        refused = csrf_failure(request, reason)
        keep(request, refused)
        return refused
    page = page_of(request)
    response = HttpResponseRedirect(page) if request.user.is_authenticated else redirect_to_login(page)
    return response if keep(request, response) else not_kept(request)
