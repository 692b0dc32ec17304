"""What an earlier round said, in the words of the version that its journey is on now."""

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.frameworks.versions.succession import origins, successors, way_between

Said = TypeVar("Said")


def item_now(framework: Tree, version_id: UUID, competency_id: UUID) -> CompetencyItem | None:
    """What a competency of a round's version is now: itself, or the first that continues it; None when it was dropped."""
    if competency_id in framework.by_id:
        return framework.by_id[competency_id]
    became = set(successors(way_between(version_id, framework.version_id) or (), competency_id))
    return next((each for each in framework.competencies if each.id in became), None)


def said_alike(framework: Tree, version_id: UUID, said: Mapping[UUID, Said]) -> dict[UUID, Said]:
    """What was said of competencies of an older version, for those of now; of several continued, all must have been
    said alike."""
    if version_id == framework.version_id:
        return dict(said)
    way = way_between(version_id, framework.version_id)
    if not way:
        return {}
    found = {}
    for new, olds in origins(way, framework.by_id).items():
        told = [said.get(old) for old in olds]
        if told and told[0] is not None and all(each == told[0] for each in told):
            found[new] = told[0]
    return found
