"""Professional learning: what is offered, who took part, and what people write about their own practice for themselves.

What somebody writes here is sealed (`kit/keeping.py`): the database alone cannot open it. Rows that tell of a person carry
neither a time nor an id that holds one. Decision 47.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.elements.models import Item
from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Offering(TenantModel):
    """Something that educators learn together or elsewhere. Whoever runs it sees names while it runs, and nobody after that."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("workshop")
        STUDY = "study", _("study group")
        VISIT = "visit", _("visit")
        COACHING = "coaching", _("coaching")
        COURSE = "course", _("course")

    title = models.CharField(max_length=300)
    about = models.TextField(blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.WORKSHOP)
    led_by = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    run_by = TenantForeignKey(Membership, null=True, related_name="+")
    counted_on = models.DateField(null=True)  # when it was said who had come
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = tenant_keys("plans_offering", made_by="schools_membership", run_by="schools_membership")
        indexes = [models.Index(fields=["organisation", "starts_on"], name="offering_when")]

    def __str__(self) -> str:
        return self.title


class Teaches(TenantModel):
    """That an offering is about an educator competency of the school's Framework for Mastery Learning."""

    offering = TenantForeignKey(Offering, on_delete=models.CASCADE, related_name="teaches")
    trait = TenantForeignKey(Item, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "teaches"
        constraints = [
            *tenant_keys("plans_teaches", offering="plans_offering", trait="elements_item"),
            models.UniqueConstraint(fields=["organisation", "offering", "trait"], name="teaches_once"),
        ]


class TakingPart(TenantModel):
    """That somebody signed up, whether they came, and what changed in their practice, in their own words."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    offering = TenantForeignKey(Offering, on_delete=models.CASCADE, related_name="taking")
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    came = models.BooleanField(null=True)
    sealed = models.TextField(blank=True)
    shared = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "taking part"
        constraints = [
            *tenant_keys("plans_takingpart", offering="plans_offering", membership="schools_membership"),
            models.UniqueConstraint(
                fields=["organisation", "offering", "membership"], name="takingpart_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "membership"], name="takingpart_whose")]

    @property
    def whose(self) -> str:
        """What is sealed inside, so that a row in another's place opens nothing."""
        return f"practice {self.offering_id} {self.membership_id}"


class TraitReview(TenantModel):
    """When the school looks at an educator competency again."""

    trait = TenantForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    review_on = models.DateField()
    by = TenantForeignKey(Membership, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys("plans_traitreview", trait="elements_item", by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "trait"], name="traitreview_once"),
        ]


class Reflection(TenantModel):
    """What an educator writes for themselves about one educator competency. Others read it only where they were chosen."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    author = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    trait = TenantForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    sealed = models.TextField()

    class Meta:
        constraints = tenant_keys("plans_reflection", author="schools_membership", trait="elements_item")
        indexes = [models.Index(fields=["organisation", "author"], name="reflection_whose")]

    @property
    def whose(self) -> str:
        """What is sealed inside, so that a row in another's place opens nothing."""
        return f"reflection {self.id} {self.author_id}"


class Reader(TenantModel):
    """Somebody whom the author chose to read a reflection. Taking it back deletes the row."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    reflection = TenantForeignKey(Reflection, on_delete=models.CASCADE, related_name="readers")
    membership = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys("plans_reader", reflection="plans_reflection", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "reflection", "membership"], name="reader_once"),
        ]
        indexes = [models.Index(fields=["organisation", "membership"], name="reader_who")]
