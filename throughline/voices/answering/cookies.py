"""What a respondent's browser keeps, for one address only: a draft's random token, and what lets somebody in.

Both cookies are read by no script. The second is signed, so that whatever stands in it was looked at once: a code that
was right, or the hash of a kiosk's secret. Neither is made from the other (docs/decisions/0052).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from throughline.voices.models import Asked

DRAFT, LET_IN = "voice-draft", "voice-code"
DRAFT_FOR, CODE_FOR, KIOSK_FOR = timedelta(days=2), timedelta(days=2), timedelta(days=60)
_LONGEST = 200
_SALT = "throughline.voices.answering"


@dataclass(frozen=True, slots=True)
class LetIn:
    """A code that was right, the hash of a kiosk's secret, or both: on a kiosk each may type a code."""

    code: str = ""
    kiosk: str = ""

    def is_kiosk(self, asked: Asked) -> bool:
        """Whether this device stands for others to answer on."""
        return bool(asked.kiosk_hash) and self.kiosk == asked.kiosk_hash


def path_of(place: str) -> str:
    """Where the cookies of a group are sent: nowhere else on this server."""
    return f"/v/{place}/"


def draft_in(request: HttpRequest, place: str, code: str = "") -> str:
    """The token of a draft, which nobody has looked at; "" where it was begun with another code than this one (default:
    the one that let this browser in). So nobody goes on with what somebody else began on the same device."""
    token, _dot, mark = request.COOKIES.get(DRAFT, "")[:_LONGEST].partition(".")
    code = code or let_in(request, place).code
    return "" if mark and code and mark != _mark(token, code) else token


def _mark(token: str, code: str) -> str:
    """Stands in the cookie alone: what the server writes down ties no draft to a code."""
    return salted_hmac(_SALT, f"{token}.{code}", algorithm="sha256").hexdigest()[:16]


def let_in(request: HttpRequest, place: str) -> LetIn:
    """What lets this browser in at an address; nothing when it brings nothing that we signed for there."""
    try:
        code, _between, kiosk = _signer(place).unsign(request.COOKIES[LET_IN]).partition(".")
    except (KeyError, signing.BadSignature):
        return LetIn()
    return LetIn(code, kiosk)


def keep_draft(response: HttpResponseBase, place: str, token: str, code: str = "") -> None:
    """Let the browser find its draft again, for two days; with a code, for whoever holds that code."""
    value = f"{token}.{_mark(token, code)}" if code else token
    _set(response, place, DRAFT, value, DRAFT_FOR)


def keep_let_in(response: HttpResponseBase, place: str, held: LetIn) -> None:
    """Let the browser in at this address."""
    value = _signer(place).sign(f"{held.code}.{held.kiosk}")
    _set(response, place, LET_IN, value, KIOSK_FOR if held.kiosk else CODE_FOR)


def forget(response: HttpResponseBase, place: str, *names: str) -> None:
    """Take these away again."""
    for name in names:
        response.delete_cookie(name, path=path_of(place), samesite="Lax")


def _signer(place: str) -> signing.Signer:
    return signing.Signer(salt=_SALT + place)


def _set(response: HttpResponseBase, place: str, name: str, value: str, kept_for: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=kept_for,
        path=path_of(place),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
