"""Who decides whether everyone may see the throughline."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.schools.models import Membership
from throughline.schools.policy import keeps


def may_show_line(by: Membership) -> Verdict:
    """The same people who publish an element."""
    if keeps(by):
        return ALLOWED
    return refuse(_("Only the leads of this organization can show the throughline to everyone."))
