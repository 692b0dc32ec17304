"""A listening: who is asked what, how and when; and who listens."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from throughline.files.models import StoredFile
from throughline.journeys.models import Journey, Round
from throughline.kit import clock
from throughline.kit.ids import opaque_id
from throughline.kit.tenancy import TenantForeignKey, tenant_keys
from throughline.schools.models import Membership, TenantModel
from throughline.voices.groups import CHOICES

LEAST_THRESHOLD, USUAL_THRESHOLD = 5, 10
OWN_QUESTIONS = 10  # a school's own, in one listening
# No later than this are raw answers deleted; only what may be shown of them stays.
USUAL_DAYS_KEPT, MOST_DAYS_KEPT = 90, 365


class Listening(TenantModel):
    """Asking the groups of a journey, once: composed, then open, then closed. With a round, results wait for its spread.

    `threshold`: no figure about fewer people. `background` holds what is asked of the person for equity views:
    [{"code": "grade-band", "words": {language: text}, "choices": [{"code": …, "words": {…}}]}].
    `contact` (language → text) stands beside each open question: whom to turn to now. `keep_until` is set at closing.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being composed")
        OPEN = "open", _("open")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")

    journey = TenantForeignKey(Journey, related_name="listenings")
    round = TenantForeignKey(Round, null=True, related_name="listenings")
    title = models.CharField(max_length=200)
    languages = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)  # the last day
    threshold = models.PositiveSmallIntegerField(default=USUAL_THRESHOLD)
    days_kept = models.PositiveSmallIntegerField(default=USUAL_DAYS_KEPT)
    competencies = models.JSONField(default=list)  # codes; what the questions are composed from
    background = models.JSONField(default=list)
    contact = models.JSONField(default=dict)
    reader = TenantForeignKey(
        Membership, null=True, related_name="+"
    )  # reads learners' own words every school day
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    keep_until = models.DateField(null=True)
    forgotten_at = models.DateTimeField(null=True)  # raw answers are gone since then
    scrubbed_at = models.DateTimeField(
        null=True
    )  # nothing deleted lies in the files of the database since then
    archived_at = models.DateTimeField(null=True)
    unanswered_why = models.TextField(blank=True)  # put away without a reply; respondents read why
    version = models.PositiveIntegerField(default=1)
    made_by = TenantForeignKey(Membership, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            *tenant_keys(
                "voices_listening",
                journey="journeys_journey",
                round="journeys_round",
                reader="schools_membership",
                made_by="schools_membership",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=LEAST_THRESHOLD), name="listening_threshold_not_too_low"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "journey", "made_at"], name="listening_of"),
            models.Index(fields=["organisation", "state", "closes_on"], name="listening_state"),
        ]

    def __str__(self) -> str:
        return self.title


class Asked(TenantModel):
    """A group that is asked in a listening. `place` is the short word at the end of its address.

    `counted_with`: the code of another asked group with which it is counted as one, because it is too small alone.
    `blocks`: into how many parts its questions are split (planned missing answers; Graham and others 2006); 1 for not at all.
    """

    listening = TenantForeignKey(Listening, on_delete=models.CASCADE, related_name="asked")
    group = models.CharField(max_length=10, choices=CHOICES)
    young = models.BooleanField(default=False)  # learners under twelve: asked in simpler words
    invited = models.PositiveIntegerField(null=True)
    expected = models.PositiveSmallIntegerField()  # of a hundred invited, how many will answer
    counted_with = models.CharField(max_length=10, blank=True)
    blocks = models.PositiveSmallIntegerField(default=1)
    place = models.CharField(max_length=12, unique=True)
    by_link = models.BooleanField(default=True)
    by_code = models.BooleanField(default=False)
    kiosk_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "asked"
        constraints = [
            *tenant_keys("voices_asked", listening="voices_listening"),
            models.UniqueConstraint(fields=["organisation", "listening", "group"], name="asked_once"),
        ]


class Question(TenantModel):
    """What a group is asked. `words`: language → {"text": …, "simple": …}. `block` 0 is asked of everybody in the group.

    `code` is that of the bank, or `own-<n>` for a school's own, or `open.<domain>`. Fixed once the listening is open.
    """

    class Kind(models.TextChoices):
        STEPS = "steps", _("with answers to choose from")
        OPEN = "open", _("answered in one’s own words")

    asked = TenantForeignKey(Asked, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.STEPS)
    code = models.CharField(max_length=120)
    domain = models.CharField(max_length=80)
    competency = models.CharField(max_length=80, blank=True)
    indicator = models.CharField(max_length=40, blank=True)
    scale = models.CharField(max_length=9, blank=True)
    words = models.JSONField(default=dict)
    edited = models.BooleanField(default=False)  # a school changed the words that came along
    own = models.BooleanField(default=False)
    block = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            *tenant_keys("voices_question", asked="voices_asked"),
            models.UniqueConstraint(fields=["organisation", "asked", "code"], name="question_once"),
        ]
        indexes = [models.Index(fields=["organisation", "asked", "position"], name="question_of")]


class Recording(TenantModel):
    """A question read aloud in one language, in its words or (`simple`) in those for learners under twelve.

    It is a voice, so it goes with the single answers, on their day (decision 56).
    """

    question = TenantForeignKey(Question, on_delete=models.CASCADE, related_name="recordings")
    language = models.CharField(max_length=10)
    simple = models.BooleanField(default=False)
    file = TenantForeignKey(StoredFile, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys("voices_recording", question="voices_question", file="files_storedfile"),
            models.UniqueConstraint(
                fields=["organisation", "question", "language", "simple"], name="recording_once"
            ),
        ]


class Host(TenantModel):
    """Who composes, tries out and reads a listening with the team, be they learner or family."""

    listening = TenantForeignKey(Listening, on_delete=models.CASCADE, related_name="hosts")
    membership = TenantForeignKey(Membership, related_name="+")

    class Meta:
        constraints = [
            *tenant_keys("voices_host", listening="voices_listening", membership="schools_membership"),
            models.UniqueConstraint(fields=["organisation", "listening", "membership"], name="host_once"),
        ]


class Slip(TenantModel):
    """A one-time code that was given out; of the code only a hash is kept, and never whether it was used (see `Spent`)."""

    id = models.UUIDField(primary_key=True, default=opaque_id, editable=False)
    asked = TenantForeignKey(Asked, on_delete=models.CASCADE, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)
    sheet = models.PositiveSmallIntegerField(default=1)  # printed or sent together
    by_mail = models.BooleanField(default=False)  # the same for a whole sheet
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = tenant_keys("voices_slip", asked="voices_asked")
        indexes = [models.Index(fields=["organisation", "asked", "sheet"], name="slip_of")]


class OptOut(TenantModel):
    """A family that does not want its child asked. Deleted at closing."""

    asked = TenantForeignKey(Asked, on_delete=models.CASCADE, related_name="opt_outs")
    child = models.CharField(max_length=200)
    class_or_group = models.CharField(max_length=120, blank=True)
    told_by = models.CharField(max_length=200)
    on = models.DateField(default=clock.today)

    class Meta:
        constraints = tenant_keys("voices_optout", asked="voices_asked")
        indexes = [models.Index(fields=["organisation", "asked"], name="optout_of")]


class Guess(TenantModel):
    """What somebody on the team thinks that a group will mostly answer, told before results open; theirs alone until then."""

    listening = TenantForeignKey(Listening, on_delete=models.CASCADE, related_name="guesses")
    membership = TenantForeignKey(Membership, related_name="+")
    question = TenantForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    step = models.SmallIntegerField()

    class Meta:
        verbose_name_plural = "guesses"
        constraints = [
            *tenant_keys(
                "voices_guess",
                listening="voices_listening",
                membership="schools_membership",
                question="voices_question",
            ),
            models.UniqueConstraint(fields=["organisation", "membership", "question"], name="guess_once"),
        ]
