"""A text that somebody brought and has not yet put into the element: what a page shows before anything changes."""

from django.db import models

from throughline.elements.models.element import Element
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class BroughtText(TenantModel):
    """One for each person and element; the next one takes its place. `lost` and `comments` are what was said of it."""

    element = TenantForeignKey(Element, on_delete=models.CASCADE, related_name="brought_texts")
    by = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    name = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=200, blank=True)
    document = models.JSONField()
    lost = models.JSONField(default=list)
    comments = models.JSONField(default=list)

    class Meta:
        constraints = [
            *tenant_keys("elements_broughttext", element="elements_element", by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "element", "by"], name="broughttext_once"),
        ]
