"""What is done about a line of *you said → we did*: steps of the plan, a room above, which registers from its `apps.py`.

The team sees each step with its title and how it stands. Readers are told one plain sentence, decided when the line is
published and frozen with it: never a title, a name, a date of the plan, or that something is late (docs/decisions/0057).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.kit.registry import Registry
from throughline.schools.models import Membership
from throughline.schools.tenant import Seat
from throughline.voices.models import Reply

MOST_STEPS = 12  # of one line


class Stand(StrEnum):
    """How a step stands."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    STOPPED = "stopped"


WORDS: dict[Stand, str | Promise] = {
    Stand.PLANNED: gettext_lazy("planned"),
    Stand.UNDER_WAY: gettext_lazy("under way"),
    Stand.DONE: gettext_lazy("done"),
    Stand.STOPPED: gettext_lazy("given up"),
}
TONES = {Stand.PLANNED: "", Stand.UNDER_WAY: "info", Stand.DONE: "success", Stand.STOPPED: ""}


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the team sees it. `key` names it to the plan, `page` and `kwargs` the address of its page."""

    key: str
    title: str
    stand: Stand
    late: bool
    page: str
    kwargs: Mapping[str, str]

    @property
    def url(self) -> str:
        """The address of its page."""
        return reverse(self.page, kwargs=dict(self.kwargs))

    @property
    def words(self) -> str:
        """How it stands, in a word or two."""
        return _("late") if self.late else str(WORDS[self.stand])

    @property
    def tone(self) -> str:
        """The look of that word."""
        return "error" if self.late else TONES[self.stand]


Choices = list[tuple[str, list[tuple[str, str]]]]


class Plan(Protocol):
    """What the room above says of its steps."""

    def may_see(self, seat: Seat) -> object:
        """Whether somebody sees the steps, and may choose them for a line that they write."""

    def choices(self, organisation: UUID, chosen: Sequence[str]) -> Choices:
        """What can be chosen, in groups; of what is given up only what is chosen already. Two queries."""

    def of(self, organisation: UUID, school: str, replies: Sequence[UUID]) -> dict[UUID, list[Step]]:
        """The steps of lines, in the order of the plan. Two queries."""

    def keep(self, reply: Reply, keys: Sequence[str], by: Membership) -> None:
        """Make these the steps of a line. Raises `ValidationError` for what is none of this organization."""


plans = Registry[Plan]()


def steps_of(organisation: UUID, school: str, replies: Sequence[Reply]) -> dict[UUID, list[Step]]:
    """The steps of lines; nothing where no room above has any."""
    found: dict[UUID, list[Step]] = {}
    keys = [each.pk for each in replies]
    for plan in plans if keys else ():
        for reply, steps in plan.of(organisation, school, keys).items():
            found.setdefault(reply, []).extend(steps)
    return found


def stands_in(steps: Sequence[Step]) -> dict[str, int]:
    """What an edition keeps of the steps of a line: how many stand how."""
    return dict(sorted(Counter(str(each.stand) for each in steps).items()))


def progress_words(stands: Mapping[str, int]) -> str:
    """What readers are told of the steps of a line; nothing where there are none."""
    done, begun = stands.get(Stand.DONE, 0), stands.get(Stand.UNDER_WAY, 0)
    going = sum(stands.values()) - stands.get(Stand.STOPPED, 0)
    if not stands:
        return ""
    if not going:
        return _("What we had planned for this was given up.")
    if done == going:
        return _("What we planned for this is done.")
    if done:
        return _("Part of what we planned for this is done.")
    return _("We have begun.") if begun else _("It is in our plan.")
