"""What somebody typed is not lost when their session ends before it is sent.

The form says who was given it (`{% once_key %}`). What it sends without a session is kept for a day, sealed: the key is
in a cookie of that browser only, so the database alone cannot open it. Whoever signs in there as the same person finds
the words in their form again. Nothing is sent by itself, and files and passwords are not kept.
"""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from secrets import token_urlsafe
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from throughline.activity.filling import MARK, OURS
from throughline.activity.models import KeptForm
from throughline.activity.tries import Patience, take
from throughline.kit import clock
from throughline.kit.ids import parse_uuid
from throughline.kit.sealing import seal_text, unseal_text
from throughline.ui.whose import whose

KEPT_FOR = timedelta(days=1)
MOST_IN_A_BROWSER = 5
_PREFIX = "kept-"
# A form of one's own can be sent without a session as often as one likes.
_OFTEN = Patience(30, timedelta(minutes=1), timedelta(hours=1), forgets_one_in=timedelta(minutes=2))


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was not carried out: whose, on which page it stands, where it goes, and what it said."""

    by: str
    page: str
    action: str
    typed: dict[str, list[str]]
    files: list[str]
    id: str = ""


def page_of(request: HttpRequest) -> str:
    """The address of the page on which the form stood: many forms go to an address that has no page."""
    told = request.headers.get("Referer", "")
    parts = urlsplit(told)
    if url_has_allowed_host_and_scheme(told, allowed_hosts={request.get_host()}) and parts.netloc:
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()


def keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Keep what was sent for whoever was given the form; whether it could be done."""
    by = whose(request)
    if not by or take({f"keeping|{by}": _OFTEN}):
        return False
    typed = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in OURS and "pass" not in name.lower()
    }
    files = [each.name or "" for _field, given in request.FILES.lists() for each in given]
    kept = Kept(by, page_of(request), request.get_full_path(), typed, files)
    key = token_urlsafe(32)
    row = KeptForm.objects.create(sealed=seal_text(json.dumps(asdict(kept)), key=key))
    replaced = {f"{_PREFIX}{found.hex}" for found in map(parse_uuid, request.POST.getlist(MARK)) if found}
    others = [name for name in request.COOKIES if name.startswith(_PREFIX) and name not in replaced]
    for name in [*others[MOST_IN_A_BROWSER - 1 :], *(replaced & request.COOKIES.keys())]:
        _drop(name, response)
    response.set_cookie(
        f"{_PREFIX}{row.pk.hex}",
        key,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return True


def something_kept(request: HttpRequest) -> bool:
    """Whether this browser holds a key; asks no database."""
    return any(name.startswith(_PREFIX) for name in request.COOKIES)


def kept_of(request: HttpRequest) -> list[Kept]:
    """What is kept here for the person who has signed in. Looked up once, and only when there is a key."""
    if not hasattr(request, "kept_forms"):
        request.kept_forms = _opened(request)  # type: ignore[attr-defined]
    return request.kept_forms  # type: ignore[attr-defined,no-any-return]


def _opened(request: HttpRequest) -> list[Kept]:
    if not something_kept(request) or not request.user.is_authenticated:
        return []
    keys = {found: key for name, key in request.COOKIES.items() if (found := _id_in(name)) is not None}
    rows = KeptForm.objects.filter(pk__in=keys, at__gt=clock.now() - KEPT_FOR)
    opened = []
    for row in rows.order_by("-at"):
        text = unseal_text(row.sealed, key=keys[row.pk])
        if text and (told := Kept(**{**json.loads(text), "id": str(row.pk)})).by == str(request.user.pk):
            opened.append(told)
    return opened


def _id_in(name: str) -> UUID | None:
    return parse_uuid(name.removeprefix(_PREFIX)) if name.startswith(_PREFIX) else None


def saved(request: HttpRequest) -> None:
    """For a view that answers with something else than a redirect: what was sent is saved, nothing waits any more."""
    request.saved_what_was_typed = True  # type: ignore[attr-defined]


def is_saved(request: HttpRequest) -> bool:
    """Whether the view has said so."""
    return getattr(request, "saved_what_was_typed", False)


def forget(kept: Kept, response: HttpResponseBase) -> None:
    """It was sent after all, or is not wanted."""
    _drop(_PREFIX + UUID(kept.id).hex, response)


def _drop(name: str, response: HttpResponseBase) -> None:
    if found := _id_in(name):
        KeptForm.objects.filter(pk=found).delete()
    response.delete_cookie(name, samesite="Lax")
