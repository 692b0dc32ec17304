"""The grammar: a holder's record, its evidence, the decisions that move it, and the standings they fold into."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.files.models import StoredFile
from throughline.frameworks.models import Competency, FrameworkVersion, Indicator
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Group, Membership, TenantModel


class Record(TenantModel):
    """What one holder has shown against one framework version.

    The holder is the organisation itself (no group, no learner), a group inside it, or a learner.
    """

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, db_index=False, related_name="+")
    group = TenantForeignKey(Group, null=True, related_name="records")
    learner = TenantForeignKey(Membership, null=True, related_name="records")
    started_at = models.DateTimeField(default=clock.now)
    last_number = models.PositiveIntegerField(default=0)
    # When it last moved on to a newer version of its framework; where it was before stands in `RecordMove`.
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("records_record", group="schools_group", learner="schools_membership"),
            models.CheckConstraint(
                condition=models.Q(group__isnull=True) | models.Q(learner__isnull=True),
                name="record_one_holder",
            ),
            models.UniqueConstraint(
                fields=["organisation", "version"],
                condition=models.Q(group__isnull=True, learner__isnull=True),
                name="record_of_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "group", "version"],
                condition=models.Q(group__isnull=False),
                name="record_of_group_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "learner", "version"],
                condition=models.Q(learner__isnull=False),
                name="record_of_learner_once",
            ),
        ]


class StandingValue(models.TextChoices):
    """Where a competency is."""

    NOT_STARTED = "not-started", _("not started")
    IN_PROGRESS = "in-progress", _("in progress")
    EARNED = "earned", _("earned")


class How(models.TextChoices):
    """By what kind of judgement a decision was made."""

    TEAM = "team", _("team agreement")
    ASSESSOR = "assessor", _("assessor")
    SECOND_ASSESSOR = "second-assessor", _("second assessor")
    PANEL = "panel", _("panel")
    BULK = "bulk", _("bulk")
    IMPORT = "import", _("import")
    MOVED = "moved", _("carried over from an older version")


class WhyChanged(models.TextChoices):
    """Why a competency is seen otherwise than before; the four are different news."""

    PRACTICE = "practice", _("our practice changed")
    UNDERSTANDING = "understanding", _("we understand it better")
    EVIDENCE = "evidence", _("the evidence aged")
    RATERS = "raters", _("other people rated")


@append_only
class Decision(TenantModel):
    """An append-only, dated statement that moves one competency of one record. A mistake is put right by another one.

    `number` counts the decisions of a record: whatever arrives together is kept in this one order.
    `context` names what it came from (a round), by id, for rooms above this one.
    """

    record = TenantForeignKey(Record, related_name="decisions")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, db_index=False, related_name="+")
    number = models.PositiveIntegerField()
    before = models.CharField(max_length=12, choices=StandingValue.choices)
    after = models.CharField(max_length=12, choices=StandingValue.choices)
    by = TenantForeignKey(Membership, related_name="+")
    how = models.CharField(max_length=16, choices=How.choices)
    reason = models.TextField()
    why_changed = models.CharField(max_length=16, choices=WhyChanged.choices, blank=True)
    dissent = models.TextField(blank=True)
    check_on = models.DateField(null=True)
    corrects = TenantForeignKey("self", null=True, related_name="corrected_by")
    context = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys(
                "records_decision",
                record="records_record",
                by="schools_membership",
                corrects="records_decision",
            ),
            models.UniqueConstraint(fields=["organisation", "record", "number"], name="decision_one_order"),
        ]
        indexes = [
            models.Index(fields=["organisation", "record", "competency", "number"], name="decision_of"),
            models.Index(fields=["organisation", "record", "at"], name="decision_at"),
        ]


@append_only
class RecordMove(TenantModel):
    """That a record moved on to a newer version of its framework. What was carried over are decisions whose context
    is this row, so that standings stay the fold of the decisions."""

    record = TenantForeignKey(Record, related_name="moves")
    from_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    to_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    by = TenantForeignKey(Membership, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("records_recordmove", record="records_record", by="schools_membership"),
            models.UniqueConstraint(
                fields=["organisation", "record", "to_version"], name="move_to_version_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "record", "at"], name="move_of")]


class Mark(models.TextChoices):
    """What a piece of evidence can show: words on paper, something seen done, or what came of it."""

    DOCUMENT = "document", _("document")
    PRACTICE = "practice", _("practice")
    EFFECT = "effect", _("effect")


class Evidence(TenantModel):
    """A piece of work or a fact, entered once and cited many times. Withdrawn evidence stays, marked.

    It may be brought again in a better edition: the row holds the newest, `EarlierEdition` what was there before, so that
    what was never reworked costs one row. Claims are about the piece; a citation names the edition that it saw.
    """

    class Kind(models.TextChoices):
        FILE = "file", _("file")
        PHOTO = "photo", _("photo")
        LINK = "link", _("link")
        TEXT = "text", _("text")
        FIGURE = "figure", _("figure")
        STANDING = "standing", _("a group’s standing")
        SHARED = "shared", _("what another organization shows")
        ADOPTED = "adopted", _("a design element that was adopted")
        PLANNED = "planned", _("something of the plan")
        HEARD = "heard", _("what people said")

    class Place(models.TextChoices):
        IN_SCHOOL = "in-school", _("in school")
        BEYOND = "beyond", _("beyond school")

    record = TenantForeignKey(Record, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    mark = models.CharField(max_length=10, choices=Mark.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    url = models.URLField(max_length=2000, blank=True)
    figure = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    unit = models.CharField(max_length=60, blank=True)
    file = TenantForeignKey(StoredFile, null=True, related_name="+")
    cited_decision = TenantForeignKey(Decision, null=True, related_name="+")
    place = models.CharField(max_length=10, choices=Place.choices, default=Place.IN_SCHOOL)
    # The occasion in a few words (a class, a club, an internship): pieces of one setting count as one context.
    setting = models.CharField(max_length=120, blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    happened_on = models.DateField()
    brought_by = TenantForeignKey(Membership, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    edition = models.PositiveSmallIntegerField(default=1)
    edition_at = models.DateTimeField(null=True)  # when this edition came, if it is not the first
    recheck_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = TenantForeignKey(Membership, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = tenant_keys(
            "records_evidence",
            record="records_record",
            file="files_storedfile",
            cited_decision="records_decision",
            brought_by="schools_membership",
            withdrawn_by="schools_membership",
        )
        indexes = [
            models.Index(fields=["organisation", "record", "-happened_on"], name="evidence_of"),
            models.Index(
                fields=["organisation", "brought_by", "recheck_on"],
                condition=models.Q(recheck_on__isnull=False),
                name="evidence_to_check",
            ),
        ]


@append_only
class EarlierEdition(TenantModel):
    """What a piece of evidence was before it was brought again: its body, kept for whoever compares."""

    evidence = TenantForeignKey(Evidence, related_name="earlier")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Evidence.Kind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    url = models.URLField(max_length=2000, blank=True)
    file = TenantForeignKey(StoredFile, null=True, related_name="+")
    happened_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *tenant_keys("records_earlieredition", evidence="records_evidence", file="files_storedfile"),
            models.UniqueConstraint(fields=["organisation", "evidence", "number"], name="edition_once"),
        ]


class Claim(TenantModel):
    """That a piece of evidence shows a competency (or one of its indicators) of a record, and why."""

    evidence = TenantForeignKey(Evidence, on_delete=models.CASCADE, related_name="claims")
    record = TenantForeignKey(Record, related_name="claims")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, db_index=False, related_name="+")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    why = models.TextField(blank=True)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys(
                "records_claim", evidence="records_evidence", record="records_record", by="schools_membership"
            ),
            models.UniqueConstraint(
                fields=["organisation", "evidence", "record", "competency", "indicator"], name="claim_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "evidence", "record", "competency"],
                condition=models.Q(indicator__isnull=True),
                name="claim_whole_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "record", "competency"], name="claim_of")]


@append_only
class Citation(TenantModel):
    """A piece of evidence that a decision stands on, and which indicator it answers (none: the competency as a whole).

    `edition` is the one that was seen. `level` is the described step that it showed on the indicator, from 1; none where
    the holder is judged as a whole.
    """

    decision = TenantForeignKey(Decision, related_name="citations")
    evidence = TenantForeignKey(Evidence, related_name="citations")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    edition = models.PositiveSmallIntegerField(default=1)
    level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = tenant_keys(
            "records_citation", decision="records_decision", evidence="records_evidence"
        )
        indexes = [
            models.Index(fields=["organisation", "decision"], name="citation_of"),
            models.Index(fields=["organisation", "evidence"], name="citation_by"),
        ]


class Standing(TenantModel):
    """Where a competency is now: always the fold of the decisions, kept in step with them, rebuilt by a command."""

    record = TenantForeignKey(Record, related_name="standings")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, db_index=False, related_name="+")
    value = models.CharField(max_length=12, choices=StandingValue.choices)
    decision = TenantForeignKey(Decision, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys("records_standing", record="records_record", decision="records_decision"),
            models.UniqueConstraint(fields=["organisation", "record", "competency"], name="standing_once"),
        ]


class SetAside(TenantModel):
    """A competency that a record leaves out for a time, with the reason: dotted in the picture and not counted."""

    record = TenantForeignKey(Record, related_name="set_aside")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, db_index=False, related_name="+")
    reason = models.TextField()
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)
    taken_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("records_setaside", record="records_record", by="schools_membership"),
            models.UniqueConstraint(
                fields=["organisation", "record", "competency"],
                condition=models.Q(taken_up_at__isnull=True),
                name="setaside_once",
            ),
        ]
