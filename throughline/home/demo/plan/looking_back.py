"""What of the plan became evidence, the year that the team looked back on, and what the lead keeps an eye on."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from throughline.home.demo.plan.days import Doing
from throughline.home.demo.plan.measuring import Measuring
from throughline.home.demo.plan.planning import Planning
from throughline.home.demo.plan.policies import Register
from throughline.home.demo.plan.texts import Told, told_in_file
from throughline.plans.citing.actions import cite_part
from throughline.plans.citing.frozen import Citable
from throughline.plans.models import Action, Cycle, Measure, PolicyRevision
from throughline.plans.reminders.actions import choose_reminders
from throughline.plans.reminders.digests import send_digests
from throughline.plans.reviewing.actions import add_remark, begin_review, close_review
from throughline.plans.tables.actions import bring_table

# As somebody of the ferry line keeps it. One name is nobody's here: the report says so, and nothing has come in yet.
TABLE = """Goal;What we do;Who;By when;State
Families hear it first;Put the page for families up on board;Lucia Santos;{first};planned
Families hear it first;Ask the captains what families ask them;Ole Hansen;{second};in progress
;Lend the deck for the spring evening;Amara Okafor;{third};planned
"""
TABLE_NAME = "What the ferry line could do.csv"


class Parts(NamedTuple):
    """What can be cited, as far as it is built."""

    planning: Planning
    register: Register
    measuring: Measuring


class LookingBack:
    """Four pieces of evidence, a review, a table that waits to be looked at, and the lead's reminders."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.planning = parts, parts.planning

    def doings(self) -> Iterator[Doing]:
        """Each on its day."""
        told = told_in_file("looking_back")
        for piece in told["cited"]:
            yield piece["day"], partial(self._cite, piece)
        yield told["review"]["begun"], partial(self._review, told["review"])
        yield told["review"]["closed"], self._close
        yield -8, self._remind
        yield -1, send_digests
        yield -1, self._table

    def _cite(self, told: Told) -> None:
        cite_part(
            part=self._part(told),
            record=self.planning.journey.record,
            competencies=self.planning.serves(told["serves"]),
            why=told["why"],
            recheck_on=self.planning.day(told["recheck"]),
            by=self.planning.who(told["by"]),
        )

    def _part(self, told: Told) -> Citable:
        here, which = {"organisation": self.planning.journey.organisation_id}, told["which"]
        match told["what"]:
            case "action":
                found = Action.objects.filter(**here, pk=self.planning.actions[which].pk)
                return found.select_related("goal__journey__record").get()
            case "policy":
                revisions = PolicyRevision.objects.filter(**here, policy=self.parts.register.policies[which])
                adopted = revisions.filter(adopted_on__isnull=False).select_related("policy", "file")
                return adopted.latest("number")
            case "measure":
                return Measure.objects.select_related("goal").get(
                    **here, pk=self.parts.measuring.measures[which].pk
                )
            case _:
                cycles = Cycle.objects.select_related("test__goal")
                return cycles.get(**here, test__title=which, number=told["number"])

    def _review(self, told: Told) -> None:
        built, by = self.planning.built, self.planning.who(told["by"])
        self.review = begin_review(
            title=told["title"], starts_on=built.on(told["starts"]), ends_on=built.on(told["ends"]), by=by
        )
        for said in told["remarks"]:
            add_remark(
                review=self.review, about=said["about"], text=said["text"], by=self.planning.who(said["by"])
            )

    def _close(self) -> None:
        close_review(review=self.review, by=self.planning.who("amara"))

    def _remind(self) -> None:
        """On Mondays at seven, and nothing at night."""
        by = self.planning.who("amara")
        choose_reminders(by=by, rhythm="weekly", weekday=0, hour=7, quiet_from=20, quiet_until=6)

    def _table(self) -> None:
        first, second, third = (self.planning.built.on(day).isoformat() for day in (30, 45, 120))
        raw = TABLE.format(first=first, second=second, third=third).encode()
        bring_table(name=TABLE_NAME, raw=raw, by=self.planning.who("amara"))
