"""The plan's log: what happened and what was learned, in people's words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.plans.models.measures import Measure
from throughline.plans.models.plan import Action, Goal
from throughline.plans.models.policies import Policy
from throughline.plans.models.tested import SmallTest
from throughline.schools.models import Membership, TenantModel


@append_only
class LogEntry(TenantModel):
    """One line, for good. `data` holds what changed (`{"due_on": [before, after]}`) where the product wrote it itself."""

    class Kind(models.TextChoices):
        HAPPENED = "happened", _("what happened")
        LEARNED = "learned", _("what was learned")
        DECIDED = "decided", _("what was decided")
        CHANGED = "changed", _("what was changed")

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.HAPPENED)
    on = models.DateField()
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    goal = TenantForeignKey(Goal, null=True, related_name="log")
    action = TenantForeignKey(Action, null=True, related_name="log")
    measure = TenantForeignKey(Measure, null=True, related_name="log")
    test = TenantForeignKey(SmallTest, null=True, related_name="log")
    policy = TenantForeignKey(Policy, null=True, related_name="log")
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "log entries"
        constraints = tenant_keys(
            "plans_logentry",
            goal="plans_goal",
            action="plans_action",
            measure="plans_measure",
            test="plans_smalltest",
            policy="plans_policy",
            by="schools_membership",
        )
        indexes = [
            models.Index(fields=["organisation", "-on"], name="logentry_when"),
            models.Index(fields=["organisation", "action"], name="logentry_of_action"),
            models.Index(fields=["organisation", "goal"], name="logentry_of_goal"),
        ]
