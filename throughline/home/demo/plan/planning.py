"""Goals and actions: who takes on what by when, how it goes, and what is put off."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from uuid import UUID

from throughline.home.demo.building import Building
from throughline.home.demo.plan.days import Doing
from throughline.home.demo.plan.texts import Told, told_in
from throughline.journeys.models import Journey, Priority
from throughline.plans.doing.actions import add_action, change_due, change_state
from throughline.plans.goals.actions import add_goal, change_goal_state
from throughline.plans.models import Action, Goal
from throughline.schools.models import Membership


class Planning:
    """The plan as far as it is built: its goals and actions by what the files call them."""

    def __init__(self, built: Building, journey: Journey) -> None:
        self.built, self.journey = built, journey
        self.goals: dict[str, Goal] = {}
        self.actions: dict[str, Action] = {}
        chosen = Priority.objects.filter(
            organisation=journey.organisation_id, journey=journey, dropped_at=None
        )
        self.priorities = {each.competency_id: each for each in chosen.order_by("chosen_at")}

    def who(self, key: str) -> Membership:
        """Somebody of the school."""
        return self.built.seats[key].membership

    def day(self, day: int | None) -> date | None:
        """A day that is counted from the base, where one is told."""
        return None if day is None else self.built.on(day)

    def serves(self, codes: list[str]) -> list[UUID]:
        """Competencies by their codes."""
        return [self.built.by_code[code].id for code in codes]

    def doings(self) -> Iterator[Doing]:
        """Everything that happened to goals and actions, each on its day."""
        for told in told_in("goals"):
            yield told["day"], partial(self._goal, told)
            for each in told["actions"]:
                yield told["day"] + 1, partial(self._action, each, told)
                for said in each.get("said", ()):
                    yield said["day"], partial(self._say, each["key"], said)
                for moved in each.get("moved", ()):
                    yield moved["day"], partial(self._move, each["key"], moved)
            if "reached" in told:
                yield told["reached"]["day"], partial(self._reach, told)

    def _goal(self, told: Told) -> None:
        priority = self.built.by_code[told["priority"]].id if "priority" in told else None
        self.goals[told["key"]] = add_goal(
            journey=self.journey,
            title=told["title"],
            for_whom=told["for_whom"],
            by_when=self.day(told["by_when"]),
            priority=self.priorities[priority] if priority else None,
            competencies=self.serves(told["serves"]),
            by=self.who(told["by"]),
        )

    def _action(self, told: Told, goal: Told) -> None:
        self.actions[told["key"]] = add_action(
            title=told["title"],
            goal=self.goals[goal["key"]],
            owner=self.who(told["owner"]) if "owner" in told else None,
            helpers=[self.who(key) for key in told.get("helpers", ())],
            starts_on=self.day(told.get("starts")),
            due_on=self.day(told.get("due")),
            done_when=told["done_when"],
            resources=told.get("resources", ""),
            waits_for=[self.actions[key] for key in told.get("waits", ())],
            competencies=self.serves(told.get("serves", [])),
            by=self.who(goal["by"]),
        )

    def _say(self, key: str, told: Told) -> None:
        action = self.actions[key]
        state, text = told.get("state", action.state), told.get("text", "")
        self.actions[key] = change_state(action=action, state=state, text=text, by=self.who(told["by"]))

    def _move(self, key: str, told: Told) -> None:
        due = self.built.on(told["due"])
        by = self.who(told["by"])
        self.actions[key] = change_due(action=self.actions[key], due_on=due, why=told["why"], by=by)

    def _reach(self, told: Told) -> None:
        goal, reached = self.goals[told["key"]], told["reached"]
        by = self.who(reached["by"])
        change_goal_state(goal=goal, state=Goal.State.REACHED, why=reached["why"], by=by)
