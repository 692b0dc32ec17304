"""Who may have a calendar of what."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.plans.models import CalendarFeed
from throughline.plans.policy import may_see_plan
from throughline.schools.models import Membership
from throughline.schools.tenant import seat_of


def may_have_feed(by: Membership, scope: str) -> Verdict:
    """Everyone who belongs here of what is theirs; staff of the whole plan too."""
    if not by.is_active:
        return refuse(_("Only people who belong to this organization can do this."))
    if scope == CalendarFeed.Scope.ALL:
        return may_see_plan(seat_of(by))
    return ALLOWED
