"""Which parts of the plan answer what was heard in a listening."""

from django.db import models

from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.plans.models.plan import Action, Goal
from throughline.schools.models import Membership, TenantModel
from throughline.voices.models import Reply


class AnswersHeard(TenantModel):
    """That an action or a goal answers one line of *you said → we did*. The line is of a room below, which knows no plan."""

    reply = TenantForeignKey(Reply, on_delete=models.CASCADE, related_name="+")
    action = TenantForeignKey(Action, on_delete=models.CASCADE, null=True, related_name="+")
    goal = TenantForeignKey(Goal, on_delete=models.CASCADE, null=True, related_name="+")
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "answers to what was heard"
        constraints = [
            *tenant_keys(
                "plans_answersheard",
                reply="voices_reply",
                action="plans_action",
                goal="plans_goal",
                made_by="schools_membership",
            ),
            models.CheckConstraint(
                condition=models.Q(action__isnull=True) ^ models.Q(goal__isnull=True),
                name="answers_heard_one_part",
            ),
            models.UniqueConstraint(
                fields=["organisation", "reply", "action"],
                condition=models.Q(action__isnull=False),
                name="answers_heard_action_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "reply", "goal"],
                condition=models.Q(goal__isnull=False),
                name="answers_heard_goal_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "action"], name="answers_heard_action"),
            models.Index(fields=["organisation", "goal"], name="answers_heard_goal"),
        ]
