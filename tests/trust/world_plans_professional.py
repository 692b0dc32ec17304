"""Professional learning and mentoring of an organization in `world`."""

from typing import Protocol
from uuid import UUID

from throughline.elements.setup.actions import begin_element
from throughline.elements.structure.actions import add_item
from throughline.kit import clock
from throughline.plans.mentoring.actions import agree_pair, arrange_pair, keep_meeting, propose_pair
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


def bring_mentoring(realm: Holds, name: str) -> None:
    """A pair of the lead’s own, one that two made by themselves, and one that a lead arranged; each with a note."""
    lead, educator, team, registrar = (
        realm.members[role] for role in (Role.LEAD, Role.EDUCATOR, Role.TEAM, Role.REGISTRAR)
    )
    proposed = propose_pair(other=lead, as_mentor=False, every_weeks=2, by=educator)
    own = agree_pair(pair=proposed, by=lead)
    alone = agree_pair(pair=propose_pair(other=team, as_mentor=True, every_weeks=2, by=educator), by=team)
    arranged = arrange_pair(mentor=team, mentee=registrar, every_weeks=2, by=lead)
    for pair, by in ((own, lead), (alone, educator), (arranged, team)):
        written = keep_meeting(pair=pair, on=clock.today(), text=f"{name} meeting", by=by)
        assert written is not None
        realm.keep("pair_id", pair.pk)
        realm.keep("pair_note_id", written.pk)
