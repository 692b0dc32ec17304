"""The weekly twenty minutes, as they were held last Monday."""

from collections.abc import Iterator

from throughline.home.demo.plan.days import Doing
from throughline.home.demo.plan.planning import Planning
from throughline.plans.weekly.actions import begin_meeting, end_meeting, turn_to, write_decision, write_step

DAY = -7
DECISIONS = (
    "We do not call the bus company again before Beatriz and Lin have a number for every weekday.",
    "The peer lesson goes to the last five advisories without Yusuf: Kofi and two others of grade 9 run it.",
)
STEP = "Find out who could check an Arabic version of the page"


class Meeting:
    """One meeting: what slipped, what waits, two decisions and a next step that nobody has taken on yet."""

    def __init__(self, planning: Planning) -> None:
        self.planning = planning

    def doings(self) -> Iterator[Doing]:
        """It was held on one day."""
        yield DAY, self._hold

    def _hold(self) -> None:
        by = self.planning.who("amara")
        meeting = begin_meeting(by=by)
        for part, decision in zip(("late", "waits"), DECISIONS, strict=True):
            meeting = turn_to(meeting=meeting, part=part, by=by)
            write_decision(meeting=meeting, text=decision, by=by)
        due, goal = self.planning.built.on(75), self.planning.goals["families"]
        write_step(meeting=meeting, title=STEP, due_on=due, goal=goal, by=by)
        end_meeting(meeting=meeting, by=by)
