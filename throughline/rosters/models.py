"""Who learns here: school years, classes and advisory groups, who is in them and as what, and whose guardian somebody is.

A learner is a `Membership` with the role of a learner. Every *until* is the first day on which it no longer holds.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel

KEY_LIMIT = 255  # characters of an id in another system (OneRoster's GUIDs)


def holds_on(day: object, path: str = "") -> Q:
    """Condition on a row with `from_on` and `until_on`, at the end of `path`: it holds on this day."""
    begun = Q(**{f"{path}from_on__lte": day})
    return begun & (Q(**{f"{path}until_on__isnull": True}) | Q(**{f"{path}until_on__gt": day}))


class SchoolYear(TenantModel):
    """A school year. A school that learns without them has none."""

    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    outside_key = models.CharField(max_length=KEY_LIMIT, blank=True)

    class Meta:
        constraints = [
            *tenant_keys("rosters_schoolyear"),
            models.UniqueConstraint(fields=["organisation", "name"], name="schoolyear_name_once"),
            models.UniqueConstraint(
                fields=["organisation", "outside_key"],
                condition=~Q(outside_key=""),
                name="schoolyear_key_once",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="schoolyear_ends_later"),
        ]

    def __str__(self) -> str:
        return self.name


class Term(TenantModel):
    """A part of a school year, where a school has such."""

    year = TenantForeignKey(SchoolYear, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    outside_key = models.CharField(max_length=KEY_LIMIT, blank=True)

    class Meta:
        constraints = [
            *tenant_keys("rosters_term", year="rosters_schoolyear"),
            models.UniqueConstraint(
                fields=["organisation", "outside_key"], condition=~Q(outside_key=""), name="term_key_once"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="term_ends_later"),
        ]
        indexes = [models.Index(fields=["organisation", "year", "starts_on"], name="term_of_year")]


class Section(TenantModel):
    """A class or an advisory group: who learns together with whom. It may belong to a school year."""

    class Kind(models.TextChoices):
        CLASS = "class", _("class")
        ADVISORY = "advisory", _("advisory group")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CLASS)
    name = models.CharField(max_length=200)
    year = TenantForeignKey(SchoolYear, on_delete=models.PROTECT, null=True, related_name="sections")
    outside_key = models.CharField(max_length=KEY_LIMIT, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("rosters_section", year="rosters_schoolyear"),
            models.UniqueConstraint(
                fields=["organisation", "outside_key"], condition=~Q(outside_key=""), name="section_key_once"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "year", "name"], name="section_of_year")]

    def __str__(self) -> str:
        return self.name


class Enrollment(TenantModel):
    """Somebody is in a class or an advisory group, as a learner or as its educator, from one day until another.

    Who comes back in mid-year gets a new row: what has been stays.
    """

    class Part(models.TextChoices):
        LEARNER = "learner", _("learner")
        EDUCATOR = "educator", _("educator")

    section = TenantForeignKey(Section, on_delete=models.CASCADE, related_name="enrollments")
    member = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="enrollments")
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.LEARNER)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    outside_key = models.CharField(max_length=KEY_LIMIT, blank=True)

    class Meta:
        constraints = [
            *tenant_keys("rosters_enrollment", section="rosters_section", member="schools_membership"),
            models.UniqueConstraint(
                fields=["organisation", "section", "member", "part"],
                condition=Q(until_on__isnull=True),
                name="enrollment_open_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "outside_key"],
                condition=~Q(outside_key=""),
                name="enrollment_key_once",
            ),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="enrollment_ends_later"),
        ]
        indexes = [
            models.Index(fields=["organisation", "section", "part"], name="enrollment_of_section"),
            models.Index(fields=["organisation", "member", "part"], name="enrollment_of_member"),
        ]


class Guardianship(TenantModel):
    """Somebody is the guardian of a learner. From the day on which it ends they see nothing any more."""

    guardian = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="wards")
    learner = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="guardians")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    by_file = models.BooleanField(default=False)  # a roster told of it, so a roster may end it

    class Meta:
        constraints = [
            *tenant_keys("rosters_guardianship", guardian="schools_membership", learner="schools_membership"),
            models.UniqueConstraint(
                fields=["organisation", "guardian", "learner"],
                condition=Q(until_on__isnull=True),
                name="guardianship_open_once",
            ),
            models.CheckConstraint(condition=~Q(guardian=F("learner")), name="guardianship_of_another"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="guardianship_ends_later"),
        ]
        indexes = [
            models.Index(fields=["organisation", "guardian"], name="guardianship_by"),
            models.Index(fields=["organisation", "learner"], name="guardianship_of"),
        ]


class OutsideName(TenantModel):
    """What a member is called in the system that rosters come from; `missing_since`: a whole roster no longer had them."""

    member = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="outside_names")
    key = models.CharField(max_length=KEY_LIMIT)
    missing_since = models.DateField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("rosters_outsidename", member="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "key"], name="outsidename_once"),
        ]
        indexes = [models.Index(fields=["organisation", "member"], name="outsidename_of")]


class RosterSettings(TenantModel):
    """What a school has chosen about its rosters; without a row nothing was."""

    # Which school of a district's file this one is.
    own_key = models.CharField(max_length=KEY_LIMIT, blank=True)
    demographics_since = models.DateTimeField(null=True)
    demographics_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            *tenant_keys("rosters_rostersettings"),
            models.UniqueConstraint(fields=["organisation"], name="rostersettings_once"),
        ]


class RosterFile(TenantModel):
    """A roster that was brought: read into rows, looked at, then applied as a whole. The file itself is not kept."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be looked at")
        APPLIED = "applied", _("applied")

    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_by = TenantForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    applied_at = models.DateTimeField(null=True)
    # {"version", "modes": {table: bulk|delta}, "orgs": {key: name}, "notes": [[file, row, column, code, values]], "left_out": {…}}
    told = models.JSONField(default=dict)
    # {"org", "day_first"}
    chosen = models.JSONField(default=dict)
    # What came of it, once applied: {"new", "changed", "ended", "flagged", "left_out"}
    came = models.JSONField(default=dict)

    class Meta:
        constraints = tenant_keys("rosters_rosterfile", made_by="schools_membership")
        indexes = [models.Index(fields=["organisation", "-made_at"], name="rosterfile_newest")]


class StagedRow(TenantModel):
    """A row of such a file: only the columns that we use, as they stood there, and what was amiss when it was read."""

    roster = TenantForeignKey(RosterFile, on_delete=models.CASCADE, related_name="rows")
    table = models.CharField(max_length=20)
    file = models.CharField(max_length=100)
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=KEY_LIMIT)
    told = models.JSONField(default=dict)
    # [[column, code, values, is_fault]]
    remarks = models.JSONField(default=list)

    class Meta:
        constraints = tenant_keys("rosters_stagedrow", roster="rosters_rosterfile")
        indexes = [models.Index(fields=["organisation", "roster", "table", "line"], name="stagedrow_of")]
