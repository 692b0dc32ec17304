"""Who writes the page for families, decides who can read it, and answers what people ask."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.plans.policy import WRITERS, may_change_plan, may_see_plan
from throughline.schools.models import Membership
from throughline.schools.policy import keeps
from throughline.schools.tenant import Seat


def may_see_drafts(seat: Seat) -> Verdict:
    """The page as it is being written, and the questions that wait. Staff, like the plan."""
    return may_see_plan(seat)


def may_write_page(by: Membership) -> Verdict:
    """Write and translate sections, say that they are right, answer questions. Those who change the plan."""
    if may_change_plan(by):
        return ALLOWED
    return refuse(_("Only leads and the leadership team can change the page for families."))


def may_open_page(by: Membership) -> Verdict:
    """Publish it, and say who can read it."""
    if keeps(by):
        return ALLOWED
    return refuse(_("Only the leads of this organization can publish the page for families."))


def is_writer(seat: Seat) -> bool:
    """As `may_write_page`, of a seat."""
    return not seat.roles.isdisjoint(WRITERS)
