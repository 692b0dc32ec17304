"""The plan as a whole, and its goals."""

from throughline.plans.goals.views.goal import change, goal, move, new, state
from throughline.plans.goals.views.plan import plan

__all__ = ["change", "goal", "move", "new", "plan", "state"]
