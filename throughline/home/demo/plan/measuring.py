"""Measures with their values, and what could go wrong."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from throughline.home.demo.plan.days import Doing
from throughline.home.demo.plan.planning import Planning
from throughline.home.demo.plan.texts import Told, told_in_file
from throughline.plans.measuring.actions import add_measure, add_value
from throughline.plans.measuring.ready import BY_CODE
from throughline.plans.models import Measure, Risk
from throughline.plans.risks.actions import add_risk, close_risk


class Measuring:
    """Six measures and five risks."""

    def __init__(self, planning: Planning) -> None:
        self.planning = planning
        self.measures: dict[str, Measure] = {}
        self.risks: dict[str, Risk] = {}

    def doings(self) -> Iterator[Doing]:
        """Each reading on its day; what was read before there was a plan is written down with it."""
        told = told_in_file("measures")
        for number, measure in enumerate(told["measures"]):
            key = str(number)
            yield measure["day"], partial(self._measure, key, measure)
            for value in measure["values"]:
                yield max(value[0], measure["day"]), partial(self._read, key, measure["keeper"], value)
        for risk in told["risks"]:
            yield risk["day"], partial(self._risk, risk)
            if "closed" in risk:
                yield risk["closed"]["day"], partial(self._close, risk)

    def _measure(self, key: str, told: Told) -> None:
        ready = BY_CODE.get(told.get("ready", ""))
        (baseline_on, baseline), (target_on, target) = told["baseline"], told["target"]
        self.measures[key] = add_measure(
            title=str(ready.title) if ready else told["title"],
            goal=self.planning.goals[told["goal"]],
            definition=str(ready.definition) if ready else told["definition"],
            source=str(ready.source) if ready else told["source"],
            unit=told.get("unit", ready.unit if ready else ""),
            kind=ready.kind if ready else Measure.Kind.LEADING,
            baseline=Decimal(baseline),
            baseline_on=self.planning.built.on(baseline_on),
            target=Decimal(target),
            target_on=self.planning.built.on(target_on),
            more_is_better=not told.get("fewer", False),
            every_months=ready.every_months if ready else told.get("months", 1),
            keeper=self.planning.who(told["keeper"]),
            ready=ready.code if ready else "",
            competencies=self.planning.serves(told.get("serves", [])),
            by=self.planning.who("amara"),
        )

    def _read(self, key: str, keeper: str, told: list[str]) -> None:
        day, value, note = told
        add_value(
            measure=self.measures[key],
            value=Decimal(value),
            on=self.planning.built.on(int(day)),
            note=note,
            by=self.planning.who(keeper),
        )

    def _risk(self, told: Told) -> None:
        self.risks[told["title"]] = add_risk(
            title=told["title"],
            goal=self.planning.goals[told["goal"]],
            likelihood=told["likelihood"],
            effect=told["effect"],
            response=told["response"],
            owner=self.planning.who(told["owner"]),
            review_on=self.planning.built.on(told["review"]),
            by=self.planning.who(told["by"]),
        )

    def _close(self, told: Told) -> None:
        came_true, by = told["closed"]["came_true"], self.planning.who(told["by"])
        close_risk(risk=self.risks[told["title"]], came_true=came_true, by=by)
