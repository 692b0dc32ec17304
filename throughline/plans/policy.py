"""Who may see the plan, change it, and say how something goes.

Staff see the plan; leads and the leadership team change it. Whoever owns an action or helps with it sees that action, be
they learner, family or community, and says how it goes. Nothing here is for the appraisal of staff.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.plans.models import Action, Helper
from throughline.schools.models import Membership, Role
from throughline.schools.tenant import Seat

STAFF = (
    Role.LEAD,
    Role.TEAM,
    Role.EDUCATOR,
    Role.REGISTRAR,
    Role.BOARD,
    Role.DISTRICT_LEAD,
    Role.NETWORK_STAFF,
)
WRITERS = frozenset({Role.LEAD.value, Role.TEAM.value, Role.DISTRICT_LEAD.value, Role.NETWORK_STAFF.value})


def may_see_plan(seat: Seat) -> Verdict:
    """The plan as a whole: goals, actions, measures, risks."""
    if seat.has(*STAFF):
        return ALLOWED
    return refuse(_("Only staff see the whole plan. What you have taken on is under “My actions”."))


def visible_actions(seat: Seat) -> Q:
    """The condition on `Action` that keeps what this person may see."""
    ours = Q(organisation=seat.organisation)
    if seat.has(*STAFF):
        return ours
    return ours & mine(seat)


def mine(seat: Seat) -> Q:
    """The condition on `Action` that keeps those which this person owns or helps with."""
    helps = Helper.objects.filter(
        organisation=seat.organisation, action=OuterRef("pk"), membership=seat.membership
    )
    return Q(owner=seat.membership) | Q(Exists(helps))


def may_change_plan(by: Membership) -> Verdict:
    """Goals, actions, measures, risks and what they are tied to."""
    if by.is_active and not by.roles.isdisjoint(WRITERS):
        return ALLOWED
    return refuse(_("Only leads and the leadership team can change the plan."))


def may_say_how_it_goes(action: Action, by: Membership) -> Verdict:
    """Mark an action as under way or done and write into its log: its owner, its helpers, and those who change the plan."""
    if not by.is_active or by.organisation_id != action.organisation_id:
        return refuse(_("Only people who belong to this organization can do this."))
    if may_change_plan(by) or action.owner_id == by.pk:
        return ALLOWED
    helps = Helper.objects.filter(organisation=action.organisation_id, action=action, membership=by)
    if helps.exists():
        return ALLOWED
    return refuse(
        _("Only the person who owns this action, those who help and the leadership team can say how it goes.")
    )


def may_change_due(action: Action, by: Membership) -> Verdict:
    """Give an action another day: its owner, and those who change the plan."""
    here = by.is_active and by.organisation_id == action.organisation_id
    if here and (action.owner_id == by.pk or may_change_plan(by)):
        return ALLOWED
    return refuse(_("Only the person who owns this action and the leadership team can change its day."))
