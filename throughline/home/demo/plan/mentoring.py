"""Pairs in mentoring: how they came about, and their notes, which are theirs alone."""

from collections.abc import Iterator
from functools import partial

from throughline.home.demo.plan.days import Doing
from throughline.home.demo.plan.planning import Planning
from throughline.home.demo.plan.texts import Told, told_in_file
from throughline.plans.mentoring.actions import agree_pair, arrange_pair, keep_meeting, propose_pair
from throughline.plans.models import Pair


class Mentoring:
    """One pair that the lead arranged and one that two made by themselves."""

    def __init__(self, planning: Planning) -> None:
        self.planning, self.who = planning, planning.who
        self.pairs: dict[str, Pair] = {}

    def doings(self) -> Iterator[Doing]:
        """How each began, and when they met."""
        for told in told_in_file("mentoring")["pairs"]:
            yield told["day"], partial(self._pair, told)
            if "agreed" in told:
                yield told["agreed"], partial(self._agree, told)
            for each in told["met"]:
                yield each["day"], partial(self._meet, told["key"], each)

    def _pair(self, told: Told) -> None:
        mentor, mentee, weeks = self.who(told["mentor"]), self.who(told["mentee"]), told["every_weeks"]
        if "arranged_by" in told:
            by = self.who(told["arranged_by"])
            self.pairs[told["key"]] = arrange_pair(mentor=mentor, mentee=mentee, every_weeks=weeks, by=by)
            return
        by = self.who(told["proposed_by"])
        other = mentor if by.pk == mentee.pk else mentee
        self.pairs[told["key"]] = propose_pair(
            other=other, as_mentor=by.pk == mentor.pk, every_weeks=weeks, by=by
        )

    def _agree(self, told: Told) -> None:
        asked = "mentor" if told["proposed_by"] == told["mentee"] else "mentee"
        agree_pair(pair=self.pairs[told["key"]], by=self.who(told[asked]))

    def _meet(self, key: str, told: Told) -> None:
        on, next_on = self.planning.built.on(told["day"]), self.planning.day(told["next"])
        by = self.who(told["by"])
        keep_meeting(pair=self.pairs[key], on=on, next_on=next_on, text=told["text"], by=by)
