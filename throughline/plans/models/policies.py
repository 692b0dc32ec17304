"""The register of policies: what a rule says, when it is looked at again, and what the journey needs it to say."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.files.models import StoredFile
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Policy(TenantModel):
    """A rule of the school or of those above it. What it says stands in its last revision."""

    class State(models.TextChoices):
        WANTED = "wanted", _("to be written")
        IN_FORCE = "in-force", _("in force")
        UNDER_REVIEW = "under-review", _("under review")
        ENDED = "ended", _("no longer in force")

    class Says(models.TextChoices):
        """Whether it says what the journey needs."""

        UNKNOWN = "", _("not looked at yet")
        NO = "no", _("no")
        PARTLY = "partly", _("in part")
        YES = "yes", _("yes")

    title = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=State.choices, default=State.IN_FORCE)
    owner = TenantForeignKey(Membership, null=True, related_name="+")
    review_on = models.DateField(null=True)
    needed = models.TextField(blank=True)  # what the journey needs it to say
    says = models.CharField(max_length=6, choices=Says.choices, default=Says.UNKNOWN, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "policies"
        constraints = tenant_keys("plans_policy", owner="schools_membership", made_by="schools_membership")
        indexes = [models.Index(fields=["organisation", "review_on"], name="policy_review")]

    def __str__(self) -> str:
        return self.title


@append_only
class PolicyRevision(TenantModel):
    """What a policy said from a day on, why it was changed, and who adopted it: words, a link, a file, or several of these."""

    policy = TenantForeignKey(Policy, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    file = TenantForeignKey(StoredFile, null=True, related_name="+")
    reason = models.TextField(blank=True)
    adopted_by = models.CharField(max_length=200, blank=True)
    adopted_on = models.DateField(null=True)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys(
                "plans_policyrevision",
                policy="plans_policy",
                file="files_storedfile",
                by="schools_membership",
            ),
            models.UniqueConstraint(fields=["organisation", "policy", "number"], name="policyrevision_once"),
        ]
