"""Which competencies of the journey a part of the plan serves: one table, so that a competency asks once."""

from functools import reduce
from operator import or_

from django.db import models

from throughline.frameworks.models import Competency
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.plans.models.measures import Measure, Risk
from throughline.plans.models.plan import Action, Goal
from throughline.plans.models.policies import Policy
from throughline.plans.models.professional import Offering
from throughline.plans.models.tested import SmallTest
from throughline.schools.models import Membership, TenantModel

PARTS = {
    "goal": "plans_goal",
    "action": "plans_action",
    "measure": "plans_measure",
    "risk": "plans_risk",
    "test": "plans_smalltest",
    "policy": "plans_policy",
    "offering": "plans_offering",
}


def _only(part: str) -> models.Q:
    return models.Q(**{f"{other}__isnull": other != part for other in PARTS})


class Serves(TenantModel):
    """That one part of the plan serves one competency. An action serves what its goal serves too, without a row."""

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, db_index=False, related_name="+")
    goal = TenantForeignKey(Goal, on_delete=models.CASCADE, null=True, related_name="serves")
    action = TenantForeignKey(Action, on_delete=models.CASCADE, null=True, related_name="serves")
    measure = TenantForeignKey(Measure, on_delete=models.CASCADE, null=True, related_name="serves")
    risk = TenantForeignKey(Risk, on_delete=models.CASCADE, null=True, related_name="serves")
    test = TenantForeignKey(SmallTest, on_delete=models.CASCADE, null=True, related_name="serves")
    policy = TenantForeignKey(Policy, on_delete=models.CASCADE, null=True, related_name="serves")
    offering = TenantForeignKey(Offering, on_delete=models.CASCADE, null=True, related_name="serves")
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "serves"
        constraints = [
            *tenant_keys("plans_serves", made_by="schools_membership", **PARTS),
            models.CheckConstraint(condition=reduce(or_, map(_only, PARTS)), name="serves_one_part"),
            *(
                models.UniqueConstraint(
                    fields=["organisation", part, "competency"],
                    condition=models.Q(**{f"{part}__isnull": False}),
                    name=f"serves_{part}_once",
                )
                for part in PARTS
            ),
        ]
        indexes = [models.Index(fields=["organisation", "competency"], name="serves_what")]
