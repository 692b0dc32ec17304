"""What the timeline is drawn from: the lines of the plan, put into lanes."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from throughline.frameworks.tree import tree
from throughline.journeys.versions import item_now
from throughline.kit.prepared import prepared
from throughline.plans.doing.queries import Line
from throughline.plans.models import Action, Goal
from throughline.plans.timeline.layout import Bar, Lane

WITHOUT = "without"


class Aim(NamedTuple):
    """A goal, and the priority that it follows from: the competency, and the versions it was and is spoken of in."""

    id: UUID
    title: str
    state: str
    competency: UUID | None
    then: UUID | None
    now: UUID

    @property
    def priority(self) -> tuple[str, str]:
        """A key and the name of the competency that was chosen; empty when it follows from none."""
        if self.competency is None or self.then is None:
            return "", ""
        item = item_now(tree(self.now), self.then, self.competency)
        return (str(item.id), item.name) if item else ("", "")


def aims_of(organisation: UUID) -> list[Aim]:
    """The goals in the plan's order. One query."""
    return [Aim(*each) for each in _aims(organisation)]


@prepared
def _aims(organisation: UUID) -> QuerySet[Goal, tuple[Any, ...]]:
    return (
        Goal.objects.filter(organisation=organisation)
        .order_by("position", "made_at", "pk")
        .values_list(
            "pk",
            "title",
            "state",
            "priority__competency",
            "priority__round__framework_version",
            "journey__record__version",
        )
    )


def bar_of(line: Line, today: date) -> Bar:
    """A line of the plan as the timeline shows it."""
    return Bar(line.id, line.title, line.state, line.starts_on, line.due_on, line.is_late(today))


@dataclass(frozen=True, slots=True)
class By:
    """A way to put actions together: the key and the name of the lane of each, and what lanes are called without one."""

    of: Callable[[Line], tuple[str, str]]
    without: str
    order: tuple[str, ...] = ()


def by_goal(aims: Iterable[Aim], without: str) -> By:
    """A lane for each goal, in the plan's order."""
    names = {each.id: (str(each.id), each.title) for each in aims}
    nothing = ("", "")
    return By(
        lambda line: names.get(line.goal_id, nothing) if line.goal_id else nothing,
        without,
        tuple(str(key) for key in names),
    )


def by_priority(aims: Iterable[Aim], without: str) -> By:
    """A lane for each competency that was chosen as a priority."""
    names = {each.id: each.priority for each in aims}
    return By(
        lambda line: names.get(line.goal_id, ("", "")) if line.goal_id else ("", ""),
        without,
        tuple(dict.fromkeys(key for key, _name in names.values())),
    )


def by_person(without: str) -> By:
    """A lane for each owner who is here, by name."""

    def owner(line: Line) -> tuple[str, str]:
        if not line.owner_id or not line.owner or line.owner_left is not None:
            return "", ""
        return str(line.owner_id), line.owner

    return By(owner, without)


def lanes_of(lines: Iterable[Line], by: By, today: date, opened: str) -> list[Lane]:
    """The lanes; what belongs to none comes last."""
    names: dict[str, str] = {}
    bars: dict[str, list[Bar]] = defaultdict(list)
    for line in lines:
        key, name = by.of(line)
        names[key] = name
        bars[key].append(bar_of(line, today))
    order = [key for key in by.order if key in names] or sorted(names, key=lambda key: names[key].casefold())
    keys = [*(key for key in order if key), *([""] if "" in names else [])]
    return [
        Lane(key or WITHOUT, names[key] or by.without, bars[key], is_open=opened == (key or WITHOUT))
        for key in keys
    ]


def shown(lines: Iterable[Line], *, whole: bool) -> list[Line]:
    """Without `whole`, what was given up is left out."""
    return [each for each in lines if whole or each.state != Action.State.DROPPED]
