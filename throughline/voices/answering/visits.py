"""What every page for respondents loads first, and how it is answered: in their language, to nobody but them.

No session is touched, nothing is written about who asks, and nothing of it may be kept by a browser or a proxy.
"""

from collections.abc import Callable
from functools import cached_property, wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from throughline.kit import clock
from throughline.kit.access import Door, open_to
from throughline.people.middleware import zone_named
from throughline.ui.middleware import POLICY
from throughline.voices.answering.cookies import LetIn, draft_in, let_in
from throughline.voices.answering.languages import Choice, direction_of, interface_language, wanted_language
from throughline.voices.answering.queries import Questionnaire, asked_at, draft_here, questionnaire_of
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Asked, Draft, Listening
from throughline.voices.spool.times import can_begin, can_go_on

MOST_BYTES = 256 * 1024  # of a form: ten open questions filled to the brim are a quarter of it
LOOK_AGAIN = 422


class Visit:
    """Somebody at the address of a group."""

    def __init__(self, request: HttpRequest, asked: Asked) -> None:
        self.request, self.asked = request, asked
        self.listening: Listening = asked.listening
        self.language = wanted_language(request, self.listening.languages or [asked.organisation.language])
        learners = BY_CODE[asked.group].children
        self.interface = interface_language(
            self.language, translation.get_language() or "", learners=learners
        )

    @cached_property
    def whole(self) -> Questionnaire:
        """What the group is asked. No query once the process knows it."""
        return questionnaire_of(self.asked)

    @cached_property
    def held(self) -> LetIn:
        """What lets this browser in."""
        return let_in(self.request, self.asked.place)

    @cached_property
    def is_kiosk(self) -> bool:
        """Whether this device stands for others to answer on."""
        return self.held.is_kiosk(self.asked)

    @cached_property
    def draft(self) -> Draft | None:
        """What this browser has begun here. One query where it has."""
        return draft_here(self.asked, draft_in(self.request, self.asked.place))

    @property
    def can_begin(self) -> bool:
        """Whether an answer can be begun today."""
        starts = self.listening.opens_on
        return can_begin(self.listening, clock.today()) and (starts is None or starts <= clock.today())

    @property
    def can_go_on(self) -> bool:
        """Whether an answer that was begun is still taken."""
        return can_go_on(self.listening, clock.now())

    def address(self, name: str, told: str = "", **where: Any) -> str:
        """The address of a page of this group, in the language that is read."""
        there = reverse(f"voices:{name}", kwargs={"place": self.asked.place, **where})
        return f"{there}?{urlencode({'in': self.language, **({told: 1} if told else {})})}"

    def to(self, name: str, told: str = "", **where: Any) -> HttpResponseRedirect:
        """A redirect there."""
        return HttpResponseRedirect(self.address(name, told, **where))

    def show(self, template: str, told: dict[str, Any], status: int = 200) -> HttpResponse:
        """A page, in the language that is read."""
        answer = render(self.request, f"voices/answering/{template}", {**self.context, **told}, status=status)
        answer["Content-Language"] = self.interface
        if self.reads_aloud:
            answer["Content-Security-Policy"] = f"{POLICY}; media-src 'self'"
        return answer

    @property
    def reads_aloud(self) -> bool:
        """Whether a page of this group may play something; one that shows no question does not even ask."""
        known = self.__dict__.get("whole")
        return bool(known and known.recordings)

    @property
    def context(self) -> dict[str, Any]:
        """What every page shows."""
        return {
            "asked": self.asked,
            "school": self.asked.organisation.name,
            "place": self.asked.place,
            "language": self.language,
            "languages": choices(self.listening.languages, self.language),
            "direction": direction_of(self.language),
            "kiosk": self.is_kiosk,
            "young": self.asked.young,
            "query": f"?in={self.language}",
        }


def choices(languages: list[str], chosen: str) -> list[Choice]:
    """The languages to choose from; none where there is only one."""
    return [Choice(each, each == chosen) for each in languages] if len(languages) > 1 else []


View = Callable[..., HttpResponseBase]


def quiet(answer: HttpResponseBase) -> HttpResponseBase:
    """Search engines keep out, nothing is kept, and no page that is opened from here learns where one came from."""
    answer["X-Robots-Tag"] = "noindex,nofollow,noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer


def for_respondents(view: Callable[..., HttpResponseBase]) -> View:
    """A page at the address of a group, for whoever has it. The view is given a `Visit` in the place of the request.

    Exempt from the usual token: such a page names no origin (no-referrer), and no other site can bring its cookies along
    (SameSite). A browser that says that another site sends the form is refused as well.
    """

    @wraps(view)
    def answered(request: HttpRequest, place: str, **where: Any) -> HttpResponseBase:
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
            return quiet(HttpResponse(status=HTTPStatus.FORBIDDEN))
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            said = _(
                "That is too much at once, and nothing was saved. Go back, shorten what you wrote, and send it again."
            )
            return quiet(HttpResponse(said, "text/plain; charset=utf-8", HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
        asked = asked_at(place)
        if asked is None:
            return quiet(render(request, "voices/answering/unknown.html", {}, status=HTTPStatus.NOT_FOUND))
        if asked.place != place:
            return quiet(HttpResponseRedirect(request.get_full_path().replace(place, asked.place, 1)))
        visit = Visit(request, asked)
        with (
            timezone.override(zone_named(asked.organisation.time_zone)),
            translation.override(visit.interface),
        ):
            answer = quiet(view(visit, **where))
        patch_vary_headers(answer, ("Accept-Language", "Cookie"))
        return answer

    return csrf_exempt(open_to(Door.EVERYONE)(answered))
