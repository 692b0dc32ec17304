"""The weekly meeting: what it walked through, and what was said there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.plans.models.plan import Action
from throughline.schools.models import Membership, TenantModel


class WeeklyMeeting(TenantModel):
    """Twenty minutes with the plan. One at a time in an organisation.

    `version` counts what those who follow have to hear of. `stood` is kept at its end: what was late and what was due,
    action by action with the owner's id, never a name.
    """

    class Part(models.TextChoices):
        LATE = "late", _("What slipped")
        WAITS = "waits", _("Waits for whom")
        SOON = "soon", _("Due in two weeks")
        SAID = "said", _("Decisions and next steps")

    led_by = TenantForeignKey(Membership, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    # Nobody: it was left open, and was ended by itself.
    ended_by = TenantForeignKey(Membership, null=True, related_name="+")
    part = models.CharField(max_length=5, choices=Part.choices, default=Part.LATE)
    version = models.PositiveIntegerField(default=1)
    stood = models.JSONField(default=dict)

    class Meta:
        constraints = [
            *tenant_keys("plans_weeklymeeting", led_by="schools_membership", ended_by="schools_membership"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(ended_at__isnull=True),
                name="weeklymeeting_one_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-begun_at"], name="weeklymeeting_when")]

    @property
    def is_open(self) -> bool:
        """Still going on."""
        return self.ended_at is None


class MeetingLine(TenantModel):
    """A decision, which stands in the plan's log too, or a next step, which became an action."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("decision")
        STEP = "step", _("next step")

    meeting = TenantForeignKey(WeeklyMeeting, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField()
    action = TenantForeignKey(Action, null=True, related_name="+")
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys(
            "plans_meetingline",
            meeting="plans_weeklymeeting",
            action="plans_action",
            by="schools_membership",
        )
        indexes = [models.Index(fields=["organisation", "meeting", "at"], name="meetingline_of")]
