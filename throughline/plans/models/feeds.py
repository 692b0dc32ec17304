"""Private calendars: a secret address for each member who wants one, and what was last told there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class CalendarFeed(TenantModel):
    """The address at which a member's calendar program finds their dates. Of its secret only the hash is kept.

    `read_at` is when a program last asked, to the hour: so that its owner sees whether anybody still does.
    """

    class Scope(models.TextChoices):
        MINE = "mine", _("what I own or help with")
        ALL = "all", _("the whole plan")

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=4, choices=Scope.choices, default=Scope.MINE)
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("plans_calendarfeed", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "membership"], name="calendarfeed_once"),
        ]


class FeedEntry(TenantModel):
    """A date as this calendar last told it, so that it can take back what is no longer its owner's to know.

    `subject_id` is an action or a goal, by id alone: the row outlives it, and holds what its owner had read anyhow.
    """

    feed = TenantForeignKey(CalendarFeed, on_delete=models.CASCADE, related_name="entries")
    subject_id = models.UUIDField()
    title = models.CharField(max_length=300)
    day = models.DateField()
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    canceled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "feed entries"
        constraints = [
            *tenant_keys("plans_feedentry", feed="plans_calendarfeed"),
            models.UniqueConstraint(fields=["organisation", "feed", "subject_id"], name="feedentry_once"),
        ]
