"""Plans that come from a spreadsheet: a table that waits to be brought in, and what its rows are called there."""

from django.db import models

from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.plans.models.plan import Action
from throughline.schools.models import Membership, TenantModel


class PlanTable(TenantModel):
    """The rows of a file, and what whoever brought it chose for its columns. Gone once it is in the plan, or after days."""

    name = models.CharField(max_length=200)
    headings = models.JSONField()
    rows = models.JSONField()  # [number in the file, [cells], [faults by column]]
    chosen = models.JSONField(default=dict)
    made_by = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys("plans_plantable", made_by="schools_membership")
        indexes = [models.Index(fields=["organisation", "made_at"], name="plantable_when")]


class OutsideKey(TenantModel):
    """What an action is called in the table it came from, so that the same table finds it again."""

    action = TenantForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [
            *tenant_keys("plans_outsidekey", action="plans_action"),
            models.UniqueConstraint(fields=["organisation", "key"], name="outsidekey_once"),
        ]
        indexes = [models.Index(fields=["organisation", "action"], name="outsidekey_of")]
