"""What the page of a goal shows of its risks."""

from throughline.kit import clock
from throughline.plans.goals.beside import Panel
from throughline.plans.models import Goal
from throughline.plans.policy import may_change_plan
from throughline.plans.risks.queries import open_risks_of
from throughline.schools.tenant import Seat


def on_goal(seat: Seat, goal: Goal) -> Panel:
    """Its open risks, the gravest first. One query."""
    may = may_change_plan(seat.membership) and goal.state == Goal.State.OPEN
    return Panel("plans/_goal_risks.html", {"rows": open_risks_of(goal, clock.today()), "may_change": may})
