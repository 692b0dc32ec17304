"""How many sheets of paper somebody entered on a day: all that is kept of who enters them."""

from django.db import models

from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel
from throughline.voices.models.listening import Asked


class KeyedIn(TenantModel):
    """Sheets of a group that one member entered on one day. No time, no order, and nothing that leads to an answer.

    Deleted with the single answers.
    """

    asked = TenantForeignKey(Asked, on_delete=models.CASCADE, related_name="+")
    membership = TenantForeignKey(Membership, related_name="+")
    on = models.DateField(default=clock.today)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "keyed in"
        constraints = [
            *tenant_keys("voices_keyedin", asked="voices_asked", membership="schools_membership"),
            models.UniqueConstraint(
                fields=["organisation", "asked", "membership", "on"], name="keyedin_once"
            ),
        ]
