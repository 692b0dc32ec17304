"""What follows from the changes of stage of an element: which edition is in force on a day, and what has been reached.

Pure: takes rows, asks nothing.
"""

from collections.abc import Iterable
from datetime import date

from throughline.elements.models import Stage, StageChange

ORDER = tuple(Stage)


def in_force(changes: Iterable[StageChange], day: date) -> StageChange | None:
    """The change by which an edition is in force on a day: the last that began before it and was not ended since.

    Days count, not the order in which they were written down: schools say afterwards what held long ago.
    """
    told = [each for each in changes if each.stage in (Stage.IN_FORCE, Stage.SUPERSEDED) and each.on <= day]
    last = max(told, key=lambda each: (each.on, each.at, each.pk), default=None)
    return last if last is not None and last.stage == Stage.IN_FORCE else None


def coming(changes: Iterable[StageChange], day: date) -> StageChange | None:
    """The next change by which an edition comes into force after a day."""
    told = [each for each in changes if each.stage == Stage.IN_FORCE and each.on > day]
    return min(told, key=lambda each: (each.on, each.at, each.pk), default=None)
