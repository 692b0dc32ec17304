"""What a record carries over to a newer version of its framework. Pure, no database.

A competency that continues one other keeps where that one stood, whether it is the same, reworded or a part of it. One
that was merged is earned only when all of its sources were, and in progress when any was begun. What continues nothing
has not started; what was dropped stays in the history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.frameworks.versions.succession import Way, origins, way_between
from throughline.records.models import StandingValue
from throughline.records.queries import Profile, ProfileItem

_ALIKE = 0.3


def merged(standings: Sequence[str]) -> str:
    """Where a competency stands that continues several."""
    if standings and all(each == StandingValue.EARNED for each in standings):
        return StandingValue.EARNED.value
    if any(each != StandingValue.NOT_STARTED for each in standings):
        return StandingValue.IN_PROGRESS.value
    return StandingValue.NOT_STARTED.value


def carried(standings: Mapping[UUID, str], way: Way) -> dict[UUID, str]:
    """Where every competency at the end of the way stands that continues any, version by version."""
    at = dict(standings)
    for step in way:
        at = {
            new: _joined([at.get(old, StandingValue.NOT_STARTED.value) for old in olds])
            for new, olds in step.sources.items()
        }
    return at


def _joined(standings: Sequence[str]) -> str:
    return standings[0] if len(standings) == 1 else merged(standings)


def restated(profile: Profile, to: Tree) -> Profile:
    """An earlier profile in the words of a later version, so that the two can be laid beside each other.

    Competencies that continue nothing are left out: there is no earlier standing of theirs.
    """
    if profile.tree.version_id == to.version_id:
        return profile
    way = way_between(profile.tree.version_id, to.version_id)
    if way is None:
        return replace(profile, tree=to, items=())
    then = profile.by_competency()
    values = carried({key: str(item.standing) for key, item in then.items()}, way)
    before = origins(way, [each.id for each in to.competencies])
    items = [
        _restated(each, [then[old] for old in before[each.id] if old in then], values[each.id])
        for each in to.competencies
        if each.id in values and before[each.id]
    ]
    return replace(profile, tree=to, items=tuple(items))


def _restated(competency: CompetencyItem, sources: list[ProfileItem], standing: str) -> ProfileItem:
    dates = [each.decided_at for each in sources if each.decided_at]
    return ProfileItem(
        competency=competency,
        standing=standing,
        decision_id=sources[0].decision_id if len(sources) == 1 else None,
        decided_at=max(dates) if dates else None,
        recheck=any(each.recheck for each in sources),
        set_aside=aside_of([each.set_aside for each in sources]),
    )


def aside_of(reasons: Sequence[str | None]) -> str | None:
    """Whether a competency is set aside that continues these: only when all of them are."""
    if not reasons or any(each is None for each in reasons):
        return None
    return " · ".join(dict.fromkeys(each for each in reasons if each)) or ""


def indicators_between(old: CompetencyItem, new: CompetencyItem) -> dict[UUID, UUID]:
    """Which indicator of the new competency continues each old one: the same words, or the same code and words alike."""
    found: dict[UUID, UUID] = {}
    left = list(new.indicators)
    for idea in old.indicators:
        match = next((each for each in left if each.text == idea.text), None)
        if match is not None:
            found[idea.id] = match.id
            left.remove(match)
    for idea in old.indicators:
        if idea.id in found:
            continue
        match = next((each for each in left if each.code == idea.code and _alike(each.text, idea.text)), None)
        if match is not None:
            found[idea.id] = match.id
            left.remove(match)
    return found


def _alike(one: str, other: str) -> bool:
    a, b = set(one.casefold().split()), set(other.casefold().split())
    return len(a & b) / max(1, len(a | b)) >= _ALIKE
