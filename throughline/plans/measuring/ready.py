"""Measures that come with the product: a definition to begin from, as data, in the reader's language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.plans.models import Measure

Words = str | Promise
LEADING, LAGGING = Measure.Kind.LEADING, Measure.Kind.LAGGING


@dataclass(frozen=True, slots=True)
class Ready:
    """A measure to begin from. `advice` stands beside the form and beside its values."""

    code: str
    title: Words
    definition: Words
    source: Words
    unit: str
    kind: str
    every_months: int
    advice: Words = ""
    more_is_better: bool = True


SMALL_GROUPS = _(
    "Enter one figure for the whole group, and only when it has at least ten people. In a smaller group a figure tells of "
    "single people: join several years, or leave it out. Figures of part of a group are not kept here."
)

READY = (
    Ready(
        "after-graduation",
        _("What graduates do next"),
        _(
            "Of those who graduated in a year: the share that, in the second autumn after, is studying, in training, in "
            "work or in service that they chose themselves. Everybody who graduated is counted, those you could not reach "
            "as well: write beside the value how many they are."
        ),
        _("Enrollment records of colleges, where you receive them, and a call or a message to each graduate"),
        "%",
        LAGGING,
        12,
        SMALL_GROUPS,
    ),
    Ready(
        "further-on",
        _("Graduates who go on after their first year"),
        _(
            "Of those who began to study or train after graduating: the share that was still there, or had finished, a year "
            "later. It says more about how well people were prepared than who was admitted."
        ),
        _("Enrollment records of colleges, where you receive them, and answers of graduates"),
        "%",
        LAGGING,
        12,
        SMALL_GROUPS,
    ),
    Ready(
        "returned-in-a-week",
        _("Evidence returned within a week"),
        _(
            "Of the pieces of work that learners handed in during the month: the share that came back with feedback they "
            "can use within seven days. Count every piece of two or three classes, not those that come to mind."
        ),
        _("A tally in two or three classes"),
        "%",
        LEADING,
        1,
    ),
    Ready(
        "defended-work",
        _("Learners who have defended work this year"),
        _(
            "The share of all learners who have shown work to people from outside their class and answered questions about "
            "it, at least once since the school year began."
        ),
        _("Lists of exhibitions and panels"),
        "%",
        LEADING,
        2,
        SMALL_GROUPS,
    ),
    Ready(
        "knows-what-next",
        _("Learners who can say what comes next"),
        _(
            "Ask ten learners, drawn by lot, in the hallway: “What are you working on, and what do you need to show next?” "
            "Count those whose answer is about what they learn and not about when it is due."
        ),
        _("Ten short conversations a month"),
        "",
        LEADING,
        1,
    ),
    Ready(
        "tried-again",
        _("Work that was tried again"),
        _(
            "Of the pieces of work that did not reach what was asked at first: the share that the learner handed in again "
            "within a month. A low figure says that trying again is not normal yet."
        ),
        _("A tally in two or three classes"),
        "%",
        LEADING,
        1,
    ),
    Ready(
        "stalled",
        _("Learners without progress for six weeks"),
        _(
            "How many learners have had nothing new recognized for six weeks, in any area. Somebody should know each of "
            "them by name; here stands only how many they are."
        ),
        _("Your learning record"),
        "",
        LEADING,
        1,
        more_is_better=False,
    ),
    Ready(
        "same-judgment",
        _("Second looks that agree"),
        _(
            "Two educators judge the same pieces of work without speaking. The share of pieces where both come to the same "
            "step. Ten pieces each time are enough."
        ),
        _("A meeting every other month"),
        "%",
        LEADING,
        2,
    ),
    Ready(
        "families-understand",
        _("Families who find their way in what we send"),
        _(
            "Of the families who answered: the share that could say in their own words what their child can do and what "
            "comes next. Ask in every language that families speak."
        ),
        _("Three questions after conferences"),
        "%",
        LAGGING,
        6,
        SMALL_GROUPS,
    ),
)
BY_CODE = {each.code: each for each in READY}
