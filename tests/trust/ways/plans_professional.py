"""How each verb of professional learning is called well."""

from datetime import timedelta

from tests.trust.theirs import Act, Theirs, way
from throughline.elements.models import Item
from throughline.kit import clock
from throughline.plans.models import Offering, Reflection, TakingPart
from throughline.plans.professional.actions import offerings, reflecting
from throughline.plans.professional.actions.offerings import Offer
from throughline.schools.models import Role


def offering(their: Theirs) -> Offering:
    """What they offer."""
    return Offering.objects.get(organisation=their.realm.organisation)


def trait(their: Theirs) -> Item:
    """An educator competency of theirs."""
    return Item.objects.get(pk=their.realm.ids["trait_id"][0])


def reflection(their: Theirs) -> Reflection:
    """What their lead wrote for themselves."""
    return Reflection.objects.get(organisation=their.realm.organisation, author=their.lead)


@way
def add_offering(their: Theirs) -> Act:
    offer = Offer("Ours", clock.today(), run_by=their.lead)
    return lambda by: offerings.add_offering(offer=offer, by=by)


@way
def change_offering(their: Theirs) -> Act:
    held, offer = offering(their), Offer("Ours", clock.today())
    return lambda by: offerings.change_offering(offering=held, offer=offer, by=by)


@way
def sign_up(their: Theirs) -> Act:
    held = offering(their)
    offerings.withdraw(offering=held, by=their.lead)
    return lambda by: offerings.sign_up(offering=held, by=by)


@way
def withdraw(their: Theirs) -> Act:
    held = offering(their)
    return lambda by: offerings.withdraw(offering=held, by=by)


@way
def say_who_came(their: Theirs) -> Act:
    held = offering(their)
    came = set(TakingPart.objects.filter(offering=held).values_list("pk", flat=True))
    return lambda by: offerings.say_who_came(offering=held, came=came, by=by)


@way
def say_what_changed(their: Theirs) -> Act:
    held = offering(their)
    return lambda by: reflecting.say_what_changed(offering=held, text="Ours", by=by)


@way
def set_review(their: Theirs) -> Act:
    held, on = trait(their), clock.today() + timedelta(days=9)
    return lambda by: reflecting.set_review(trait=held, review_on=on, by=by)


@way
def write_reflection(their: Theirs) -> Act:
    held = trait(their)
    return lambda by: reflecting.write_reflection(trait=held, text="Ours", by=by)


@way
def change_reflection(their: Theirs) -> Act:
    held = reflection(their)
    return lambda by: reflecting.change_reflection(reflection=held, text="Ours", by=by)


@way
def delete_reflection(their: Theirs) -> Act:
    held = reflection(their)
    return lambda by: reflecting.delete_reflection(reflection=held, by=by)


@way
def share_reflection(their: Theirs) -> Act:
    held, reader = reflection(their), their.realm.members[Role.TEAM]
    return lambda by: reflecting.share_reflection(reflection=held, reader=reader, by=by)


@way
def unshare_reflection(their: Theirs) -> Act:
    held, reader = reflection(their), their.realm.members[Role.TEAM]
    reflecting.share_reflection(reflection=held, reader=reader, by=their.lead)
    return lambda by: reflecting.unshare_reflection(reflection=held, reader=reader, by=by)
