"""How members hear of what they have taken on, and the links of their letters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.plans.models.plan import Action
from throughline.schools.models import Membership, TenantModel, new_token


class Reminder(TenantModel):
    """When a member is written to, in their own time zone, and what they were told.

    `known` are the actions of the last letter, `known_before` those of the one before it: should the last one never
    arrive (`last_key` names it in the post), what was new in it is new again. The link that stops the letters is made
    from `stop_key` and the server's secret, so that the table alone opens nothing.
    """

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("once a week")
        NEVER = "never", _("never")

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    weekday = models.PositiveSmallIntegerField(default=0)
    hour = models.PositiveSmallIntegerField(default=7)
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    next_at = models.DateTimeField(null=True)
    known = models.JSONField(default=list)
    known_before = models.JSONField(default=list)
    last_key = models.CharField(max_length=200, blank=True)
    stop_key = models.CharField(max_length=64, default=new_token)

    class Meta:
        constraints = [
            *tenant_keys("plans_reminder", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "membership"], name="reminder_once"),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="reminder_quiet_whole",
            ),
        ]


class DoneLink(TenantModel):
    """A link of a letter by which an action's owner says that it is done. Good for this action and person, once.

    Of its secret only the hash is kept.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    action = TenantForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = tenant_keys("plans_donelink", membership="schools_membership", action="plans_action")
        indexes = [models.Index(fields=["organisation", "membership"], name="donelink_of")]
