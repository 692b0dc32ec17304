"""A design element and who may take part in it besides the staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.elements.models.adopted import Stage
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class ElementKind(models.TextChoices):
    """The five documents that the framework asks a school to draft, in its order. No order is enforced."""

    CALL_TO_ACTION = "call-to-action", _("Call to Action and Vision Statement")
    GRADUATE_PROFILE = "graduate-profile", _("Graduate Profile")
    LEARNING_FRAMEWORK = "learning-framework", _("Framework for Mastery Learning")
    BUILDING_BLOCKS = "building-blocks", _("Building Blocks with Mastery Credits")
    IMPLEMENTATION_PLAN = "implementation-plan", _("Implementation Plan")


class Element(TenantModel):
    """One of the five, once for each organisation, through all its drafts and editions.

    `outline` is the school's own copy of the template: a list of sections `{"key", "title", "prompt", "example", "done",
    "who"}`. `head` is the number of the last change to the text (`text.Change`); `stage` follows the `StageChange`s.
    """

    kind = models.CharField(max_length=24, choices=ElementKind.choices)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default="en")
    outline = models.JSONField(default=list)
    head = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=14, choices=Stage.choices, default=Stage.DRAFTING)
    begun_by = TenantForeignKey(Membership, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("elements_element", begun_by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "kind"], name="element_once"),
        ]

    def __str__(self) -> str:
        return self.title


@append_only
class OutlineRevision(TenantModel):
    """The sections of an element after each change: nothing that somebody planned is lost."""

    element = TenantForeignKey(Element, related_name="outlines")
    outline = models.JSONField(default=list)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys(
            "elements_outlinerevision", element="elements_element", by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "element", "at"], name="outlinerevision_of")]


class May(models.TextChoices):
    """What someone who was invited to one element may do in it; each includes those before it."""

    READ = "read", _("read")
    COMMENT = "comment", _("comment and suggest")
    WRITE = "write", _("write")


class Participant(TenantModel):
    """A member invited to one element: learners, families and outsiders see no other draft. Staff need no row."""

    element = TenantForeignKey(Element, on_delete=models.CASCADE, related_name="participants")
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    may = models.CharField(max_length=8, choices=May.choices, default=May.COMMENT)
    invited_by = TenantForeignKey(Membership, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys(
                "elements_participant",
                element="elements_element",
                membership="schools_membership",
                invited_by="schools_membership",
            ),
            models.UniqueConstraint(
                fields=["organisation", "membership", "element"],
                condition=models.Q(ended_at__isnull=True),
                name="participant_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "element"], name="participant_of")]
