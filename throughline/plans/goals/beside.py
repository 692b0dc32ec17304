"""What other capabilities show on the page of a goal: its measures, its risks. They register from `apps.py`."""

from collections.abc import Callable
from typing import Any, NamedTuple

from throughline.kit.registry import Registry
from throughline.plans.models import Goal
from throughline.schools.tenant import Seat


class Panel(NamedTuple):
    """A part of the page: its template and what that is given."""

    template: str
    context: dict[str, Any]


_panels = Registry[Callable[[Seat, Goal], Panel]]()
on_goal = _panels.add


def panels_of(seat: Seat, goal: Goal) -> list[Panel]:
    """What stands beside a goal's actions. Each may ask the database twice."""
    return [panel(seat, goal) for panel in _panels]
