"""What is said about a text: threads at a passage, a section or the whole, suggestions of other words, and mentions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.elements.models.element import Element
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class About(models.TextChoices):
    """What a thread is about."""

    PASSAGE = "passage", _("a passage")
    SECTION = "section", _("a section")
    WHOLE = "whole", _("the whole element")


class ThreadState(models.TextChoices):
    """A suggestion is accepted or refused; whatever else is said is resolved when it is done."""

    OPEN = "open", _("open")
    RESOLVED = "resolved", _("resolved")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("not accepted")


class Thread(TenantModel):
    """A conversation. `proposed` (inline content) makes it a suggestion of other words for its passage.

    A passage is the positions from `start` to `end` in the text at `version`; `talk.anchors` moves them along as the text
    changes. `words` is what stood there when it began, and stays. `gone`: nothing of the passage is left.
    """

    element = TenantForeignKey(Element, on_delete=models.CASCADE, related_name="threads")
    about = models.CharField(max_length=8, choices=About.choices, default=About.PASSAGE)
    section = models.CharField(max_length=60, blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    gone = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    proposed = models.JSONField(null=True)
    state = models.CharField(max_length=8, choices=ThreadState.choices, default=ThreadState.OPEN)
    begun_by = TenantForeignKey(Membership, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    settled_by = TenantForeignKey(Membership, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            *tenant_keys(
                "elements_thread",
                element="elements_element",
                begun_by="schools_membership",
                settled_by="schools_membership",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed__isnull=True) | models.Q(about="passage"),
                name="thread_suggests_for_a_passage",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "element", "state", "start"], name="thread_of"),
            models.Index(fields=["organisation", "element", "version"], name="thread_at"),
        ]

    @property
    def suggests(self) -> bool:
        """Whether it suggests other words."""
        return self.proposed is not None

    @property
    def is_open(self) -> bool:
        """Nobody has settled it."""
        return self.state == ThreadState.OPEN


class Remark(TenantModel):
    """Something said in a thread. `voice` is who said it where that is no member (a comment in an imported file)."""

    thread = TenantForeignKey(Thread, on_delete=models.CASCADE, related_name="remarks")
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)
    text = models.TextField(blank=True)
    voice = models.CharField(max_length=200, blank=True)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = tenant_keys("elements_remark", thread="elements_thread", by="schools_membership")
        indexes = [
            models.Index(fields=["organisation", "thread", "at"], name="remark_of"),
            models.Index(fields=["organisation", "by"], name="remark_by"),
        ]


class Mention(TenantModel):
    """That a remark calls somebody by name. It waits for them until they answer, or say that they have read it."""

    remark = TenantForeignKey(Remark, on_delete=models.CASCADE, related_name="mentions")
    member = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("elements_mention", remark="elements_remark", member="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "remark", "member"], name="mention_once"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "member"],
                condition=models.Q(read_at__isnull=True),
                name="mention_waits",
            )
        ]
