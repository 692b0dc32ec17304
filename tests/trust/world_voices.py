"""The listenings of an organization in `world`: something of every kind."""

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.kit import clock
from throughline.schools.models import Membership, Organisation, Role
from throughline.voices.asking.actions import (
    add_host,
    ask_group,
    begin_listening,
    change_listening,
    compose,
    open_listening,
)
from throughline.voices.models import Asked, Listening


class Holds(Protocol):
    """What is needed of `world.Realm`."""

    organisation: Organisation
    members: dict[str, Membership]
    ids: dict[str, list[UUID]]

    def keep(self, name: str, *found: UUID) -> None: ...


def bring_voices(realm: Holds, name: str) -> None:
    """One that is being composed and one that is open."""
    lead = realm.members[Role.LEAD]
    journey = Journey.objects.filter(organisation=realm.organisation, record__group=None).earliest(
        "started_at"
    )
    held = [_ready(journey, f"{name} listening", realm), _ready(journey, f"{name} open listening", realm)]
    open_listening(listening=held[1], by=lead)
    realm.keep("listening_id", *(each.pk for each in held))
    realm.ids["nth"] = [1]  # type: ignore[list-item]
    realm.keep("asked_id", *Asked.objects.filter(listening__in=held).values_list("pk", flat=True))


def _ready(journey: Journey, title: str, realm: Holds) -> Listening:
    """One that could be opened."""
    lead = realm.members[Role.LEAD]
    begun = begin_listening(journey=journey, title=title, by=lead)
    ask_group(listening=begun, group="learner", invited=40, by=lead)
    add_host(listening=begun, member=realm.members[Role.LEARNER], by=lead)
    first = tree(journey.record.version_id).competencies[0].code
    compose(listening=begun, competencies=[first], languages=["en"], by=lead)
    return change_listening(
        listening=begun,
        closes_on=clock.today() + timedelta(days=7),
        contact={"en": f"{title} contact"},
        by=lead,
    )
