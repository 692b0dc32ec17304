"""What the page of a goal shows of its measures."""

from throughline.kit import clock
from throughline.plans.goals.beside import Panel
from throughline.plans.measuring.queries import read_of_goal
from throughline.plans.models import Goal
from throughline.plans.policy import may_change_plan
from throughline.schools.tenant import Seat


def on_goal(seat: Seat, goal: Goal) -> Panel:
    """Its measures with their newest values. Two queries."""
    rows = [each for each in read_of_goal(goal, clock.today()) if each.measure.ended_at is None]
    may = may_change_plan(seat.membership) and goal.state == Goal.State.OPEN
    return Panel("plans/_goal_measures.html", {"rows": rows, "may_change": may})
