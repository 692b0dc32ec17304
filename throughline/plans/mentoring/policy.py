"""Who may see what of mentoring. A pair belongs to the two: to nobody else it exists, but for a lead who arranged it.

A lead sees who is in the pairs that leads arranged, and how many of these keep their rhythm where that is five or more. Never
when two met, and never a note.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.plans.models import Pair
from throughline.plans.policy import STAFF
from throughline.schools.models import Membership
from throughline.schools.policy import keeps
from throughline.schools.tenant import Seat


def is_staff(member: Membership) -> bool:
    """Who may be a mentor or a mentee."""
    return member.is_active and not member.roles.isdisjoint({role.value for role in STAFF})


def ours(seat: Seat) -> Q:
    """The condition on `Pair` that keeps those in which this person is one of the two."""
    me = Q(mentor=seat.membership) | Q(mentee=seat.membership)
    return Q(organisation=seat.organisation) & me


def may_arrange(by: Membership) -> Verdict:
    """Bring two others together, and see the pairs that were."""
    if keeps(by):
        return ALLOWED
    return refuse(_("Only the leads of this organization can arrange pairs. You can propose one yourself."))


def is_one_of(pair: Pair, by: Membership) -> bool:
    """One of the two, and here."""
    inside = by.is_active and by.organisation_id == pair.organisation_id
    return inside and by.pk in (pair.mentor_id, pair.mentee_id)


def may_use(pair: Pair, by: Membership) -> Verdict:
    """Write down meetings, set the rhythm: the two, for as long as the pair goes on."""
    if not is_one_of(pair, by):
        return refuse(_("A pair belongs to the two who are in it."))
    if pair.agreed_on is None:
        return refuse(_("You both have to agree first."))
    if pair.ended_on is not None:
        return refuse(_("This pair has ended."))
    return ALLOWED


def may_agree(pair: Pair, by: Membership) -> Verdict:
    """Agree to what the other one proposed."""
    if is_one_of(pair, by) and pair.agreed_on is None and pair.proposed_by_id != by.pk:
        return ALLOWED
    return refuse(_("There is nothing to agree to."))


def may_end(pair: Pair, by: Membership) -> Verdict:
    """End it, decline it or take it back: either of the two; a lead where a lead arranged it."""
    arranged = pair.arranged and by.organisation_id == pair.organisation_id and keeps(by)
    if pair.ended_on is None and (is_one_of(pair, by) or arranged):
        return ALLOWED
    return refuse(_("Only the two who are in a pair can end it."))
