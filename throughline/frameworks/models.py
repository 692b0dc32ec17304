"""Frameworks: versioned trees of what can be mastered. Data, never code.

The four tables of a version are append-only in the database: people decide on these words. Translations lie in a table
of their own because they may still be improved.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.kit import clock
from throughline.kit.ids import time_ordered_id
from throughline.schools.models import Organisation


class Framework(models.Model):
    """A framework through all its versions. Without an owner it is shared reference data; with one it is private."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="frameworks")
    code = models.SlugField(max_length=80)
    source_identifier = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "code"], name="framework_code_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(owner__isnull=True), name="framework_shared_code_once"
            ),
        ]


@append_only
class FrameworkVersion(models.Model):
    """One published state of a framework. It never changes after publication.

    `content` (title, summary, attribution, step labels, design elements, crosswalks) is kept whole, as it is only ever shown; domains, competencies and indicators are rows because records point at them.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(max_length=40)
    language = models.CharField(max_length=10, default="en")
    title = models.CharField(max_length=300)
    content = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="version_number_once")]


class VersionTranslation(models.Model):
    """The texts of a version in another language, by the codes of what they translate."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10)
    texts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="version_translation_once")
        ]


@append_only
class Domain(models.Model):
    """A credit area: a group of competencies with a guiding question."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="domains")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    question = models.TextField(blank=True)
    design_element = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="domain_position_once"),
            models.UniqueConstraint(fields=["version", "code"], name="domain_code_once"),
        ]


@append_only
class Competency(models.Model):
    """What can be earned. `steps` are the four described steps, from *not yet* to *how we work*."""

    class Level(models.TextChoices):
        FOUNDATIONAL = "foundational", _("foundational")
        ADVANCED = "advanced", _("advanced")

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="competencies")
    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="competencies")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=600)
    level = models.CharField(max_length=12, choices=Level.choices)
    description = models.TextField(blank=True)
    steps = models.JSONField(default=list)
    evidence_examples = models.JSONField(default=list)
    source_identifier = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["domain", "position"], name="competency_position_once"),
            models.UniqueConstraint(fields=["version", "code"], name="competency_code_once"),
        ]


@append_only
class Indicator(models.Model):
    """One idea under a competency, and who can credibly witness it."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=80)
    text = models.TextField()
    witnesses = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competency", "position"], name="indicator_position_once")
        ]
