"""What rooms above show on the page of a competency, beside its evidence and its history.

# in the room's AppConfig.ready()
panels.sources.add(agreed_steps)    # agreed_steps(request, record, competency) -> Panel | None
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from throughline.frameworks.tree import CompetencyItem
from throughline.kit.registry import Registry
from throughline.records.models import Record
from throughline.schools.tenant import MemberRequest

# `?history=all`: the page shows everything that was ever decided, and its panels everything that they know.
HISTORY, ALL = "history", "all"


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled part of the page; `order` places it among the others."""

    title: str
    content: SafeString
    order: int = 50


sources = Registry[
    Callable[[MemberRequest, Record, CompetencyItem], Panel | None]
]()  # each may use one query


def panels_for(request: MemberRequest, record: Record, competency: CompetencyItem) -> list[Panel]:
    """The panels that have something to say about this competency."""
    found = (source(request, record, competency) for source in sources)
    return sorted((panel for panel in found if panel), key=lambda panel: panel.order)
