"""Who can be tried in the demo, and what each of them can do."""

from typing import NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.home.demo.cast import PEOPLE, PLACES, address_of
from throughline.people.models import Person
from throughline.schools.models import Membership


class Persona(NamedTuple):
    """A name in the address, somebody of the demo, what they are, and a line about what they can do."""

    key: str
    someone: str
    what: str | Promise
    line: str | Promise


PERSONAS = (
    Persona(
        "lead",
        "amara",
        _("Journey lead"),
        _(
            "Runs the journey. She has a few ratings left, a team that’s ready to agree, comments on a draft to read, an action that’s late because it waits for another, and a table to look at before it comes into the plan."
        ),
    ),
    Persona(
        "team",
        "jonas",
        _("Leadership team"),
        _(
            "Has ratings to finish, a question about a text to answer, an action of the plan that’s due soon, and a small test that has run its time."
        ),
    ),
    Persona(
        "educator",
        "tomasz",
        _("Educator"),
        _(
            "Started a journey for his own advisory. A learner has asked him something about the Graduate Profile, his action in the plan is late, and evidence that he made of it is due for a check."
        ),
    ),
    Persona(
        "learner",
        "salma",
        _("Learner on the team"),
        _(
            "Her rating counts as much as anyone’s. Her words stand in the Graduate Profile, she’s asked about it again, and she helps with four actions of the plan."
        ),
    ),
    Persona(
        "family",
        "lucia",
        _("Family member on the team"),
        _(
            "Has a few ratings left, a draft to say something about, and a question hour to hold on the ferry that she steers."
        ),
    ),
    Persona(
        "registrar",
        "esi",
        _("Counselor and registrar"),
        _("Has a roster to look at before it is applied, and hasn’t rated anything yet."),
    ),
    Persona(
        "board",
        "dorothea",
        _("Board member"),
        _(
            "Has one competency left to rate and a policy to look at again, and can read what her board adopted and where the school stood."
        ),
    ),
    Persona(
        "neighbour",
        "marit",
        _("Lead of a neighbor school"),
        _("Shares results with the same district, and runs a second journey on a made-up state’s framework."),
    ),
    Persona(
        "small",
        "signe",
        _("Lead of a school with five staff"),
        _("A team of five with one person away. See how little the spread shows when so few have rated."),
    ),
    Persona(
        "district",
        "henrik",
        _("District lead"),
        _("Sees what three schools chose to share, side by side. Try to rank them: you can’t."),
    ),
    Persona(
        "network",
        "noor",
        _("Network staff"),
        _("Has a request to answer: a school would like to join the network."),
    ),
    Persona(
        "outsider",
        "viktor",
        _("Lead of another school"),
        _("Runs a school with no ties to the others. Try to find a way in: there isn’t one."),
    ),
)
_ADDRESSES = {someone.key: address_of(someone) for someone in PEOPLE}


class Offered(NamedTuple):
    """Somebody who can be tried, and where they belong."""

    persona: Persona
    place: str


def by_place() -> tuple[list[Offered], list[Offered]]:
    """Who can be tried: those of the school that the story is about, and those around it, each with where they belong."""
    names = {place.key: place.full_name for place in PLACES}
    at = {someone.key: someone.organisation for someone in PEOPLE}
    here = at[PERSONAS[0].someone]
    offered = [(at[each.someone], Offered(each, names[at[each.someone]])) for each in PERSONAS]
    return [each for key, each in offered if key == here], [each for key, each in offered if key != here]


def people_of_the_demo() -> dict[str, Person]:
    """Who can be tried now, by persona: people of demo schools who belong to no other organisation."""
    if not settings.DEMO:
        return {}
    wanted = {_ADDRESSES[persona.someone]: persona.key for persona in PERSONAS}
    real = Membership.objects.filter(organisation__is_demo=False).values("person")
    found = Person.objects.filter(
        email__in=wanted,
        is_active=True,
        memberships__organisation__is_demo=True,
        memberships__joined_at__isnull=False,
        memberships__left_at__isnull=True,
    ).exclude(pk__in=real)
    return {wanted[person.email]: person for person in found.distinct()}
