"""Mentoring: two who meet in a rhythm, and notes that belong to them alone, sealed. Days, never moments. Decision 47."""

from django.db import models

from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Pair(TenantModel):
    """A mentor and a mentee. `arranged`: made by a lead, who knows of it; else the two alone do.

    Begun when both are in it (`agreed_on`). `met_on` is the last meeting, `forget_on` the day on which an ended pair and its
    notes are deleted.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    mentor = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    mentee = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    every_weeks = models.PositiveSmallIntegerField(default=2)
    arranged = models.BooleanField(default=False)
    proposed_by = TenantForeignKey(Membership, on_delete=models.CASCADE, null=True, related_name="+")
    agreed_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    next_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    forget_on = models.DateField(null=True)

    class Meta:
        constraints = [
            *tenant_keys(
                "plans_pair",
                mentor="schools_membership",
                mentee="schools_membership",
                proposed_by="schools_membership",
            ),
            models.CheckConstraint(condition=~models.Q(mentor=models.F("mentee")), name="pair_of_two"),
        ]
        indexes = [
            models.Index(fields=["organisation", "mentor"], name="pair_mentor"),
            models.Index(fields=["organisation", "mentee"], name="pair_mentee"),
        ]


class PairNote(TenantModel):
    """What one of the two wrote down of a meeting, for both."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    pair = TenantForeignKey(Pair, on_delete=models.CASCADE, related_name="notes")
    author = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    sealed = models.TextField()

    class Meta:
        constraints = tenant_keys("plans_pairnote", pair="plans_pair", author="schools_membership")
        indexes = [models.Index(fields=["organisation", "pair"], name="pairnote_of")]

    @property
    def whose(self) -> str:
        """What is sealed inside, so that a row in another pair's place opens nothing."""
        return f"pair {self.pair_id} {self.author_id}"
