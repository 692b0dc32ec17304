"""What other capabilities show on the page of an action. They register from `apps.py`."""

from collections.abc import Callable
from typing import Any, NamedTuple

from throughline.kit.registry import Registry
from throughline.plans.models import Action
from throughline.schools.tenant import Seat


class Panel(NamedTuple):
    """A part of the page: its template and what that is given."""

    template: str
    context: dict[str, Any]


_panels = Registry[Callable[[Seat, Action], Panel]]()
on_action = _panels.add


def panels_of(seat: Seat, action: Action) -> list[Panel]:
    """What stands below an action. Each may ask the database once."""
    return [panel(seat, action) for panel in _panels]
