"""How one sees whether it helps: measures with values over time, and what could go wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.plans.models.plan import Goal
from throughline.schools.models import Membership, TenantModel

DIGITS, PLACES = 14, 3


class Measure(TenantModel):
    """What is counted, where it comes from, where it stood and where it should be.

    `ready` names the measure that ships with the product it was begun from; the values of one that counts people by group
    are figures of the whole group only.
    """

    class Kind(models.TextChoices):
        LEADING = "leading", _("leading: moves first")
        LAGGING = "lagging", _("lagging: moves late")

    goal = TenantForeignKey(Goal, null=True, related_name="measures")
    title = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.LEADING)
    baseline = models.DecimalField(null=True, max_digits=DIGITS, decimal_places=PLACES)
    baseline_on = models.DateField(null=True)
    target = models.DecimalField(null=True, max_digits=DIGITS, decimal_places=PLACES)
    target_on = models.DateField(null=True)
    more_is_better = models.BooleanField(default=True)
    every_months = models.PositiveSmallIntegerField(default=1)
    keeper = TenantForeignKey(Membership, null=True, related_name="+")
    ready = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = tenant_keys(
            "plans_measure", goal="plans_goal", keeper="schools_membership", made_by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "goal", "position"], name="measure_of")]

    def __str__(self) -> str:
        return self.title


class MeasureValue(TenantModel):
    """One reading. A wrong one is taken back, never changed."""

    measure = TenantForeignKey(Measure, related_name="values")
    on = models.DateField()
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    note = models.CharField(max_length=500, blank=True)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = TenantForeignKey(Membership, null=True, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys(
                "plans_measurevalue",
                measure="plans_measure",
                by="schools_membership",
                taken_back_by="schools_membership",
            ),
            models.UniqueConstraint(
                fields=["organisation", "measure", "on"],
                condition=models.Q(taken_back_at__isnull=True),
                name="measurevalue_once_a_day",
            ),
        ]


class Risk(TenantModel):
    """What could keep a goal from being reached, how likely and how bad, and what is done about it."""

    class Size(models.IntegerChoices):
        LOW = 1, _("low")
        MIDDLE = 2, _("middle")
        HIGH = 3, _("high")

    goal = TenantForeignKey(Goal, null=True, related_name="risks")
    title = models.CharField(max_length=300)
    likelihood = models.PositiveSmallIntegerField(choices=Size.choices, default=Size.MIDDLE)
    effect = models.PositiveSmallIntegerField(choices=Size.choices, default=Size.MIDDLE)
    response = models.TextField(blank=True)
    owner = TenantForeignKey(Membership, null=True, related_name="+")
    review_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    came_true = models.BooleanField(default=False)

    class Meta:
        constraints = tenant_keys(
            "plans_risk", goal="plans_goal", owner="schools_membership", made_by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "goal"], name="risk_of")]

    def __str__(self) -> str:
        return self.title
