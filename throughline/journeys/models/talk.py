"""The tables around the talk: rating again, what is seen otherwise today, the plan of a meeting, sealed notes.

Rows of `models.py` are named here and not imported, because what one rater says is described here for both.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel

A_STEP = models.Q(step__isnull=True) | models.Q(step__gte=1, step__lte=4)


class Confidence(models.TextChoices):
    """How sure a rater is."""

    GUESS = "guess", _("a guess")
    FAIRLY = "fairly", _("fairly")
    VERY = "very", _("very")


class Said(TenantModel):
    """What one rater says of one competency. Stays with its author: no time is kept, the id tells nothing, no log
    line is written, and no export holds it while names are hidden. No step: cannot say."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    step = models.PositiveSmallIntegerField(null=True)
    confidence = models.CharField(max_length=8, choices=Confidence.choices, blank=True)
    comment = models.TextField(blank=True)
    comment_released = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Again(TenantModel):
    """Rating one competency again after talking: opened once in a round, closed once, never opened anew.

    A second closing would show two pictures with one answer between them.
    """

    item = TenantForeignKey("journeys.RoundItem", on_delete=models.CASCADE, related_name="again")
    opened_by = TenantForeignKey(Membership, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            *tenant_keys("journeys_again", item="journeys_rounditem", opened_by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "item"], name="again_once"),
        ]


class Rerating(Said):
    """What a rater says besides their first rating, which it never touches.

    *After talking*: the same competency once more. *Looking back*: where the school stood at the earlier round, as
    seen from today.
    """

    class Kind(models.TextChoices):
        AFTER_TALK = "after-talk", _("after talking")
        LOOKING_BACK = "looking-back", _("looking back")

    rater = TenantForeignKey("journeys.Rater", on_delete=models.CASCADE, related_name="reratings")
    item = TenantForeignKey("journeys.RoundItem", on_delete=models.CASCADE, related_name="reratings")
    kind = models.CharField(max_length=12, choices=Kind.choices)

    class Meta:
        constraints: ClassVar = [
            *tenant_keys("journeys_rerating", rater="journeys_rater", item="journeys_rounditem"),
            models.UniqueConstraint(fields=["organisation", "rater", "item", "kind"], name="rerating_once"),
            models.CheckConstraint(condition=A_STEP, name="rerating_step"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "item", "kind"], name="rerating_of_item")]


class MeetingPlan(TenantModel):
    """How a team spends its meeting: how long, and the lines in order, each `{"key": …, "minutes": …}`.

    A key is the id of a round's competency, or one of the words in `meeting/agenda.py`.
    """

    round = TenantForeignKey("journeys.Round", on_delete=models.CASCADE, related_name="plans")
    length = models.PositiveSmallIntegerField()
    lines = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            *tenant_keys("journeys_meetingplan", round="journeys_round"),
            models.UniqueConstraint(fields=["organisation", "round"], name="meetingplan_once"),
        ]


class SealedNote(TenantModel):
    """A note left when a round closes, which nobody reads, not even its author, before the next one opens.

    `sealed`: the database alone cannot open it (`kit/keeping.py`).
    """

    round = TenantForeignKey("journeys.Round", on_delete=models.CASCADE, related_name="notes")
    author = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    sealed = models.TextField()
    to_team = models.BooleanField(default=False)
    left_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            *tenant_keys("journeys_sealednote", round="journeys_round", author="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "round", "author"], name="sealednote_once"),
        ]

    @property
    def whose(self) -> str:
        """What is sealed inside, so that a row in another's place opens nothing."""
        return f"note {self.round_id} {self.author_id}"
