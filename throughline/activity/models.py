"""What happened (events), what must be told (mail), what was already done (receipts), and who is alive."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.kit import clock
from throughline.kit.ids import opaque_id, time_ordered_id


@append_only
class Event(models.Model):
    """One line of the log: who did what to what, when. Knows everything by id only, so it outlives what it names.

    Never holds a rating, its time or its edits.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    organisation_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "-at"], name="event_org_at"),
            models.Index(fields=["organisation_id", "subject_id", "-at"], name="event_org_subject"),
        ]


class ErasureDoor(models.Model):
    """A row here, inside a transaction that has not ended, lets that transaction alone change append-only tables.

    `shut` points at a row that never exists, which the database checks at commit: a door left open cannot be kept.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    reason = models.CharField(max_length=200)
    shut = models.ForeignKey("self", on_delete=models.DO_NOTHING, default=opaque_id, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(id=models.F("shut")), name="door_not_its_own")
        ]


class OutgoingMail(models.Model):
    """A letter waiting for the worker. `key` makes queuing the same letter twice harmless.

    `due_at` is also the claim: a worker that takes a letter moves it a little ahead, so that another one lets it be,
    and takes it up again should the first have died. The text is emptied once sent: it may hold a secret link.
    So is `unsubscribe`, the address at which mail programs stop letters of this kind (RFC 8058). `quiet` are the hours
    in which it is not sent (`kit.quiet`).
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    organisation_id = models.UUIDField(null=True)
    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    unsubscribe = models.CharField(max_length=500, blank=True)
    quiet = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("email")
        indexes = [
            models.Index(
                fields=["due_at"],
                name="mail_waiting",
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
            )
        ]


class Receipt(models.Model):
    """A form that was carried out, by its idempotency key: a second post of it is shown the first one's result."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    actor_id = models.UUIDField()
    key = models.UUIDField()
    location = models.CharField(max_length=2000)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_id", "key"], name="receipt_once")]
        indexes = [models.Index(fields=["at"], name="receipt_at")]


class KeptForm(models.Model):
    """What somebody sent after their session had ended, sealed with a key that only their browser has (`keeping.py`).

    The row alone tells neither who it is of nor what it says.
    """

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    sealed = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="keptform_at")]


class Tries(models.Model):
    """How often a secret was tried wrongly of late (`tries.py`). The key is a hash; a row tells nobody and nothing."""

    key = models.CharField(primary_key=True, max_length=64)
    level = models.FloatField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="tries_at")]


class Heartbeat(models.Model):
    """When a long-running process last said that it lives."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()


class ChoreRun(models.Model):
    """When a piece of periodic work is due again, and how it went the last time."""

    name = models.CharField(primary_key=True, max_length=80)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
