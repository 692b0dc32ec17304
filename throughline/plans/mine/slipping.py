"""What slipped, and what waits for whom: read once for the page and for the weekly meeting."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from throughline.kit.prepared import prepared
from throughline.plans.doing.queries import Line, lines_of
from throughline.plans.models import OPEN_STATES, LogEntry, Waits

OFTEN = 2  # put off so many times, it is worth a word


class Held(NamedTuple):
    """That one action waits for another: both names, and the day that the waiting one is due."""

    awaited: UUID
    waiting: UUID
    waiting_title: str
    waiting_due: date | None


@dataclass(slots=True)
class Holding:
    """An unfinished action that others wait for."""

    line: Line
    waiting: list[Held] = field(default_factory=list)


@dataclass(slots=True)
class Slipped:
    """The lists of the page; each names an action at most once."""

    late: list[tuple[Line, int, int]] = field(default_factory=list)  # days late, times put off
    put_off: list[tuple[Line, int]] = field(default_factory=list)
    unowned: list[Line] = field(default_factory=list)
    holding: list[tuple[str, list[Holding]]] = field(default_factory=list)  # by who holds it up

    @property
    def is_empty(self) -> bool:
        """Nothing slipped and nothing waits."""
        return not (self.late or self.put_off or self.unowned or self.holding)


def read_slipped(organisation: UUID, today: date) -> Slipped:
    """What slipped in a plan. Three queries."""
    lines = [line for line in lines_of(organisation) if line.is_open]
    times = Counter(_put_off(organisation))
    held = [Held(*each) for each in _held(organisation)]
    return slipped_of(lines, times, held, today)


def slipped_of(lines: list[Line], times: Counter[UUID], held: list[Held], today: date) -> Slipped:
    """The same from what was read. Pure."""
    found = Slipped()
    for line in sorted(lines, key=lambda each: (each.due_on or date.max, each.title)):
        if line.due_on and line.due_on < today:
            found.late.append((line, (today - line.due_on).days, times[line.id]))
        elif times[line.id] >= OFTEN:
            found.put_off.append((line, times[line.id]))
        elif line.needs_owner:
            found.unowned.append(line)
    known = {line.id: Holding(line) for line in lines}
    for each in held:
        if each.awaited in known:
            known[each.awaited].waiting.append(each)
    by_owner: dict[str, list[Holding]] = defaultdict(list)
    for holding in known.values():
        if holding.waiting:
            by_owner["" if holding.line.needs_owner else holding.line.owner or ""].append(holding)
    found.holding = sorted(by_owner.items(), key=lambda pair: (not pair[0], pair[0].casefold()))
    return found


@prepared
def _put_off(organisation: UUID) -> QuerySet[LogEntry, Any]:
    """The action of each change that gave it another day."""
    rows = LogEntry.objects.filter(
        organisation=organisation,
        kind=LogEntry.Kind.CHANGED,
        data__has_key="due_on",
        action__state__in=list(OPEN_STATES),
    )
    return rows.values_list("action_id", flat=True)


@prepared
def _held(organisation: UUID) -> QuerySet[Waits, tuple[Any, ...]]:
    rows = Waits.objects.filter(
        organisation=organisation, on__state__in=list(OPEN_STATES), action__state__in=list(OPEN_STATES)
    )
    return rows.order_by("action__due_on", "action__title").values_list(
        "on_id", "action_id", "action__title", "action__due_on"
    )
