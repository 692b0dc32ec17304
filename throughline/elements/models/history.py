"""What is derived from the changes of a text, and the names that people give to some of its versions."""

from django.db import models

from throughline.elements.models.element import Element
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class NamedVersion(TenantModel):
    """A version that somebody wants to find again, with what was structured in the element at that moment."""

    element = TenantForeignKey(Element, on_delete=models.CASCADE, related_name="named_versions")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    items = models.JSONField(default=list)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("elements_namedversion", element="elements_element", by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "element", "name"], name="namedversion_once"),
        ]
        indexes = [models.Index(fields=["organisation", "element", "version"], name="namedversion_at")]


class Authorship(TenantModel):
    """Who wrote what in a text at one version: derived from the changes, kept so that each is looked at once.

    `line` is the text with a character for every position; `runs` are pairs of a length and a place in `authors`.
    """

    element = TenantForeignKey(Element, on_delete=models.CASCADE, related_name="authorships")
    version = models.PositiveIntegerField(default=0)
    line = models.BinaryField()
    authors = models.JSONField(default=list)
    runs = models.JSONField(default=list)

    class Meta:
        constraints = [
            *tenant_keys("elements_authorship", element="elements_element"),
            models.UniqueConstraint(fields=["organisation", "element"], name="authorship_once"),
        ]


class Sitting(TenantModel):
    """Changes that were made without a long pause: from which version to which, when, and how many words by whom.

    `people` are lists of a membership's id, words added, words removed; `kinds` how the changes came. Derived.
    """

    element = TenantForeignKey(Element, on_delete=models.CASCADE, related_name="sittings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    people = models.JSONField(default=list)
    kinds = models.JSONField(default=list)

    class Meta:
        constraints = [
            *tenant_keys("elements_sitting", element="elements_element"),
            models.UniqueConstraint(fields=["organisation", "element", "start"], name="sitting_one_order"),
        ]
