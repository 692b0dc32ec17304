"""What other capabilities show on the page of a goal: its measures, its risks. They register from `apps.py`."""

from collections.abc import Callable

from throughline.kit.registry import Registry
from throughline.plans.doing.beside import Panel
from throughline.plans.models import Goal
from throughline.schools.tenant import Seat

__all__ = ["Panel", "on_goal", "panels_of"]
_panels = Registry[Callable[[Seat, Goal], Panel]]()
on_goal = _panels.add


def panels_of(seat: Seat, goal: Goal) -> list[Panel]:
    """What stands beside a goal's actions. Each may ask the database twice."""
    return [panel(seat, goal) for panel in _panels]
