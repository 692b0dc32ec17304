"""Who may see what of professional learning. Nothing here is for the appraisal of staff.

Staff see what is offered and how many took part. Whoever runs an offering sees names until two weeks after it ended; after
that nobody does. What somebody took part in over time, only they see. Reflections are their author's.
"""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.plans.models import Offering, Reader, Reflection
from throughline.plans.policy import STAFF
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat

NAMES_STAY = timedelta(days=14)
LONGEST = timedelta(days=400)  # so that no offering goes on showing names by never ending


def is_staff(member: Membership) -> bool:
    """One of those who learn here, and may."""
    return member.is_active and not member.roles.isdisjoint({role.value for role in STAFF})


def last_day(offering: Offering) -> date | None:
    """The day on which names are seen for the last time; None when they never are."""
    end = offering.ends_on or offering.starts_on
    return end + NAMES_STAY if end else None


def is_running(offering: Offering) -> bool:
    """It is still to come, goes on, or has just ended: names are known to whoever runs it, and people sign up."""
    until = last_day(offering)
    return offering.ended_at is None and until is not None and clock.today() <= until


def may_take_part(offering: Offering, by: Membership) -> Verdict:
    """Sign oneself up, and leave again."""
    if not is_staff(by) or by.organisation_id != offering.organisation_id:
        return refuse(_("Only staff take part in professional learning."))
    if not is_running(offering):
        return refuse(_("This is over."))
    return ALLOWED


def may_see_names(offering: Offering, by: Membership) -> Verdict:
    """Who signed up, and saying who came: whoever runs it, while it runs. Leads too see it only where they run it."""
    if not is_staff(by) or by.organisation_id != offering.organisation_id or offering.run_by_id != by.pk:
        return refuse(_("Only the person who runs this sees who takes part."))
    if not is_running(offering):
        return refuse(_("Two weeks after the end nobody sees the names any more."))
    return ALLOWED


def readable(seat: Seat) -> Q:
    """The condition on `Reflection`: one's own, and those whose author chose this person and still belongs here."""
    ours = Q(organisation=seat.organisation)
    chosen = Reader.objects.filter(
        organisation=seat.organisation, reflection=OuterRef("pk"), membership=seat.membership
    )
    return ours & (Q(author=seat.membership) | (Q(Exists(chosen)) & Q(author__left_at__isnull=True)))


def may_change_reflection(reflection: Reflection, by: Membership) -> Verdict:
    """Change it, delete it, choose who reads it: its author alone."""
    ours = by.is_active and by.organisation_id == reflection.organisation_id
    if ours and reflection.author_id == by.pk:
        return ALLOWED
    return refuse(_("Only the person who wrote this can change it or choose who reads it."))
