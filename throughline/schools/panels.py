"""What this room adds to the page about me, and to the header."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from throughline.people.models import Person
from throughline.schools.letters import role_names
from throughline.schools.queries import memberships_of, waiting_invitations_of
from throughline.schools.tenant import Seat, seat_shown


def memberships_panel(person: Person) -> dict[str, Any]:
    """Where I belong, as what, and where I am invited."""
    return {
        "places": [(member, role_names(sorted(member.roles))) for member in memberships_of(person)],
        "waiting": waiting_invitations_of(person),
    }


def in_header(page: str, may: Callable[[Seat], object] = bool) -> Callable[[HttpRequest], str | None]:
    """A link of the page header: this page of the organisation that the header speaks of, for those who `may`."""

    def address(request: HttpRequest) -> str | None:
        seat = seat_shown(request)
        return _address(page, seat.organisation.slug) if seat and may(seat) else None

    return address


@lru_cache(maxsize=1024)
def _address(page: str, school: str) -> str:
    return reverse(page, kwargs={"school": school})
