"""Each person reads pages in their own language and sees times in their own zone."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from throughline.people.devices import remember_device


class PersonPreferences:
    """After sign-in the person's own language and time zone win over the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if not person.is_authenticated:
            return self.get_response(request)
        if person.language in dict(settings.LANGUAGES):
            translation.activate(person.language)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        with timezone.override(zone_named(person.time_zone)):
            return self.get_response(request)


# Not the cookies: the one of the session is gone already, and a known device stays known (docs/decisions/0028).
LEFT_BEHIND = '"cache", "storage"'


class ComingAndGoing:
    """Whoever signs in, by whatever door, is known on this device from then on; whoever signs out leaves no pages here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        person = getattr(request, "just_signed_in", None)
        if person is not None:
            remember_device(request, response, person)
        elif getattr(request, "just_signed_out", False):
            response.headers["Clear-Site-Data"] = LEFT_BEHIND
        return response


def zone_named(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone of this name; None where there is none."""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
