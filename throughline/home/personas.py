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
            "Runs the journey: finishes her own ratings, opens the spread, agrees with the advisory, closes rounds."
        ),
    ),
    Persona(
        "team",
        "jonas",
        _("Leadership team"),
        _("Rates alone, agrees with the others, leads a priority whose next step is near."),
    ),
    Persona(
        "educator",
        "tomasz",
        _("Educator"),
        _("Started a journey for his own advisory: the spread is open and there is something to talk about."),
    ),
    Persona(
        "learner",
        "salma",
        _("Learner on the team"),
        _(
            "Rates with the same weight as everyone, and brought evidence from a ferry that wants another look."
        ),
    ),
    Persona(
        "family",
        "lucia",
        _("Family member on the team"),
        _("Has some ratings left. They fit on a phone, between two crossings."),
    ),
    Persona(
        "registrar",
        "esi",
        _("Counselor and registrar"),
        _("Has not begun to rate yet: the whole of it, from the first competency."),
    ),
    Persona(
        "board",
        "dorothea",
        _("Board member"),
        _(
            "Has one competency left to rate, and is shown where the school stood when it last closed a round."
        ),
    ),
    Persona(
        "neighbour",
        "marit",
        _("Lead of a neighbor school"),
        _("Shares with the same district, and holds a second journey on the framework of an invented state."),
    ),
    Persona(
        "small",
        "signe",
        _("Lead of a school with five staff"),
        _("One of five was away. Open the spread of the closed round: with so few there is only a word."),
    ),
    Persona(
        "district",
        "henrik",
        _("District lead"),
        _(
            "Sees side by side what three schools chose to share, in no order and without a count. Try to rank them."
        ),
    ),
    Persona(
        "network",
        "noor",
        _("Network staff"),
        _("Has a school’s question to answer: may it belong to the network?"),
    ),
    Persona(
        "outsider",
        "viktor",
        _("Lead of another school"),
        _("Runs a school that has nothing to do with the others. Try to find a way in: there is none."),
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
