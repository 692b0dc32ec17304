"""Small tests: what was tried, what was expected, and what was learned."""

from collections.abc import Iterator
from functools import partial

from throughline.home.demo.plan.days import Doing
from throughline.home.demo.plan.planning import Planning
from throughline.home.demo.plan.texts import Told, told_in_file
from throughline.plans.cycles.actions import (
    add_test,
    begin_cycle,
    change_cycle,
    end_cycle,
    say_found,
)
from throughline.plans.cycles.checking import Found, Idea, Trial
from throughline.plans.models import Cycle, SmallTest


class Trying:
    """Three small tests, cycle by cycle."""

    def __init__(self, planning: Planning) -> None:
        self.planning = planning
        self.tests: dict[str, SmallTest] = {}

    def doings(self) -> Iterator[Doing]:
        """Each cycle is begun and ended on its day."""
        for told in told_in_file("tests")["tests"]:
            yield told["day"], partial(self._add, told)
            for number, cycle in enumerate(told["cycles"], 1):
                yield cycle["begins"], partial(self._begin, told, cycle, number)
                if "ended" in cycle:
                    yield cycle["ended"], partial(self._end, told, cycle, number)
                else:
                    yield -4, partial(self._say, told, cycle, number)

    def _add(self, told: Told) -> None:
        idea = Idea(
            told["title"],
            told["question"],
            self.planning.goals[told["goal"]],
            self.planning.who(told["owner"]),
            tuple(self.planning.serves(told["serves"])),
        )
        trial = self._trial(told["cycles"][0])
        self.tests[told["title"]] = add_test(idea=idea, trial=trial, by=self.planning.who("amara"))

    def _trial(self, told: Told) -> Trial:
        starts, ends = self.planning.day(told["begins"]), self.planning.day(told["ends"])
        return Trial(told["change"], told["prediction"], starts, ends)

    def _cycle(self, told: Told, number: int) -> Cycle:
        rows = Cycle.objects.select_related("test")
        return rows.get(
            organisation=self.planning.journey.organisation_id, test=self.tests[told["title"]], number=number
        )

    def _begin(self, told: Told, cycle: Told, number: int) -> None:
        held, by = self._cycle(told, number), self.planning.who(told["owner"])
        if number > 1:
            held = change_cycle(cycle=held, trial=self._trial(cycle), by=by)
        begin_cycle(cycle=held, by=by)

    def _end(self, told: Told, cycle: Told, number: int) -> None:
        found = Found(cycle["happened"], cycle["compared"], cycle["learned"])
        by = self.planning.who(told["owner"])
        end_cycle(cycle=self._cycle(told, number), found=found, outcome=cycle["outcome"], by=by)

    def _say(self, told: Told, cycle: Told, number: int) -> None:
        found, by = Found(cycle["so_far"]), self.planning.who(told["owner"])
        say_found(cycle=self._cycle(told, number), found=found, by=by)
