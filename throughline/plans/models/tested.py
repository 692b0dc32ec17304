"""Small tests: an idea tried in cycles of plan, do, study, act (Langley and others, *The Improvement Guide*, 2009)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.plans.models.plan import Goal
from throughline.schools.models import Membership, TenantModel


class SmallTest(TenantModel):
    """An idea that is tried small before it is done large; its cycles say what was learned."""

    goal = TenantForeignKey(Goal, null=True, related_name="tests")
    title = models.CharField(max_length=300)
    question = models.TextField(blank=True)
    owner = TenantForeignKey(Membership, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys(
            "plans_smalltest", goal="plans_goal", owner="schools_membership", made_by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "goal"], name="smalltest_of")]

    def __str__(self) -> str:
        return self.title


class Cycle(TenantModel):
    """One turn. The prediction is written before it begins and stays as it was; then what happened, and what follows."""

    class Outcome(models.TextChoices):
        ADOPT = "adopt", _("adopt")
        ADAPT = "adapt", _("adapt")
        ABANDON = "abandon", _("abandon")

    test = TenantForeignKey(SmallTest, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    change = models.TextField()  # plan: what is tried, where and with whom
    prediction = models.TextField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    begun_at = models.DateTimeField(null=True)
    happened = models.TextField(blank=True)  # do
    compared = models.TextField(blank=True)  # study: beside the prediction
    learned = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)  # act
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("plans_cycle", test="plans_smalltest", made_by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "test", "number"], name="cycle_once"),
        ]

    @property
    def has_begun(self) -> bool:
        """From here on its prediction stays as it is."""
        return self.begun_at is not None
