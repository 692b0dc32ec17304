"""Who may run a small test: those who change the plan, and its owner."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.plans.models import SmallTest
from throughline.plans.policy import may_change_plan
from throughline.schools.models import Membership


def may_run_test(test: SmallTest, by: Membership) -> Verdict:
    """Say what is tried, begin a cycle, say what happened and what follows."""
    ours = by.organisation_id == test.organisation_id and by.is_active
    if ours and (may_change_plan(by) or test.owner_id == by.pk):
        return ALLOWED
    return refuse(_("Only the person who owns this small test and the leadership team can change it."))
