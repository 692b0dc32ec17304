"""A holder's journey: its team, its rounds, what each rater said, what was agreed, what was frozen, what comes next."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.activity.ledger import append_only
from throughline.frameworks.models import Competency, FrameworkVersion
from throughline.journeys.models.paper import Sheet, Typist
from throughline.journeys.models.sealed import Kept, Tally
from throughline.journeys.models.talk import (
    A_STEP,
    Again,
    Confidence,
    MeetingPlan,
    Rerating,
    Said,
    SealedNote,
)
from throughline.kit import clock
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.records.models import Decision, Record
from throughline.schools.models import Membership, TenantModel

__all__ = [
    "Again",
    "Confidence",
    "Journey",
    "Kept",
    "MeetingPlan",
    "Priority",
    "Rater",
    "Rating",
    "Rerating",
    "Round",
    "RoundItem",
    "SealedNote",
    "Sheet",
    "Snapshot",
    "Tally",
    "TeamMember",
    "Typist",
]


class Journey(TenantModel):
    """The journey of an organisation or a group: one for each record, several side by side."""

    record = TenantForeignKey(Record, related_name="journeys")
    name = models.CharField(max_length=200)
    started_by = TenantForeignKey(Membership, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("journeys_journey", record="records_record", started_by="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "record"], name="journey_of_record_once"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(TenantModel):
    """Someone on a journey's team. Raters rate alone; deciders agree. Everyone's rating weighs the same."""

    journey = TenantForeignKey(Journey, related_name="team")
    membership = TenantForeignKey(Membership, related_name="journeys")
    is_rater = models.BooleanField(default=True)
    is_decider = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *tenant_keys("journeys_teammember", journey="journeys_journey", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "journey", "membership"], name="teammember_once"),
        ]
        indexes = [models.Index(fields=["organisation", "membership"], name="teammember_of")]


class Round(TenantModel):
    """One reading of where a journey stands: the pre-assessment the first time, a reference point after that."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        RATING = "rating", _("everyone rates alone")
        AGREEING = "agreeing", _("the team agrees")
        CLOSED = "closed", _("closed")

    journey = TenantForeignKey(Journey, related_name="rounds")
    # The words that were rated: the record may have moved on to a newer version since.
    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    names_shown = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)
    spread_opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = TenantForeignKey(Membership, null=True, related_name="+")
    reopened_reason = models.TextField(blank=True)
    # When those who run the journey mean to begin the next round; given once this one is closed.
    return_on = models.DateField(null=True)
    # With hidden names: when the tie between ratings and people was cut, and when what was deleted was gone from the
    # database's files too (`closing/anonymizing.py`).
    untied_at = models.DateTimeField(null=True)
    scrubbed_at = models.DateTimeField(null=True)
    # Counts every change that others in the room should see; their pages poll for it.
    version = models.PositiveIntegerField(default=0)
    # The competency being talked about, for those who follow on their own screens.
    talking_about = models.UUIDField(null=True)
    # Who leads the talk: only they (or an explicit act) move those who follow.
    led_by = TenantForeignKey(Membership, null=True, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys(
                "journeys_round",
                journey="journeys_journey",
                made_by="schools_membership",
                reopened_by="schools_membership",
                led_by="schools_membership",
            ),
            models.UniqueConstraint(fields=["organisation", "journey", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["organisation", "journey"],
                condition=~models.Q(state="closed"),
                name="round_one_at_a_time",
            ),
        ]


class RoundItem(TenantModel):
    """One competency in a round, and what the team made of it. `version` guards against two agreeing at once."""

    class State(models.TextChoices):
        OPEN = "open", _("to talk about")
        AGREED = "agreed", _("agreed")
        LEFT_OPEN = "left-open", _("left open")
        DEFERRED = "deferred", _("deferred")

    round = TenantForeignKey(Round, on_delete=models.CASCADE, related_name="items")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, db_index=False, related_name="+")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    step = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    decision = TenantForeignKey(Decision, null=True, related_name="+")
    settled_by = TenantForeignKey(Membership, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    # What is being written in the meeting, so that everyone in the room can follow and nothing typed is lost.
    draft = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            *tenant_keys(
                "journeys_rounditem",
                round="journeys_round",
                decision="records_decision",
                settled_by="schools_membership",
            ),
            models.UniqueConstraint(fields=["organisation", "round", "competency"], name="rounditem_once"),
            models.CheckConstraint(condition=A_STEP, name="rounditem_step"),
        ]


class Rater(TenantModel):
    """Someone asked to rate in a round. `domains` narrows what they are asked to (empty: everything).

    Without a membership it is nobody: it holds what stood on a paper sheet while names are hidden, and its id is random.
    """

    round = TenantForeignKey(Round, on_delete=models.CASCADE, related_name="raters")
    membership = TenantForeignKey(Membership, null=True, related_name="+")
    domains = models.JSONField(default=list)
    absent_at = models.DateTimeField(null=True)
    on_paper = models.BooleanField(default=False)
    # Their paper sheet is keyed in, with whatever was left empty on it.
    sheet_in = models.BooleanField(default=False)

    class Meta:
        constraints = [
            *tenant_keys("journeys_rater", round="journeys_round", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "round", "membership"], name="rater_once"),
            models.CheckConstraint(
                condition=models.Q(membership__isnull=False) | models.Q(on_paper=True, sheet_in=True),
                name="rater_nobody_only_on_paper",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "membership"], name="rater_of")]


class Rating(Said):
    """What one rater said of one competency, alone, before the spread opened."""

    rater = TenantForeignKey(Rater, on_delete=models.CASCADE, related_name="ratings")
    item = TenantForeignKey(RoundItem, on_delete=models.CASCADE, related_name="ratings")

    class Meta:
        constraints = [
            *tenant_keys("journeys_rating", rater="journeys_rater", item="journeys_rounditem"),
            models.UniqueConstraint(fields=["organisation", "rater", "item"], name="rating_once"),
            models.CheckConstraint(condition=A_STEP, name="rating_step"),
        ]
        indexes = [models.Index(fields=["organisation", "item", "step", "confidence"], name="rating_of_item")]


@append_only
class Snapshot(TenantModel):
    """The frozen picture of a closed round. Closing again after a reopening adds another one; none is ever changed."""

    journey = TenantForeignKey(Journey, related_name="snapshots")
    round = TenantForeignKey(Round, related_name="snapshots")
    edition = models.PositiveSmallIntegerField()
    content = models.JSONField()
    taken_by = TenantForeignKey(Membership, related_name="+")
    taken_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys(
                "journeys_snapshot",
                journey="journeys_journey",
                round="journeys_round",
                taken_by="schools_membership",
            ),
            models.UniqueConstraint(
                fields=["organisation", "round", "edition"], name="snapshot_edition_once"
            ),
        ]


class Priority(TenantModel):
    """A strategic priority chosen by the team: why now, which step by when, who leads, what happens next."""

    journey = TenantForeignKey(Journey, related_name="priorities")
    round = TenantForeignKey(Round, related_name="priorities")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, db_index=False, related_name="+")
    position = models.PositiveSmallIntegerField()
    why_now = models.TextField()
    step = models.PositiveSmallIntegerField()
    by_when = models.DateField()
    lead = TenantForeignKey(Membership, related_name="+")
    next_step = models.TextField(blank=True)
    next_step_on = models.DateField(null=True)
    chosen_at = models.DateTimeField(default=clock.now)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "priorities"
        constraints = [
            *tenant_keys(
                "journeys_priority",
                journey="journeys_journey",
                round="journeys_round",
                lead="schools_membership",
            ),
            models.UniqueConstraint(
                fields=["organisation", "round", "competency"],
                condition=models.Q(dropped_at__isnull=True),
                name="priority_once",
            ),
        ]


@append_only
class Introduction(TenantModel):
    """What those who run a journey say before its story begins. Every edition is kept; the last one is shown.

    `number` counts them: two who write at once cannot both make the next one.
    """

    journey = TenantForeignKey(Journey, related_name="introductions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    by = TenantForeignKey(Membership, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys("journeys_introduction", journey="journeys_journey", by="schools_membership"),
            models.UniqueConstraint(
                fields=["organisation", "journey", "number"], name="introduction_edition_once"
            ),
        ]
