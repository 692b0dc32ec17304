"""The plan as a page shows it: goals with their actions."""

from dataclasses import dataclass, field
from uuid import UUID

from throughline.plans.models import Action, Goal
from throughline.plans.queries import actions_of, goals_of
from throughline.schools.tenant import Seat


@dataclass(slots=True)
class Planned:
    """A goal and its actions; without a goal, the actions that stand by themselves."""

    goal: Goal | None
    actions: list[Action] = field(default_factory=list)


def whole_plan(seat: Seat) -> list[Planned]:
    """Every goal with its actions, then the actions without one. Two queries."""
    found: dict[UUID | None, Planned] = {goal.pk: Planned(goal) for goal in goals_of(seat)}
    for action in actions_of(seat):
        found.setdefault(action.goal_id, Planned(None)).actions.append(action)
    return list(found.values())
