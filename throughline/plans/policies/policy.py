"""Who may look after the register of policies: those who change the plan, and the owner of each."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.plans.models import Policy
from throughline.plans.policy import may_change_plan
from throughline.schools.models import Membership


def may_look_after(policy: Policy, by: Membership) -> Verdict:
    """Change what is known of a policy, bring in what it says, look at it again."""
    ours = by.organisation_id == policy.organisation_id and by.is_active
    if ours and (may_change_plan(by) or policy.owner_id == by.pk):
        return ALLOWED
    return refuse(_("Only the person who owns this policy and the leadership team can change it."))
