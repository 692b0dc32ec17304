"""What this room adds to the page about me."""

from typing import Any

from throughline.people.models import Person
from throughline.schools.letters import role_names
from throughline.schools.queries import memberships_of, waiting_invitations_of


def memberships_panel(person: Person) -> dict[str, Any]:
    """Where I belong, as what, and where I am invited."""
    return {
        "places": [(member, role_names(sorted(member.roles))) for member in memberships_of(person)],
        "waiting": waiting_invitations_of(person),
    }
