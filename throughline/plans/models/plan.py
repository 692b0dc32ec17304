"""What a plan is made of: goals, the actions that lead to them, who helps, and what waits for what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.journeys.models import Journey, Priority
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Goal(TenantModel):
    """What will be true, for whom, by when; what it comes from is a priority of a journey, or a journey as a whole.

    `version` counts its changes, so that two who change it at once both hear of it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("worked on")
        REACHED = "reached", _("reached")
        DROPPED = "dropped", _("given up")

    journey = TenantForeignKey(Journey, related_name="goals")
    priority = TenantForeignKey(Priority, null=True, related_name="goals")
    title = models.CharField(max_length=300)
    for_whom = models.CharField(max_length=300, blank=True)
    by_when = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    state_on = models.DateField(null=True)
    why = models.TextField(blank=True)  # why it was given up, or how one sees that it is reached
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys(
            "plans_goal",
            journey="journeys_journey",
            priority="journeys_priority",
            made_by="schools_membership",
        )
        indexes = [models.Index(fields=["organisation", "state", "position"], name="goal_of")]

    def __str__(self) -> str:
        return self.title


class Action(TenantModel):
    """Something that somebody does by a date. Without a goal it stands by itself until it is given one.

    `version` counts its changes; calendars number what they follow by it.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        UNDER_WAY = "under-way", _("under way")
        DONE = "done", _("done")
        DROPPED = "dropped", _("given up")

    goal = TenantForeignKey(Goal, null=True, related_name="actions")
    title = models.CharField(max_length=300)
    done_when = models.TextField(blank=True)
    resources = models.TextField(blank=True)
    owner = TenantForeignKey(Membership, null=True, related_name="+")
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    # The day on which it came into this state, as people say it.
    state_on = models.DateField(null=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys(
                "plans_action",
                goal="plans_goal",
                owner="schools_membership",
                made_by="schools_membership",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(due_on__isnull=True)
                | models.Q(starts_on__lte=models.F("due_on")),
                name="action_starts_before_due",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "goal", "position"], name="action_of"),
            models.Index(fields=["organisation", "owner", "due_on"], name="action_whose"),
            models.Index(fields=["organisation", "state", "due_on"], name="action_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Neither done nor given up."""
        return self.state in OPEN_STATES


OPEN_STATES = (Action.State.PLANNED, Action.State.UNDER_WAY)


class Helper(TenantModel):
    """Somebody who helps with an action."""

    action = TenantForeignKey(Action, on_delete=models.CASCADE, related_name="helpers")
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys("plans_helper", action="plans_action", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "action", "membership"], name="helper_once"),
        ]
        indexes = [models.Index(fields=["organisation", "membership"], name="helper_of")]


class Waits(TenantModel):
    """That an action cannot be finished before another one. Never in a circle."""

    action = TenantForeignKey(Action, on_delete=models.CASCADE, related_name="waits_for")
    on = TenantForeignKey(Action, on_delete=models.CASCADE, related_name="awaited_by")

    class Meta:
        verbose_name_plural = "waits"
        constraints = [
            *tenant_keys("plans_waits", action="plans_action", on="plans_action"),
            models.UniqueConstraint(fields=["organisation", "action", "on"], name="waits_once"),
            models.CheckConstraint(condition=~models.Q(action=models.F("on")), name="waits_not_for_itself"),
        ]
        indexes = [models.Index(fields=["organisation", "on"], name="waits_on")]
