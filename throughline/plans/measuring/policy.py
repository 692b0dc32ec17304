"""Who may add to the values of a measure."""

from django.utils.translation import gettext_lazy as _

from throughline.kit.verdict import ALLOWED, Verdict, refuse
from throughline.plans.models import Measure
from throughline.plans.policy import may_change_plan
from throughline.schools.models import Membership


def may_add_value(measure: Measure, by: Membership) -> Verdict:
    """Its keeper, and those who change the plan."""
    here = by.is_active and by.organisation_id == measure.organisation_id
    if here and (measure.keeper_id == by.pk or may_change_plan(by)):
        return ALLOWED
    return refuse(_("Only the person who keeps this measure and the leadership team can add values."))
