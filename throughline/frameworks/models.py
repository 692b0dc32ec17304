"""Frameworks: versioned trees of what can be mastered. Data, never code.

The four tables of a version are append-only in the database: people decide on these words. Translations lie in a table
of their own because they may still be improved.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.kit import clock
from throughline.kit.ids import time_ordered_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, Organisation, TenantModel


class Framework(models.Model):
    """A framework through all its versions. Without an owner it is shared reference data; with one it is private
    until `public_at` says that anyone may read it, without an account too.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="frameworks")
    code = models.SlugField(max_length=80)
    source_identifier = models.CharField(max_length=200, blank=True)
    public_at = models.DateTimeField(null=True)
    # what the CASE addresses answer for it is to be written down anew by the worker
    answers_due = models.BooleanField(default=False)
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
    # The version that this one was made from; `ItemFate` says what became of its competencies.
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="version_number_once")]


@append_only
class VersionSource(models.Model):
    """The CASE package that a version was imported from, as it came: what the product has no table for comes out again.

    `package` is the JSON text, compressed with zlib. A package with the same words for us but with other parts than
    before is kept as one more row; the latest counts. `digest` tells them apart, whatever their times of change.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="sources")
    package = models.BinaryField()
    digest = models.CharField(max_length=64, default="")
    # What was read of it before people changed that in a draft (`draft_content`); empty when nobody did.
    read = models.JSONField(default=dict)
    kept_at = models.DateTimeField(default=clock.now)


class PublicPackage(models.Model):
    """A public framework as it is given out: its newest version in one edition of CASE, ready to send.

    Derived: `case_api.actions` writes it when a framework is opened or a version of it is published.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="packages")
    edition = models.CharField(max_length=3)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="+")
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "edition"], name="public_package_once")]


class PublicEntry(models.Model):
    """One object of a public package (an item, an association, a rubric …), found by its identifier. Derived as well.

    `body` is its JSON text in CASE 1.1; an association has `origin` and `destination`.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=30)
    identifier = models.UUIDField()
    position = models.PositiveIntegerField()
    body = models.TextField()
    origin = models.CharField(max_length=200, blank=True)
    destination = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "kind", "identifier"], name="public_entry_once")
        ]
        indexes = [
            models.Index(fields=["kind", "identifier"], name="public_entry_named"),
            models.Index(fields=["framework", "origin"], name="public_entry_origin"),
            models.Index(fields=["framework", "destination"], name="public_entry_destination"),
        ]


class VersionTranslation(models.Model):
    """The texts of a version in another language that say what the version says, by the codes of what they translate.

    Made from the newest `TranslationEdition`, in the shape that trees read. `edition` is its number; `behind` and
    `missing` count the texts that stand in the source language, `follows` names the older version that some still say.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10)
    texts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    edition = models.PositiveIntegerField(default=0)
    behind = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    follows = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="version_translation_once")
        ]


@append_only
class TranslationEdition(models.Model):
    """A translation as it was after somebody worked on it: every text with the fingerprint of the words it says.

    `entries` is what `translating.texts.Entry` keeps, by path. `by_name` is empty for what came with the product.
    """

    class How(models.TextChoices):
        SHIPPED = "shipped", _("came with the framework")
        PAGE = "page", _("written on the page")
        TABLE = "table", _("loaded from a table")
        CARRIED = "carried", _("carried over from the version before")

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    version = models.ForeignKey(
        FrameworkVersion, on_delete=models.CASCADE, related_name="translation_editions"
    )
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    how = models.CharField(max_length=10, choices=How.choices)
    entries = models.JSONField(default=dict)
    changed = models.PositiveIntegerField(default=0)
    by_name = models.CharField(max_length=200, blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language", "number"], name="translation_edition_once")
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
    source_identifier = models.CharField(max_length=200, blank=True)

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
    source_identifier = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competency", "position"], name="indicator_position_once")
        ]


@append_only
class ItemFate(models.Model):
    """What became of a competency of the version before. A split has a row for each part, a merger one for each source.

    `new` is empty for what was dropped; an item that is new has no row.
    """

    class Kind(models.TextChoices):
        SAME = "same", _("the same")
        REWORDED = "reworded", _("reworded")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")
        DROPPED = "dropped", _("dropped")

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="fates")
    old = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="fates")
    new = models.ForeignKey(Competency, on_delete=models.CASCADE, null=True, related_name="origins")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "old", "new"], name="fate_once"),
            models.CheckConstraint(
                condition=models.Q(kind="dropped", new__isnull=True)
                | (~models.Q(kind="dropped") & models.Q(new__isnull=False)),
                name="fate_dropped_has_none",
            ),
        ]


class FrameworkDraft(TenantModel):
    """A framework being written: a copy of `base`, an import to be finished, or a new one. Only its organisation sees it.

    `content` holds the whole framework as plain values `draft_content.py` knows. `version` counts changes, so
    that two people editing at once are told.
    """

    base = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    title = models.CharField(max_length=300)
    content = models.JSONField(default=dict)
    # The CASE package it was imported from, compressed, and the content as it was read: kept with what is published.
    package = models.BinaryField(default=b"")
    read = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    changed_by = TenantForeignKey(Membership, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    published = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        constraints = tenant_keys(
            "frameworks_frameworkdraft", made_by="schools_membership", changed_by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "-changed_at"], name="draft_of")]


class FrameworkImport(TenantModel):
    """A framework file that was brought and waits to be looked at and published. Only its organisation sees it.

    The file lies in the storage `imports` at `path`, what was read of it at `path` + `.read`. `seen` counts the bytes
    that the worker has read; `message` is what went wrong with the file as a whole, or when it was published. `asked_by`
    and `choice`: who had it published by the worker, and how its items were mapped.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READING = "reading", _("being read")
        READY = "ready", _("ready to check")
        FAILED = "failed", _("cannot be read")
        PUBLISHING = "publishing", _("being published")
        PUBLISHED = "published", _("published")

    name = models.CharField(max_length=255)
    path = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    title = models.CharField(max_length=300, blank=True)
    lines = models.PositiveIntegerField(default=0)
    problems = models.PositiveIntegerField(default=0)
    seen = models.PositiveBigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    published = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    asked_by = TenantForeignKey(Membership, null=True, related_name="+")
    choice = models.JSONField(default=dict)
    brought_by = TenantForeignKey(Membership, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = tenant_keys(
            "frameworks_frameworkimport", brought_by="schools_membership", asked_by="schools_membership"
        )
        indexes = [models.Index(fields=["organisation", "-brought_at"], name="import_of")]


class Crosswalk(models.Model):
    """How competencies of one framework stand to those of another. Without an owner it comes with the product.

    Its links name competencies by version number and code, so that they can be carried along to other versions by
    what became of each (`versions/lineage.py`).
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="crosswalks")
    code = models.SlugField(max_length=80, blank=True)
    left = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)
    # title and note in other languages, for those that come with the product
    texts = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(left=models.F("right")), name="crosswalk_of_two"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(owner__isnull=True), name="crosswalk_shared_code_once"
            ),
        ]


class CrosswalkLink(models.Model):
    """One competency of the left framework and one of the right, and how they stand to each other."""

    class Relation(models.TextChoices):
        """The words of CASE associations."""

        EXACT = "exactMatchOf", _("is the same as")
        RELATED = "isRelatedTo", _("is related to")
        PART = "isPartOf", _("is part of")

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    crosswalk = models.ForeignKey(Crosswalk, on_delete=models.CASCADE, related_name="links")
    left_number = models.CharField(max_length=40)
    left_code = models.CharField(max_length=80)
    right_number = models.CharField(max_length=40)
    right_code = models.CharField(max_length=80)
    relation = models.CharField(max_length=20, choices=Relation.choices, default=Relation.RELATED)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["crosswalk", "left_code", "right_code", "left_number", "right_number"],
                name="crosswalk_link_once",
            )
        ]
