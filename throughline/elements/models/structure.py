"""What is structured in an element: reasons, attributes, principles, credits, criteria … and what each one serves.

One table holds all kinds: `structure.kinds` says which fields, parents and ties each kind has. The throughline walks the ties.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.elements.models.element import Element
from throughline.frameworks.models import Competency
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class ItemKind(models.TextChoices):
    """The kinds of items, element by element."""

    FACT = "fact", _("fact")
    VOICE = "voice", _("voice")
    VISION = "vision", _("vision")
    ATTRIBUTE = "attribute", _("attribute")
    INDICATOR = "indicator", _("indicator")
    PLACE = "place", _("place where it is lived")
    PRINCIPLE = "principle", _("principle")
    SOURCE = "source", _("research source")
    TERM = "term", _("term")
    EDUCATOR_COMPETENCY = "educator-competency", _("educator competency")
    AREA = "area", _("credit area")
    CREDIT = "credit", _("mastery credit")
    CRITERION = "criterion", _("criterion")


class Item(TenantModel):
    """One item of an element. `data` holds what its kind has besides a title and a text; `revision` counts its changes.

    `parent` is what it belongs to (an indicator's attribute, a criterion's credit). Removed items stay, marked.
    """

    element = TenantForeignKey(Element, related_name="items")
    kind = models.CharField(max_length=20, choices=ItemKind.choices)
    parent = TenantForeignKey("self", null=True, related_name="children")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    changed_by = TenantForeignKey(Membership, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = tenant_keys(
            "elements_item",
            element="elements_element",
            parent="elements_item",
            changed_by="schools_membership",
        )
        indexes = [
            models.Index(fields=["organisation", "element", "kind", "position"], name="item_of"),
            models.Index(fields=["organisation", "parent"], name="item_under"),
        ]

    def __str__(self) -> str:
        return self.title


@append_only
class ItemRevision(TenantModel):
    """What an item said after each change: nothing that somebody wrote is lost."""

    item = TenantForeignKey(Item, related_name="revisions")
    revision = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("elements_itemrevision", item="elements_item", by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "item", "revision"], name="itemrevision_once"),
        ]


class Tie(TenantModel):
    """That an item serves another one (a credit an attribute, an attribute the vision) or a competency of the journey."""

    item = TenantForeignKey(Item, on_delete=models.CASCADE, related_name="ties")
    to = TenantForeignKey(Item, on_delete=models.CASCADE, null=True, related_name="tied_from")
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys(
                "elements_tie", item="elements_item", to="elements_item", made_by="schools_membership"
            ),
            models.CheckConstraint(
                condition=models.Q(to__isnull=False, competency__isnull=True)
                | models.Q(to__isnull=True, competency__isnull=False),
                name="tie_to_one_thing",
            ),
            models.UniqueConstraint(
                fields=["organisation", "item", "to"],
                condition=models.Q(to__isnull=False),
                name="tie_to_item_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "item", "competency"],
                condition=models.Q(competency__isnull=False),
                name="tie_to_competency_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "to"], name="tie_from")]
