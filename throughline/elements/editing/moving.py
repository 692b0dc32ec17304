"""Moving what somebody sent over what others did meanwhile. Pure: the same arithmetic as the browser's.

Nobody is refused because somebody else was faster: with thirty people writing, taking only what was made on the newest
version would starve whoever has the slowest line (decision 33).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from prosemirror.transform import Mapping, Step, StepMap


class Known(Protocol):
    """A step that happened."""

    @property
    def map(self) -> StepMap: ...
    @property
    def batch(self) -> UUID | None: ...
    @property
    def place(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """One step that was sent, under its batch and the place in it."""

    step: Step
    batch: UUID
    place: int


class Mover:
    """Moves steps, each made after the one before it, over what happened since the first was made.

    What happened may hold some of them already, written down when they were sent for the first time.
    """

    def __init__(self, sent: Sequence[Sent], over: Sequence[Known]) -> None:
        self.sent = sent
        self.mapping = Mapping([each.step.get_map().invert() for each in reversed(sent)])
        self.known: set[int] = set()
        numbers = {(each.batch, each.place): number for number, each in enumerate(sent)}
        for each in over:
            number = numbers.get((each.batch, each.place)) if each.batch else None
            if number is None or number in self.known:
                self.mapping.append_map(each.map)
            else:
                self.known.add(number)
                self.mapping.append_map(each.map, self._back(number) - 1)
        self.straight = not over

    def _back(self, number: int) -> int:
        return len(self.sent) - number

    def moved(self) -> Iterator[tuple[int, Step | None]]:
        """(which, how it reads now, or None when its place is gone). Say of each what became of it: `done` or `dropped`."""
        for number, each in enumerate(self.sent):
            if number not in self.known:
                yield number, each.step if self.straight else self._move(number, each.step)

    def _move(self, number: int, step: Step) -> Step | None:
        try:
            return step.map(self.mapping.slice(self._back(number)))
        except Exception:  # the library raises where JavaScript answers null
            return None

    def done(self, number: int, moved: Step) -> None:
        """It was written down."""
        self.mapping.append_map(moved.get_map(), self._back(number) - 1)

    def dropped(self) -> None:
        """It was refused: what comes after it cannot stay as it is."""
        self.straight = False
