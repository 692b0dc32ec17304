"""The tables of what is left once a round with hidden names is closed and the tie between ratings and people is cut.

Rows of `models.py` are named here and not imported, because it imports these.
"""

from typing import ClassVar

from django.db import models

from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Tally(TenantModel):
    """What the ratings of one competency came to: as much as could be shown of them, and nothing that could not.

    `counts` (by step) and `cannot_say` are there where dots show; else the word is all that is left. `remarks` are the
    comments that others may read, in an order that tells nothing; none stands beside a step.
    """

    class Kind(models.TextChoices):
        ALONE = "alone"
        AFTER_TALK = "after-talk"
        LOOKING_BACK = "looking-back"

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    item = TenantForeignKey("journeys.RoundItem", on_delete=models.CASCADE, related_name="tallies")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    # How much of it shows (`spread.Shown`); empty: nothing.
    shown = models.CharField(max_length=8, blank=True)
    word = models.CharField(max_length=8, blank=True)
    middle = models.JSONField(default=list)
    counts = models.JSONField(null=True)
    cannot_say = models.PositiveIntegerField(null=True)
    remarks = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            *tenant_keys("journeys_tally", item="journeys_rounditem"),
            models.UniqueConstraint(fields=["organisation", "item", "kind"], name="tally_once"),
        ]


class Kept(TenantModel):
    """A copy of one's own answers that somebody chose to keep for looking back. No time is kept.

    Empty until the round closes: a wish. Then it is sealed, so that the database alone cannot open it (`kit/keeping.py`).
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    round = TenantForeignKey("journeys.Round", on_delete=models.CASCADE, related_name="kept")
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    sealed = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "kept"
        constraints: ClassVar = [
            *tenant_keys("journeys_kept", round="journeys_round", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "round", "membership"], name="kept_once"),
        ]

    @property
    def whose(self) -> str:
        """What is sealed inside, so that a row in another's place opens nothing."""
        return f"answers {self.round_id} {self.membership_id}"
