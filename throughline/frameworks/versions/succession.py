"""The way from one version to a later one that was made from it: which competencies each new one continues.

Published versions never change, so a way is read once per process and costs no query after that.
"""

from collections.abc import Iterable
from uuid import UUID

from throughline.frameworks.tree import forget_with_trees
from throughline.frameworks.versions.lineage import Ancestor, line_of

Way = tuple[Ancestor, ...]
"""The versions after the first one, oldest first, each with what its competencies continue."""
_known: dict[tuple[UUID, UUID], Way | None] = {}
forget_with_trees(_known.clear)


def way_between(old_id: UUID, new_id: UUID) -> Way | None:
    """The steps from a version to a later one; empty when they are the same, None when the one was not made from the
    other."""
    key = (old_id, new_id)
    if key not in _known:
        _known[key] = _read(old_id, new_id)
    return _known[key]


def _read(old_id: UUID, new_id: UUID) -> Way | None:
    if old_id == new_id:
        return ()
    line = line_of(new_id)
    place = next((place for place, each in enumerate(line) if each.version_id == old_id), None)
    return None if place is None else line[:place][::-1]


def origins(way: Way, competencies: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The competencies at the beginning of the way that each of these at its end goes back to."""
    found: dict[UUID, tuple[UUID, ...]] = {each: (each,) for each in competencies}
    for step in reversed(way):
        found = {
            each: tuple(dict.fromkeys(old for new in at for old in step.sources.get(new, ())))
            for each, at in found.items()
        }
    return found


def past_of(way: Way, competency_id: UUID) -> set[UUID]:
    """Every competency on the way that this one goes back to, whatever its version; not itself."""
    past: set[UUID] = set()
    at = {competency_id}
    for step in reversed(way):
        at = {old for new in at for old in step.sources.get(new, ())}
        past |= at
    return past


def successors(way: Way, competency_id: UUID) -> tuple[UUID, ...]:
    """What a competency at the beginning of the way has become at its end; nothing when it was dropped."""
    at = {competency_id}
    for step in way:
        at = {new for new, olds in step.sources.items() if at.intersection(olds)}
    return tuple(at)
