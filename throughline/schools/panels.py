"""What this room adds to the page about me, and to the header."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from throughline.people.models import Person
from throughline.schools.letters import role_names
from throughline.schools.policy import may_change_settings
from throughline.schools.queries import memberships_of, waiting_invitations_of
from throughline.schools.tenant import seat_shown


def memberships_panel(person: Person) -> dict[str, Any]:
    """Where I belong, as what, and where I am invited."""
    return {
        "places": [(member, role_names(sorted(member.roles))) for member in memberships_of(person)],
        "waiting": waiting_invitations_of(person),
    }


def people_address(request: HttpRequest) -> str | None:
    """The header's link to the people of the organisation that it speaks of."""
    seat = seat_shown(request)
    return reverse("schools:people", kwargs={"school": seat.organisation.slug}) if seat else None


def settings_address(request: HttpRequest) -> str | None:
    """The header's link to the organisation's settings, for those who may change them."""
    seat = seat_shown(request)
    if seat is None or not may_change_settings(seat.membership):
        return None
    return reverse("schools:settings", kwargs={"school": seat.organisation.slug})
