"""Professional learning: what is offered, and who took part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class Offering(TenantModel):
    """Something that educators learn together or elsewhere."""

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
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = tenant_keys("plans_offering", made_by="schools_membership")
        indexes = [models.Index(fields=["organisation", "starts_on"], name="offering_when")]

    def __str__(self) -> str:
        return self.title
