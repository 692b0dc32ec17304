"""The guided look: seven real pages of one's own school, each with a sentence or two at its top, in two minutes.

It lays nothing over a page and keeps nobody in: one can go back, leave it and take it up again. Where somebody is
stands in their session; that they have had it, or did not want it, is kept with the person.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from throughline.people.models import Person
from throughline.schools.models import KEEPERS
from throughline.schools.tenant import Seat
from throughline.ui.pieces import NOTHING

KEY = "look"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the look: its address, whether that begins with the school, and what is said there."""

    page: str
    of_school: bool
    title: str | Promise
    words: str | Promise


STEPS = (
    Step(
        "home:home",
        False,
        _("Home tells you what’s next"),
        _(
            "The most urgent thing comes first, then what’s coming up and when. If nothing is here, you’re not late for anything."
        ),
    ),
    Step(
        "frameworks:frameworks",
        True,
        _("A framework lists what can be earned"),
        _(
            "This one has 24 competencies in five domains. Browse it when you have time. You can also bring in your own, "
            "or your state’s."
        ),
    ),
    Step(
        "journeys:list",
        True,
        _("A journey moves in rounds"),
        _(
            "Everyone on the team rates on their own. Then you see where you differ and agree, with reasons and evidence. "
            "Starting takes two minutes, and one class is enough to begin with."
        ),
    ),
    Step(
        "elements:list",
        True,
        _("Five documents, written together"),
        _(
            "Vision, graduate profile, credits and more: begin with a template or with what you have, write it with your "
            "community, and see how one thing leads to the next."
        ),
    ),
    Step(
        "schools:people",
        True,
        _("People join by invitation"),
        _(
            "Invite your team here: six to ten people who see the school differently, including a learner and a parent."
        ),
    ),
    Step(
        "journeys:promise",
        True,
        _("Show staff this page before anyone rates"),
        _(
            "It explains what happens to a rating and what nobody can see. People are honest when they know that."
        ),
    ),
    Step(
        "home:guide",
        False,
        _("Help is under the question mark"),
        _(
            "On any page, it takes you to the help for that page. That’s the tour! Home has your three steps to a first round."
        ),
    ),
)


def begin(request: HttpRequest, slug: str) -> str:
    """Set out in this school; the address of the first page."""
    return _stand_at(request, 0, slug)


def move(request: HttpRequest, by: int) -> str | None:
    """One page on or back; the address, or nothing when the look has ended."""
    place, slug = _place(request)
    if place is None or not 0 <= place + by < len(STEPS):
        return None
    return _stand_at(request, place + by, slug)


def stop(request: HttpRequest) -> None:
    """Forget where they were."""
    request.session.pop(KEY, None)


def strip(request: HttpRequest) -> SafeString:
    """What the look says at the top of this page: the step, or the way back to it; nothing for most people."""
    place, slug = _place(request)
    if place is None or request.resolver_match is None:
        return NOTHING
    step = STEPS[place]
    known = {
        "step": step,
        "here": request.resolver_match.view_name == step.page,
        "number": place + 1,
        "steps": len(STEPS),
        "address": _address(step, slug),
        "next": STEPS[place + 1] if place + 1 < len(STEPS) else None,
    }
    return SafeString(render_to_string("home/_look.html", known, request))


def is_offered(request: HttpRequest, person: Person, seats: list[Seat]) -> Seat | None:
    """The organisation that a new lead would be shown around in; nothing for others, on the way, or once they had it."""
    if person.looked_around_at is not None or KEY in request.session:
        return None
    return next((seat for seat in seats if seat.roles & KEEPERS[seat.organisation.kind]), None)


def _place(request: HttpRequest) -> tuple[int | None, str]:
    kept = request.session.get(KEY) if hasattr(request, "session") and request.user.is_authenticated else None
    if not isinstance(kept, list) or len(kept) != 2 or kept[0] not in range(len(STEPS)):
        return None, ""
    return kept[0], kept[1]


def _stand_at(request: HttpRequest, place: int, slug: str) -> str:
    request.session[KEY] = [place, slug]
    return _address(STEPS[place], slug)


def _address(step: Step, slug: str) -> str:
    return reverse(step.page, args=[slug] if step.of_school else [])
