"""What a community said in the two rounds of the Graduate Profile: entries with their group's label, and their clusters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.elements.models.element import Element
from throughline.elements.models.structure import Item
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Stance(models.TextChoices):
    """What an entry of the second round says to an attribute."""

    FOR = "for", _("for it")
    AGAINST = "against", _("against it")
    WORDS = "words", _("other words")


class Cluster(TenantModel):
    """Entries that say the same, and the attribute that they became (`item`), once that is agreed."""

    element = TenantForeignKey(Element, related_name="clusters")
    title = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)
    item = TenantForeignKey(Item, null=True, related_name="clusters")
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys(
            "elements_cluster", element="elements_element", item="elements_item", made_by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "element", "position"], name="cluster_of")]


class Entry(TenantModel):
    """What somebody said, word for word, with the group they speak from; never with their name.

    In the first round it may stand in a cluster, in the second it is about an attribute (`item`). Removed ones stay, marked.
    """

    element = TenantForeignKey(Element, related_name="entries")
    round = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=500)
    group = models.CharField(max_length=12)
    origin = models.CharField(max_length=200, blank=True)
    cluster = TenantForeignKey(Cluster, null=True, related_name="entries")
    item = TenantForeignKey(Item, null=True, related_name="entries")
    stance = models.CharField(max_length=8, choices=Stance.choices, blank=True)
    typed_by = TenantForeignKey(Membership, related_name="+")
    typed_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = tenant_keys(
            "elements_entry",
            element="elements_element",
            cluster="elements_cluster",
            item="elements_item",
            typed_by="schools_membership",
        )
        indexes = [models.Index(fields=["organisation", "element", "round"], name="entry_of")]


@append_only
class MissingNote(TenantModel):
    """Who is missing in a round, and what will be done about it; the last one stands, earlier ones are kept."""

    element = TenantForeignKey(Element, related_name="missing_notes")
    round = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys("elements_missingnote", element="elements_element", by="schools_membership")
        indexes = [models.Index(fields=["organisation", "element", "round", "at"], name="missing_of")]
