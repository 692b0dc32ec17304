"""Who may make a part of the plan evidence: staff, in a record that they may bring evidence to."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.plans.models import Action, Cycle, PolicyRevision
from throughline.plans.policy import STAFF
from throughline.schools.models import Membership

_STAFF = {role.value for role in STAFF}


def may_cite(by: Membership) -> Verdict:
    """Staff, who see the whole plan. Whether they may bring evidence to a record, the record says."""
    if by.is_active and not by.roles.isdisjoint(_STAFF):
        return ALLOWED
    return refuse(_("Only staff can make something of the plan evidence."))


def is_citable(part: object) -> Verdict:
    """Evidence is what came of something: an action that is done, a cycle that ended, a policy that was adopted."""
    if isinstance(part, Action) and part.state != Action.State.DONE:
        return refuse(_("An action can be cited once it is done."))
    if isinstance(part, Cycle) and part.ended_on is None:
        return refuse(_("A cycle can be cited once it has ended."))
    if isinstance(part, PolicyRevision) and part.adopted_on is None:
        return refuse(_("A policy can be cited once it was adopted."))
    return ALLOWED
