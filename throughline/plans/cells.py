"""How many people: shown from five on. Plain numbers in, what may be shown out; nothing here knows of people.

Three rules keep a small group from being worked out. A number below five is never shown, none included. A sum is made of
what is shown, never of what is true: taking what is shown from it leaves nothing (`in_all`). Where everybody knows the sum,
the parts are shown all or not at all (`parts_of`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEAST = 5


def shown(number: int) -> int | None:
    """The number itself from five on; None means fewer than five, perhaps none."""
    return number if number >= LEAST else None


@dataclass(frozen=True, slots=True)
class InAll:
    """`number` at least; `more` when something that is not shown comes on top of it."""

    number: int
    more: bool


def in_all(cells: Iterable[int | None]) -> InAll | None:
    """The sum of cells as they are shown: a function of nothing else. None when nothing is shown."""
    told = list(cells)
    known = [cell for cell in told if cell is not None]
    return InAll(sum(known), len(known) < len(told)) if known else None


def parts_of(parts: Sequence[int]) -> list[int | None]:
    """Parts of a whole whose size everybody knows: all of them, or none when one is small."""
    if any(part < LEAST for part in parts):
        return [None for _part in parts]
    return list(parts)
