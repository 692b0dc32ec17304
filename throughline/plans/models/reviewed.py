"""The yearly review: what the team says of a period, and what it was frozen as."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Review(TenantModel):
    """A period that the team looks back on. Closed, it stands frozen in `ClosedReview`."""

    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("plans_review", made_by="schools_membership"),
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")), name="review_starts_before_end"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-ends_on"], name="review_when")]

    def __str__(self) -> str:
        return self.title


@append_only
class ReviewRemark(TenantModel):
    """What somebody of the team says to one part of a review, for good."""

    class About(models.TextChoices):
        PRIORITIES = "priorities", _("priorities and goals")
        MEASURES = "measures", _("measures")
        TESTS = "tests", _("small tests")
        POLICIES = "policies", _("policies")
        LOG = "log", _("what happened and was learned")
        NEXT = "next", _("what follows for the next round")

    review = TenantForeignKey(Review, related_name="remarks")
    about = models.CharField(max_length=10, choices=About.choices)
    text = models.TextField()
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys("plans_reviewremark", review="plans_review", by="schools_membership")
        indexes = [models.Index(fields=["organisation", "review", "at"], name="reviewremark_of")]


@append_only
class ClosedReview(TenantModel):
    """A review as it was closed: what it gathered and what was said, in plain JSON, with the SHA-256 of that."""

    review = TenantForeignKey(Review, related_name="closed")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("plans_closedreview", review="plans_review", by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "review"], name="closedreview_once"),
        ]
