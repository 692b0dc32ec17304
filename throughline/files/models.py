"""Files that people bring: checked by content, kept privately, served only through permission."""

from django.db import models

from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel


class StoredFile(TenantModel):
    """One uploaded file. `media_type` was found in its content, never taken from the sender."""

    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=255)
    brought_by = TenantForeignKey(Membership, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys("files_storedfile", brought_by="schools_membership")
