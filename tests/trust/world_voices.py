"""The listenings of an organization in `world`: something of every kind."""

from typing import Protocol
from uuid import UUID

from throughline.journeys.models import Journey
from throughline.schools.models import Membership, Organisation, Role
from throughline.voices.asking.actions import ask_group, begin_listening


class Holds(Protocol):
    """What is needed of `world.Realm`."""

    organisation: Organisation
    members: dict[str, Membership]

    def keep(self, name: str, *found: UUID) -> None: ...


def bring_voices(realm: Holds, name: str) -> None:
    """One that is being composed."""
    lead = realm.members[Role.LEAD]
    journey = Journey.objects.filter(organisation=realm.organisation, record__group=None).earliest(
        "started_at"
    )
    begun = begin_listening(journey=journey, title=f"{name} listening", by=lead)
    ask_group(listening=begun, group="learner", invited=40, by=lead)
    realm.keep("listening_id", begun.pk)
