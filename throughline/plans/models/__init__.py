"""The plan of an organisation. More tables stand in this folder, one module for each capability that has its own."""

from throughline.plans.models.cited import CITABLE, Cited
from throughline.plans.models.families import (
    FamilyDraft,
    FamilyEdition,
    FamilyQuestion,
    FamilyTranslation,
    PageForFamilies,
)
from throughline.plans.models.feeds import CalendarFeed, FeedEntry
from throughline.plans.models.heard import AnswersHeard
from throughline.plans.models.measures import Measure, MeasureValue, Risk
from throughline.plans.models.mentoring import Pair, PairNote
from throughline.plans.models.plan import OPEN_STATES, Action, Goal, Helper, Waits
from throughline.plans.models.policies import Policy, PolicyRevision
from throughline.plans.models.professional import (
    Offering,
    Reader,
    Reflection,
    TakingPart,
    Teaches,
    TraitReview,
)
from throughline.plans.models.reminding import DoneLink, Reminder
from throughline.plans.models.reviewed import ClosedReview, Review, ReviewRemark
from throughline.plans.models.serving import PARTS, Serves
from throughline.plans.models.tables import OutsideKey, PlanTable
from throughline.plans.models.tested import Cycle, SmallTest
from throughline.plans.models.told import LogEntry
from throughline.plans.models.weekly import MeetingLine, WeeklyMeeting

__all__ = [
    "CITABLE",
    "OPEN_STATES",
    "PARTS",
    "Action",
    "AnswersHeard",
    "CalendarFeed",
    "Cited",
    "ClosedReview",
    "Cycle",
    "DoneLink",
    "FamilyDraft",
    "FamilyEdition",
    "FamilyQuestion",
    "FamilyTranslation",
    "FeedEntry",
    "Goal",
    "Helper",
    "LogEntry",
    "Measure",
    "MeasureValue",
    "MeetingLine",
    "Offering",
    "OutsideKey",
    "PageForFamilies",
    "Pair",
    "PairNote",
    "PlanTable",
    "Policy",
    "PolicyRevision",
    "Reader",
    "Reflection",
    "Reminder",
    "Review",
    "ReviewRemark",
    "Risk",
    "Serves",
    "SmallTest",
    "TakingPart",
    "Teaches",
    "TraitReview",
    "Waits",
    "WeeklyMeeting",
]
