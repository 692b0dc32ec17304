"""What the plan does about something that was heard, said on the line and told to those who read it."""

from collections.abc import Iterator

from throughline.home.demo.plan.days import Doing
from throughline.home.demo.plan.planning import Planning
from throughline.voices.models import Reply
from throughline.voices.replying.actions import change_reply, publish_replies

DAY, ABOUT = -20, "feedback-for-growth"
STEPS = ("count-waiting", "two-more-subjects", "cards")


class Answering:
    """The actions for feedback answer what learners said of it a year ago."""

    def __init__(self, planning: Planning) -> None:
        self.planning = planning

    def doings(self) -> Iterator[Doing]:
        """One line, one day."""
        yield DAY, self._tie

    def _tie(self) -> None:
        lead, here = self.planning.who("amara"), self.planning.journey.organisation_id
        lines = Reply.objects.filter(organisation=here, competency=ABOUT)
        line = lines.select_related("listening").earliest("listening__closed_at", "position")
        steps = [f"action:{self.planning.actions[key].pk}" for key in STEPS]
        change_reply(reply=line, steps=steps, by=lead)
        publish_replies(listening=line.listening, by=lead)
