"""What follows from a listening: conversations beside it, what is cited, and what was said and done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.journeys.models import Journey, Priority
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.records.models import Evidence
from throughline.schools.models import Membership, TenantModel
from throughline.voices.groups import CHOICES
from throughline.voices.models.listening import Listening


class Conversation(TenantModel):
    """A talk with people of a group that is too small for figures, or beside them: notes without names."""

    journey = TenantForeignKey(Journey, related_name="conversations")
    listening = TenantForeignKey(Listening, null=True, related_name="conversations")
    group = models.CharField(max_length=10, choices=CHOICES)
    held_on = models.DateField()
    how_many = models.CharField(max_length=10)  # a band: "up to 5", "6-10", "more"
    competencies = models.JSONField(default=list)
    heard = models.TextField()
    differs = models.TextField(blank=True)  # where people saw it differently
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = tenant_keys(
            "voices_conversation",
            journey="journeys_journey",
            listening="voices_listening",
            made_by="schools_membership",
        )
        indexes = [models.Index(fields=["organisation", "journey", "held_on"], name="conversation_of")]


@append_only
class Cited(TenantModel):
    """That a piece of evidence is a result of a listening, or a conversation: what it said then, with its SHA-256."""

    evidence = TenantForeignKey(Evidence, related_name="+")
    listening = TenantForeignKey(Listening, null=True, related_name="cited_in")
    conversation = TenantForeignKey(Conversation, null=True, related_name="cited_in")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            *tenant_keys(
                "voices_cited",
                evidence="records_evidence",
                listening="voices_listening",
                conversation="voices_conversation",
            ),
            models.UniqueConstraint(fields=["organisation", "evidence"], name="voices_cited_once"),
            models.CheckConstraint(
                condition=models.Q(listening__isnull=True) ^ models.Q(conversation__isnull=True),
                name="voices_cited_one_part",
            ),
        ]


class Reply(TenantModel):
    """One line of *you said → we did*, as it is being written. `words`: language → {"heard", "answer"}."""

    class Kind(models.TextChoices):
        WILL = "will", _("we will do it")
        LATER = "later", _("not yet")
        NOT = "not", _("we will not do it")

    listening = TenantForeignKey(Listening, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    competency = models.CharField(max_length=80, blank=True)
    words = models.JSONField(default=dict)
    priority = TenantForeignKey(Priority, null=True, related_name="+")
    tells = models.BooleanField(default=True)  # readers are told how far the steps of the plan are
    position = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    changed_by = TenantForeignKey(Membership, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "replies"
        constraints = tenant_keys(
            "voices_reply",
            listening="voices_listening",
            priority="journeys_priority",
            changed_by="schools_membership",
        )
        indexes = [models.Index(fields=["organisation", "listening", "position"], name="reply_of")]


@append_only
class ReplyEdition(TenantModel):
    """What was published of it, as a whole; respondents read the newest."""

    listening = TenantForeignKey(Listening, related_name="reply_editions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("voices_replyedition", listening="voices_listening", by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "listening", "number"], name="replyedition_once"),
        ]
