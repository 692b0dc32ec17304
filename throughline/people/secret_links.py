"""A link that opens something without an account: its secret is exchanged for a short cookie and an address without one.

The cookie is signed, read by no script, and sent to that one address only. Nothing is looked up while exchanging, so that
every secret is answered alike (docs/decisions/0015). Used by what is shared of a journey and by consultations.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import wraps
from secrets import token_hex

from django import forms
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core import signing
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy

from throughline.activity.tries import Lock, Patience, knock
from throughline.kit.access import Door, open_to
from throughline.kit.text import clean_line
from throughline.people.devices import too_soon

COOKIE, KNOWN = "shared", "knows"
KEPT_FOR, KNOWN_FOR = timedelta(hours=12), timedelta(days=90)
SHORTEST_PASSCODE, PASSCODE_LIMIT = 6, 64
_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
# How patient a link with a passcode is: as with passwords (`people.devices`), and without a letter as another way in.
PASSCODE = Lock(
    "passcode",
    device=Patience(10, 5 * _SECOND, 15 * _MINUTE, forgets_one_in=10 * _MINUTE),
    here=Patience(5, 5 * _SECOND, 15 * _MINUTE, forgets_one_in=10 * _MINUTE),
    # A board opens one link in one room.
    address=Patience(60, _SECOND, _MINUTE, forgets_one_in=_SECOND),
    everywhere=Patience(50, _MINUTE, _HOUR, forgets_one_in=30 * _MINUTE),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the cookie says: which link was opened, whether that was counted, which passcode was given."""

    link: str = ""
    counted: bool = False
    passed: str = ""


def quiet(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Search engines keep out, and no page that is opened from here learns where one came from."""

    @wraps(view)
    def answered(*args: object, **kwargs: object) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["X-Robots-Tag"] = "noindex,nofollow,noarchive"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return open_to(Door.LINK_HOLDER)(answered)


@dataclass(frozen=True, slots=True)
class SecretLinks:
    """One kind of link; its `salt` keeps its cookies apart from those of every other kind."""

    salt: str

    def exchanged(self, link: str, address: Callable[[str], str]) -> HttpResponseRedirect:
        """To the address made from the hash of a secret, with the cookie for it."""
        there = address(salted_hmac(self.salt, link, algorithm="sha256").hexdigest()[:20])
        response = HttpResponseRedirect(there)
        self.remember(response, Entry(link), there)
        return response

    def entry(self, request: HttpRequest, path: str) -> Entry:
        """What the cookie for this address says; nothing when there is none, or one that we did not make."""
        kept = request.COOKIES.get(COOKIE, "")
        try:
            return Entry(**signing.loads(kept, salt=self.salt + path, max_age=KEPT_FOR))
        except (signing.BadSignature, TypeError):
            return Entry()

    def remember(self, response: HttpResponseBase, entry: Entry, path: str) -> None:
        """Let the browser say this at the address, for some hours."""
        _set(response, COOKIE, signing.dumps(asdict(entry), salt=self.salt + path), KEPT_FOR, path)

    def known_device(self, request: HttpRequest, passcode: str, path: str) -> str:
        """The name of this device if the passcode was right here before; it opens nothing by itself."""
        try:
            kept = signing.loads(request.COOKIES.get(KNOWN, ""), salt=self.salt + path, max_age=KNOWN_FOR)
            return str(kept["device"]) if kept["passed"] == self.mark(passcode) else ""
        except (signing.BadSignature, TypeError, KeyError):
            return ""

    def know_device(self, response: HttpResponseBase, passcode: str, device: str, path: str) -> None:
        """The passcode was right here."""
        kept = {"device": device or token_hex(16), "passed": self.mark(passcode)}
        _set(response, KNOWN, signing.dumps(kept, salt=self.salt + path), KNOWN_FOR, path)

    def mark(self, passcode: str) -> str:
        """Stands in the cookie once the passcode was right; another passcode would make another mark."""
        return salted_hmac(self.salt, passcode, algorithm="sha256").hexdigest()[:32]


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


def passcode_is_right(what: str, kept: str, given: str, *, address: str, device: str = "") -> bool:
    """Whether this is the passcode of `what`, of which `kept` is the hash.

    Wrong ones slow down whoever gives them, not those who knew it before on `device`. Raises `ValidationError` while one
    has to wait.
    """
    knocked = knock(PASSCODE, what, address=address, device=device)
    if knocked.wait:
        raise too_soon(knocked)
    right = check_password(clean_line(given), kept)
    if right:
        knocked.right()
    return right


class PasscodeForm(forms.Form):
    """What opens a link that asks for more."""

    passcode = forms.CharField(
        label=gettext_lazy("Passcode"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        max_length=PASSCODE_LIMIT,
    )
