"""Answers that were let go, what they add up to, and what may be shown of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel
from throughline.voices.models.listening import Asked, Listening, Question
from throughline.voices.models.spool import Way


class Answer(TenantModel):
    """What one person answered: {"steps": {question code: -2…4}, "background": {code: choice}}. It knows no time.

    Its key says nothing of when it came, and rows lie in shuffled order. Deleted when the listening is forgotten.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    asked = TenantForeignKey(Asked, on_delete=models.CASCADE, related_name="answers")
    way = models.CharField(max_length=5, choices=Way.choices)
    content = models.JSONField()

    class Meta:
        constraints = tenant_keys("voices_answer", asked="voices_asked")
        indexes = [models.Index(fields=["organisation", "asked"], name="answer_of")]


class Words(TenantModel):
    """What somebody wrote. The team sees `wording`, from which a moderator took names and harm, and only once it is shown."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a moderator")
        SHOWN = "shown", _("shown to the team")
        LEFT_OUT = "left-out", _("left out")

    class Why(models.TextChoices):
        NAMES = "names", _("it is about one person, who could be known by it")
        HARM = "harm", _("it would hurt somebody")
        EMPTY = "empty", _("it says nothing")

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    question = TenantForeignKey(Question, on_delete=models.CASCADE, related_name="words_given")
    text = models.TextField()
    wording = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why_left_out = models.CharField(max_length=5, choices=Why.choices, blank=True)
    moderated_by = TenantForeignKey(Membership, null=True, related_name="+")
    read = models.BooleanField(default=False)
    worrying = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "words"
        constraints = tenant_keys(
            "voices_words", question="voices_question", moderated_by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "question", "state"], name="words_of")]


class Tally(TenantModel):
    """How many of a group chose a step, kept in step with `Answer` in the same transaction; never shown as it is.

    `question` None counts people. `cut`, `cell`: a background question and one choice of it; both empty for all.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    asked = TenantForeignKey(Asked, on_delete=models.CASCADE, related_name="tallies")
    way = models.CharField(max_length=5, choices=Way.choices)
    cut = models.CharField(max_length=20, blank=True)
    cell = models.CharField(max_length=20, blank=True)
    question = TenantForeignKey(Question, on_delete=models.CASCADE, null=True, related_name="+")
    step = models.SmallIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            *tenant_keys("voices_tally", asked="voices_asked", question="voices_question"),
            models.UniqueConstraint(
                fields=["organisation", "asked", "way", "cut", "cell", "question", "step"],
                condition=models.Q(question__isnull=False),
                name="voices_tally_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "asked", "way", "cut", "cell"],
                condition=models.Q(question__isnull=True),
                name="voices_people_once",
            ),
        ]


@append_only
class Figures(TenantModel):
    """What may be shown of a closed listening, frozen: pages, panels and downloads read this and nothing else."""

    listening = TenantForeignKey(Listening, related_name="figures")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "figures"
        constraints = [
            *tenant_keys("voices_figures", listening="voices_listening"),
            models.UniqueConstraint(fields=["organisation", "listening"], name="figures_once"),
        ]
