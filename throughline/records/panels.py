"""What rooms above show on the page of a competency, beside its evidence and its history.

# in the room's AppConfig.ready(); `at_the_table.add` puts it on the page where a team agrees as well
panels.sources.add(agreed_steps)    # agreed_steps(request, record, competency) -> Panel | None

Every panel is asked each time that somebody opens such a page, so it stays cheap:
- where it has nothing to say, it asks one query at most, and none where the request already tells (a role, a setting);
- that query is prepared (`kit.prepared`) and reads with `values_list()` or `only()` what the panel says, no long text;
- it comes before anything else that costs: a template, an address, a tree are for what was found;
- further queries only where there is something to say, and never one for each row;
- a room that has much to say reads it together: one source for it, not one for each kind.
`home/tests/test_panels.py` holds every registered source to this.
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


Source = Callable[[MemberRequest, Record, CompetencyItem], Panel | None]
sources = Registry[Source]()
# Those that also help a team while it agrees: they stand on that page too, which is shown to a whole room.
at_the_table = Registry[Source]()


def panels_for(request: MemberRequest, record: Record, competency: CompetencyItem) -> list[Panel]:
    """The panels that have something to say about this competency."""
    return _said(sources, request, record, competency)


def panels_at_the_table(request: MemberRequest, record: Record, competency: CompetencyItem) -> list[Panel]:
    """The few that stand beside what a team agrees on."""
    return _said(at_the_table, request, record, competency)


def _said(
    asked: Registry[Source], request: MemberRequest, record: Record, competency: CompetencyItem
) -> list[Panel]:
    found = (source(request, record, competency) for source in asked)
    return sorted((panel for panel in found if panel), key=lambda panel: panel.order)
