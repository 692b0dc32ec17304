"""What happened to the plan, in the order of its days."""

from throughline.home.demo.building import Building
from throughline.home.demo.plan.answering import Answering
from throughline.home.demo.plan.families import FamilyPage
from throughline.home.demo.plan.learning import Learning
from throughline.home.demo.plan.looking_back import LookingBack, Parts
from throughline.home.demo.plan.measuring import Measuring
from throughline.home.demo.plan.meeting import Meeting
from throughline.home.demo.plan.mentoring import Mentoring
from throughline.home.demo.plan.planning import Planning
from throughline.home.demo.plan.policies import Register
from throughline.home.demo.plan.trying import Trying
from throughline.journeys.models import Journey


def happen(built: Building, journey: Journey) -> None:
    """Everything, day by day."""
    planning = Planning(built, journey)
    register, measuring = Register(planning), Measuring(planning)
    beside = (Trying, Learning, Mentoring, FamilyPage, Meeting, Answering)
    looking_back = LookingBack(Parts(planning, register, measuring))
    parts = (planning, register, measuring, *(part(planning) for part in beside), looking_back)
    doings = [doing for part in parts for doing in part.doings()]
    for day, do in sorted(doings, key=lambda doing: doing[0]):
        with built.standing(day):
            do()
