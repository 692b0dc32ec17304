"""Professional learning of an organization in `world`."""

from typing import Protocol
from uuid import UUID

from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item
from throughline.kit import clock
from throughline.plans.professional.actions.offerings import Offer, add_offering, sign_up
from throughline.plans.professional.actions.reflecting import (
    say_what_changed,
    share_reflection,
    write_reflection,
)
from throughline.schools.models import Membership, Role


class Holds(Protocol):
    """What is needed of `world.Realm`."""

    members: dict[str, Membership]

    def keep(self, name: str, *found: UUID) -> None: ...


def bring_learning(realm: Holds, name: str) -> None:
    """An educator competency, an offering that the lead runs, and what the educator and the lead wrote for themselves."""
    lead, educator, team = (realm.members[role] for role in (Role.LEAD, Role.EDUCATOR, Role.TEAM))
    framework = begin_element(
        kind="learning-framework", title=f"{name} learning", language="en", outline=[], by=lead
    )
    trait = add_item(element=framework, kind="educator-competency", words={"title": f"{name} trait"}, by=lead)
    offer = Offer(
        f"{name} workshop",
        clock.today(),
        about=f"{name} about",
        led_by=f"{name} leader",
        place=f"{name} place",
        teaches=(trait.pk,),
    )
    offering = add_offering(offer=offer, by=lead)
    for each in (educator, lead):
        sign_up(offering=offering, by=each)
        say_what_changed(offering=offering, text=f"{name} practice", shared=each == lead, by=each)
    own = write_reflection(trait=trait, text=f"{name} thought", by=educator)
    share_reflection(reflection=own, reader=team, by=educator)
    leads = write_reflection(trait=trait, text=f"{name} thought", by=lead)
    realm.keep("trait_id", trait.pk)
    realm.keep("offering_id", offering.pk)
    realm.keep("reflection_id", own.pk, leads.pk)
