"""Who writes into the plan's log and into a review: staff. Who begins and closes a review: those who change the plan."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.plans.policy import STAFF
from throughline.schools.models import Membership

_STAFF = {role.value for role in STAFF}


def may_write(by: Membership) -> Verdict:
    """A line of the log, a remark to a review."""
    if by.is_active and not by.roles.isdisjoint(_STAFF):
        return ALLOWED
    return refuse(_("Only staff write into the plan’s log and its reviews."))
