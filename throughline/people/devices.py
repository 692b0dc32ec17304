"""Devices where somebody has signed in before, and how patient the doors of an account are with others.

A signed cookie for each person and device says that they signed in here. It opens nothing: it only lets its owner try
their password without waiting for what strangers did (docs/decisions/0028). It stays when they sign out.
"""

from datetime import timedelta
from http import HTTPStatus
from math import ceil
from secrets import token_hex
from typing import Any, TypeVar

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature
from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.activity.mail import letters_go_out
from throughline.activity.tries import Knock, Lock, Patience, knock
from throughline.people.models import Person, normal_address

Response = TypeVar("Response", bound=HttpResponseBase)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
PASSWORD = Lock(
    "password",
    device=Patience(10, 5 * SECOND, 15 * MINUTE, forgets_one_in=10 * MINUTE),
    here=Patience(5, 5 * SECOND, 15 * MINUTE, forgets_one_in=10 * MINUTE),
    # A whole staff meeting signs in from one address, and mistypes.
    address=Patience(100, SECOND, MINUTE, forgets_one_in=SECOND),
    everywhere=Patience(100, 5 * MINUTE, 15 * MINUTE, forgets_one_in=15 * MINUTE),
)
# Letters that anybody can have sent to an address: a code to sign in with, a link for a new password.
LETTER = Lock(
    "letter",
    device=Patience(5, 30 * SECOND, 10 * MINUTE, forgets_one_in=2 * MINUTE),
    here=Patience(3, 30 * SECOND, 10 * MINUTE, forgets_one_in=5 * MINUTE),
    address=Patience(100, SECOND, MINUTE, forgets_one_in=SECOND),
    everywhere=Patience(20, MINUTE, 10 * MINUTE, forgets_one_in=5 * MINUTE),
)
KNOWN_FOR = timedelta(days=180)
MOST_ON_A_DEVICE = 8
TOO_SOON = "too_soon"
_PREFIX = "known-"


def knock_at(lock: Lock, request: HttpRequest, typed: str) -> Knock:
    """One try at the account with this e-mail address, whether it exists or not."""
    who = normal_address(typed)
    return knock(lock, who, address=address_of(request), device=_device_of(request, who))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from (of IPv6 the network: a household has many addresses)."""
    try:
        return str(get_ip(request))
    except PermissionDenied:
        return ""


def remember_device(request: HttpRequest, response: HttpResponseBase, person: Person) -> None:
    """This person has signed in on this device. Of many people on one device only some are kept."""
    name = _cookie_for(person.email)
    own = _device_of(request, person.email) or token_hex(16)
    there: dict[str, Any] = {"path": reverse("account_login").removesuffix("login/"), "samesite": "Strict"}
    others = [each for each in request.COOKIES if each.startswith(_PREFIX) and each != name]
    for surplus in others[MOST_ON_A_DEVICE - 1 :]:
        response.delete_cookie(surplus, **there)
    response.set_signed_cookie(
        name,
        own,
        salt=name,
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        **there,
    )


def _device_of(request: HttpRequest, email: str) -> str:
    """The name of this device if this person has signed in on it before."""
    name = _cookie_for(email)
    try:
        return request.get_signed_cookie(name, default="", salt=name, max_age=KNOWN_FOR) or ""
    except BadSignature:
        return ""


def _cookie_for(email: str) -> str:
    """Tells nobody who reads the cookies of a shared computer whose it is."""
    mark = salted_hmac("throughline.people.devices", normal_address(email), algorithm="sha256").hexdigest()
    return _PREFIX + mark[:20]


def wait_in_words(wait: timedelta) -> str:
    """How long to wait, as a sentence."""
    seconds = max(1, round(wait.total_seconds()))
    if seconds < 90:
        said = ngettext(
            "Too many tries. Please wait %(n)d second, then try again.",
            "Too many tries. Please wait %(n)d seconds, then try again.",
            seconds,
        )
        return said % {"n": seconds}
    minutes = -(-seconds // 60)
    said = ngettext(
        "Too many tries. Please wait %(n)d minute, then try again.",
        "Too many tries. Please wait %(n)d minutes, then try again.",
        minutes,
    )
    return said % {"n": minutes}


def another_way() -> str:
    """What whoever has to wait for a password can do instead."""
    said = _("On a device where you have signed in before, you don’t have to wait.")
    letter = _("You can also sign in with a code sent by email.")
    return f"{said} {letter}" if letters_go_out() else said


def too_soon(knocked: Knock, *more: str) -> ValidationError:
    """What a form says to whoever has to wait."""
    said = " ".join([wait_in_words(knocked.wait), *more])
    return ValidationError(said, code=TOO_SOON, params={"wait": knocked.wait})


def say_when(response: Response, form: BaseForm) -> Response:
    """A page whose form says `too_soon` answers 429, and how long to wait for those who do not read it."""
    for errors in form.errors.as_data().values():
        for error in errors:
            if error.code == TOO_SOON:
                response.status_code = HTTPStatus.TOO_MANY_REQUESTS
                response.headers["Retry-After"] = str(ceil((error.params or {})["wait"].total_seconds()))
    return response
