"""Letters that bring one-time codes to a list of addresses: what waits to be sent, and who was written to already.

Like the spool, nothing of it gets into a backup (`kit.unkept`), and all of it is gone when a listening is closed. A letter
that went out leaves no row: nothing says any more which code went to which address. docs/decisions/0054.
"""

from django.db import models

from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import TenantModel
from throughline.voices.models.listening import Asked


class WaitingLetter(TenantModel):
    """A letter that has not gone yet; its row is deleted when it has. The code is made from `seed` under the server's
    secret key, when the letter is sent and never before: who has the database alone reads none here.

    `due_at` is also the claim of a worker, as in `activity.OutgoingMail`.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    asked = TenantForeignKey(Asked, on_delete=models.CASCADE, related_name="+")
    sheet = models.PositiveSmallIntegerField()
    to = models.EmailField()
    language = models.CharField(max_length=10)
    seed = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys("voices_waitingletter", asked="voices_asked")
        indexes = [models.Index(fields=["organisation", "asked", "sheet"], name="letter_of")]


class WrittenTo(TenantModel):
    """A letter of this sheet is meant for an address of this hash; the address itself is kept with the letter alone.

    `given_up`: it could not be delivered, so a later list may hold the address again.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    asked = TenantForeignKey(Asked, on_delete=models.CASCADE, related_name="+")
    sheet = models.PositiveSmallIntegerField()
    address_hash = models.CharField(max_length=64)
    given_up = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "written to"
        constraints = [
            *tenant_keys("voices_writtento", asked="voices_asked"),
            models.UniqueConstraint(fields=["organisation", "asked", "address_hash"], name="written_to_once"),
        ]


# What a backup leaves out, and what is written anew when a listening is closed.
LETTERS = (WaitingLetter, WrittenTo)
