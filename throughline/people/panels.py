"""Sections that rooms above add to the page about me (`/me/`), in the order in which they registered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from throughline.people.models import Person


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and what it needs to know about this person."""

    template: str
    context: Callable[[Person], dict[str, Any]]


_panels: list[Panel] = []


def register_panel(template: str, context: Callable[[Person], dict[str, Any]]) -> None:
    """Called once from a room's `apps.py`; the second time with the same template changes nothing."""
    if all(panel.template != template for panel in _panels):
        _panels.append(Panel(template, context))


def panels_for(person: Person) -> list[tuple[str, dict[str, Any]]]:
    """What the page includes: template and context of each panel."""
    return [(panel.template, panel.context(person)) for panel in _panels]
