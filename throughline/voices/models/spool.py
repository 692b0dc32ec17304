"""The spool: what is being written, which codes were spent, and answers that wait to be let go in company.

Nothing of it gets into a backup (`kit.unkept`), all of it is gone when a listening is closed, and the files of the
database are written anew then. No row knows a time of day, an address, a device, or another row of the spool: a code
that was spent is tied to no draft and no answer. docs/decisions/0052 says why, and what it costs.
"""

from django.db import models

from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import TenantModel
from throughline.voices.models.listening import Asked, Listening, Question


class Way(models.TextChoices):
    """How an answer came in: those by code are counted apart from all others.

    An answer on paper lies among those by the open link: a sheet can be copied, so it says as little of who answered,
    and nothing should tell the few who answer on paper from the many. docs/decisions/0055.
    """

    LINK = "link"
    CODE = "code"


class Draft(TenantModel):
    """An answer that is being written, found by a random token in a cookie. `handed_in` ones hold no content any more.

    `content` as in `Answer`; `on` is the last day on which it was written, so that it can be let go.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    asked = TenantForeignKey(Asked, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    block = models.PositiveSmallIntegerField(default=0)
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    handed_in = models.BooleanField(default=False)
    on = models.DateField(default=clock.today)

    class Meta:
        constraints = tenant_keys("voices_draft", asked="voices_asked")
        indexes = [models.Index(fields=["organisation", "asked", "on"], name="voices_draft_of")]


class Spent(TenantModel):
    """A code of this hash was used."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    listening = TenantForeignKey(Listening, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "spent"
        constraints = [
            *tenant_keys("voices_spent", listening="voices_listening"),
            models.UniqueConstraint(fields=["organisation", "listening", "code_hash"], name="spent_once"),
        ]


class HeldAnswer(TenantModel):
    """An answer that was handed in and waits until at least ten of its group can be let go together."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    asked = TenantForeignKey(Asked, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=5, choices=Way.choices)
    content = models.JSONField()

    class Meta:
        constraints = tenant_keys("voices_heldanswer", asked="voices_asked")
        indexes = [models.Index(fields=["organisation", "asked"], name="heldanswer_of")]


class HeldWords(TenantModel):
    """What somebody wrote in their own words, already parted from the rest of their answer."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    question = TenantForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    on = models.DateField(default=clock.today)
    read = models.BooleanField(default=False)  # by the reader who looks after learners
    worrying = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "held words"
        constraints = tenant_keys("voices_heldwords", question="voices_question")
        indexes = [models.Index(fields=["organisation", "question", "read"], name="heldwords_of")]


# What a backup leaves out, and what is written anew when a listening is closed.
SPOOL = (Draft, Spent, HeldAnswer, HeldWords)
