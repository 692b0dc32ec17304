"""A consultation: a frozen state of a draft, put to people without an account by a link; what they said and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.elements.models.element import Element
from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Consultation(TenantModel):
    """One state of a draft, open for comments between two days.

    `document` and `items` are what was read, frozen (`digest`). Of the link only the hash is kept; making another one
    replaces it, withdrawing empties it. `questions` is a list of sentences. The link outlives the last day: it then shows
    what was heard.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    element = TenantForeignKey(Element, related_name="consultations")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    document = models.JSONField()
    items = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    introduction = models.TextField(blank=True)
    questions = models.JSONField(default=list)
    opens_on = models.DateField()
    closes_on = models.DateField()
    # Ended before its last day.
    ended_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  (two empty ones are not the same)
    passcode = models.CharField(max_length=128, blank=True, default="")
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("elements_consultation", element="elements_element", made_by="schools_membership"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="consultation_ends_after_it_opens",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "element", "made_at"], name="consultation_of"),
            models.Index(fields=["organisation", "closes_on"], name="consultation_until"),
        ]

    @property
    def is_open(self) -> bool:
        """Comments are taken today."""
        return self.ended_at is None and self.opens_on <= clock.today() <= self.closes_on

    @property
    def is_over(self) -> bool:
        """Nobody can comment any more."""
        return self.ended_at is not None or clock.today() > self.closes_on


class Theme(TenantModel):
    """What several comments have in common, and what the school answers: what it changed, or why not."""

    consultation = TenantForeignKey(Consultation, on_delete=models.CASCADE, related_name="themes")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    heard = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by = TenantForeignKey(Membership, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys(
            "elements_theme", consultation="elements_consultation", changed_by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "consultation", "position"], name="theme_of")]

    def __str__(self) -> str:
        return self.title


class Belongs(models.TextChoices):
    """Which group somebody from outside says they belong to."""

    LEARNER = "learner", _("a learner")
    FAMILY = "family", _("a family member")
    STAFF = "staff", _("someone who works at the school")
    ALUMNUS = "alumnus", _("a former learner")
    NEIGHBOUR = "neighbour", _("someone from the neighborhood or a partner")
    OTHER = "other", _("someone else")


class OutsideComment(TenantModel):
    """What somebody said by the link. Held until a member of staff has read it.

    Keeps the day and no time, no address and no device. `about` is the fingerprint of a paragraph, empty for the whole;
    `question` is the place of the question it answers.
    """

    class State(models.TextChoices):
        HELD = "held", _("to read")
        TAKEN = "taken", _("taken in")
        LEFT_OUT = "left-out", _("left out")

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    consultation = TenantForeignKey(Consultation, on_delete=models.CASCADE, related_name="comments")
    about = models.CharField(max_length=16, blank=True)
    place = models.PositiveIntegerField(default=0)
    question = models.PositiveSmallIntegerField(null=True)
    belongs = models.CharField(max_length=10, choices=Belongs.choices)
    name = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    on = models.DateField(default=clock.today)
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    theme = TenantForeignKey(Theme, null=True, related_name="comments")
    moderated_by = TenantForeignKey(Membership, null=True, related_name="+")

    class Meta:
        constraints = tenant_keys(
            "elements_outsidecomment",
            consultation="elements_consultation",
            theme="elements_theme",
            moderated_by="schools_membership",
        )
        indexes = [
            models.Index(fields=["organisation", "consultation", "state", "place"], name="outsidecomment_of"),
            models.Index(fields=["organisation", "theme"], name="outsidecomment_in"),
        ]
