"""Who chooses how they are reminded, and who sees which letters did not arrive."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat


def may_choose_reminders(by: Membership) -> Verdict:
    """Everyone who belongs here, each for themselves."""
    if by.is_active:
        return ALLOWED
    return refuse(_("Only people who belong to this organization can do this."))


def may_see_letters(seat: Seat) -> Verdict:
    """Those who look after the organization see whose letters about the plan did not arrive, never what they say."""
    if seat.is_lead:
        return ALLOWED
    return refuse(_("Only those who look after the organization see which emails did not arrive."))
