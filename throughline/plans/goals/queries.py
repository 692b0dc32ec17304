"""The plan as a page shows it: goals with their actions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from throughline.frameworks.tree import tree
from throughline.journeys.models import Priority, Round
from throughline.kit.prepared import prepared
from throughline.plans.doing.queries import Line
from throughline.plans.models import Action, Goal

ALL_SHOWN, SHOWN_EACH = 120, 8  # a plan with more open actions than the first shows so many of each goal


@dataclass(slots=True)
class Planned:
    """A goal and its actions as the plan shows them; without a goal, the actions that stand by themselves.

    `lines` are those asked for, `more` says how many of them are left to the goal's own page.
    """

    goal: Goal | None
    lines: list[Line] = field(default_factory=list)
    more: int = 0
    done: int = 0
    total: int = 0  # without those given up


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of the plan. Without anything: the open actions of every goal that is worked on."""

    journey: str = ""
    owner: str = ""
    state: str = ""

    @property
    def is_all(self) -> bool:
        """Nothing is left out but what is over."""
        return not (self.journey or self.owner or self.state)

    def shows(self, line: Line, waits: Mapping[UUID, int], today: date) -> bool:
        """Whether this action is asked for."""
        if self.owner and str(line.owner_id) != self.owner:
            return False
        match self.state:
            case "late":
                return line.is_late(today)
            case "unowned":
                return line.needs_owner
            case "waiting":
                return line.is_open and bool(waits.get(line.id))
            case "all":
                return True
            case Action.State.PLANNED | Action.State.UNDER_WAY | Action.State.DONE | Action.State.DROPPED:
                return line.state == self.state
        return line.is_open


def planned(
    goals: Iterable[Goal], lines: Iterable[Line], asked: Asked, waits: Mapping[UUID, int], today: date
) -> list[Planned]:
    """Goals that are worked on with the actions asked for, in the plan's order, then the actions without a goal. Pure.

    With a filter, goals where nothing is found are left out.
    """
    found: dict[UUID | None, Planned] = {
        goal.pk: Planned(goal)
        for goal in goals
        if goal.state == Goal.State.OPEN and asked.journey in ("", str(goal.journey_id))
    }
    if not asked.journey:
        found[None] = Planned(None)
    for line in lines:
        block = found.get(line.goal_id)
        if block is None:
            continue
        block.total += line.state != Action.State.DROPPED
        block.done += line.state == Action.State.DONE
        if asked.shows(line, waits, today):
            block.lines.append(line)
    _shorten(found.values())
    return [
        block for block in found.values() if block.lines or (block.goal and not (asked.owner or asked.state))
    ]


def _shorten(blocks: Iterable[Planned]) -> None:
    if sum(len(block.lines) for block in blocks) <= ALL_SHOWN:
        return
    for block in blocks:
        block.more = max(0, len(block.lines) - SHOWN_EACH)
        del block.lines[SHOWN_EACH:]


@dataclass(frozen=True, slots=True)
class Counts:
    """The plan in numbers."""

    open: int
    late: int
    unowned: int
    done: int


def counted(lines: Iterable[Line], today: date) -> Counts:
    """How many actions are open, late, without an owner, done. Pure."""
    rows = list(lines)
    return Counts(
        open=sum(each.is_open for each in rows),
        late=sum(each.is_late(today) for each in rows),
        unowned=sum(each.needs_owner for each in rows),
        done=sum(each.state == Action.State.DONE for each in rows),
    )


@prepared
def read_goals(organisation: UUID) -> QuerySet[Goal]:
    """Every goal in the plan's order. For whoever sees the whole plan."""
    return Goal.objects.filter(organisation=organisation).order_by("position", "made_at", "pk")


def priorities_to_choose(organisation: UUID, besides: UUID | None = None) -> list[tuple[UUID, str]]:
    """The priorities of closed rounds, the newest first, in words. One query."""
    closed = Q(round__state=Round.State.CLOSED, dropped_at__isnull=True)
    rows = Priority.objects.filter(closed | Q(pk=besides), organisation=organisation)
    rows = rows.select_related("journey__record").order_by("-chosen_at", "position")[:30]
    return [(each.pk, in_words(each)) for each in rows]


def in_words(priority: Priority) -> str:
    """A priority by the name of its competency and why it was chosen."""
    known: Any = tree(priority.journey.record.version_id).by_id.get(priority.competency_id)
    name = known.name if known else priority.competency.name
    return f"{name} – {priority.why_now}"
