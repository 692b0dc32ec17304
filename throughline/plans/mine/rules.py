"""How what somebody has taken on is put in order. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from throughline.plans.mine.queries import Mine
from throughline.plans.models import Action

SOON, LATELY = timedelta(days=14), timedelta(days=30)


@dataclass(slots=True)
class Sorted:
    """What is late, what comes soon, what comes later or has no day, and what was done of late."""

    late: list[Mine] = field(default_factory=list)
    soon: list[Mine] = field(default_factory=list)
    later: list[Mine] = field(default_factory=list)
    undated: list[Mine] = field(default_factory=list)
    done: list[Mine] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """There is nothing at all."""
        return not (self.late or self.soon or self.later or self.undated or self.done)


def in_order(lines: Iterable[Mine], today: date) -> Sorted:
    """By when it is due; what was given up, or done long ago, is left out."""
    found = Sorted()
    for line in sorted(lines, key=lambda each: (each.due_on or date.max, each.title)):
        if line.is_open:
            _open(found, line, today)
        elif line.state == Action.State.DONE and line.state_on and line.state_on >= today - LATELY:
            found.done.append(line)
    return found


def _open(found: Sorted, line: Mine, today: date) -> None:
    if line.due_on is None:
        found.undated.append(line)
    elif line.due_on < today:
        found.late.append(line)
    elif line.due_on <= today + SOON:
        found.soon.append(line)
    else:
        found.later.append(line)
