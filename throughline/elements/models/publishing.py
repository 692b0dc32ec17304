"""What is shown to everyone of what is in force, and in which languages."""

from django.db import models

from throughline.activity.ledger import append_only
from throughline.elements.models.adopted import Edition
from throughline.elements.models.element import Element
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Publication(TenantModel):
    """Whether everyone may read what is in force of an element, and search engines may keep it. Off until a lead says so."""

    element = TenantForeignKey(Element, on_delete=models.CASCADE, related_name="publications")
    is_open = models.BooleanField(default=False)
    may_be_found = models.BooleanField(default=False)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("elements_publication", element="elements_element", by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "element"], name="publication_once"),
        ]


class PublicLine(TenantModel):
    """Whether everyone may see the throughline of what is published. Off until a lead says so; one for each organisation."""

    is_open = models.BooleanField(default=False)
    may_be_found = models.BooleanField(default=False)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("elements_publicline", by="schools_membership"),
            models.UniqueConstraint(fields=["organisation"], name="publicline_once"),
        ]


@append_only
class BlockTranslation(TenantModel):
    """One paragraph (or heading, list, table …) in another language; the newest of a fingerprint counts.

    `says` is the fingerprint of the paragraph whose words it says, in `edition`. `block` is of the same format; null takes a translation back.
    """

    element = TenantForeignKey(Element, related_name="translations")
    edition = TenantForeignKey(Edition, related_name="+")
    language = models.CharField(max_length=10)
    says = models.CharField(max_length=16)
    block = models.JSONField(null=True)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys(
            "elements_blocktranslation",
            element="elements_element",
            edition="elements_edition",
            by="schools_membership",
        )
        indexes = [
            models.Index(fields=["organisation", "element", "language", "says", "at"], name="translation_of")
        ]
