"""The versions that a version was made from, and where a competency of one of them stands in another.

Published versions never change, so a line is read once per process, like a tree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from throughline.frameworks.models import FrameworkVersion, ItemFate
from throughline.frameworks.tree import forget_with_trees

Step = Mapping[str, tuple[str, ...]]  # by code, what each competency became in the next version

_lines: "dict[UUID, tuple[Ancestor, ...]]" = {}
_ids: dict[tuple[UUID, str], UUID | None] = {}
_KEPT = 500
forget_with_trees(_lines.clear)
forget_with_trees(_ids.clear)


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A version in a line. Of the version that it was made from: by code, what its competencies became here (`step`);
    by id, which of them each one here continues (`sources`)."""

    framework_id: UUID
    number: str
    version_id: UUID
    step: Step
    sources: Mapping[UUID, tuple[UUID, ...]] = field(repr=False)


def line_of(version_id: UUID) -> tuple[Ancestor, ...]:
    """The version itself and those before it, newest first; a copy of another framework goes on with that one."""
    if version_id not in _lines:
        if len(_lines) > _KEPT:
            _lines.clear()
        _lines[version_id] = tuple(_read(version_id))
    return _lines[version_id]


def _read(version_id: UUID) -> list[Ancestor]:
    versions: list[FrameworkVersion] = []
    here: UUID | None = version_id
    while here is not None:
        versions.append(FrameworkVersion.objects.only("framework_id", "number", "supersedes_id").get(pk=here))
        here = versions[-1].supersedes_id
    steps: dict[UUID, dict[str, tuple[str, ...]]] = {each.pk: {} for each in versions}
    sources: dict[UUID, dict[UUID, tuple[UUID, ...]]] = {each.pk: {} for each in versions}
    rows = ItemFate.objects.filter(version__in=versions) if len(versions) > 1 else ItemFate.objects.none()
    for at, old, old_code, new, new_code in rows.order_by(
        "old__domain__position", "old__position"
    ).values_list("version_id", "old_id", "old__code", "new_id", "new__code"):
        steps[at].setdefault(old_code, ())
        if new is not None:
            steps[at][old_code] += (new_code,)
            sources[at][new] = (*sources[at].get(new, ()), old)
    return [
        Ancestor(each.framework_id, each.number, each.pk, steps[each.pk], sources[each.pk])
        for each in versions
    ]


def carried(framework_id: UUID, number: str, code: str, to: UUID) -> frozenset[str]:
    """The codes in version `to` of what was `code` in that version of that framework; none where it has no place.

    Versions of one framework that nobody tied together go by the code itself.
    """
    line = line_of(to)
    for place, each in enumerate(line):
        if (each.framework_id, each.number) == (framework_id, number):
            return forward([code], [newer.step for newer in reversed(line[:place])])
    later = _id_of(framework_id, number)
    newer = line_of(later) if later else ()
    for place, each in enumerate(newer):
        if each.version_id == to:
            return backward([code], [each.step for each in newer[:place]])
    return frozenset([code]) if line[0].framework_id == framework_id else frozenset()


def _id_of(framework_id: UUID, number: str) -> UUID | None:
    key = (framework_id, number)
    if key not in _ids:
        found = FrameworkVersion.objects.filter(framework=framework_id, number=number)
        _ids[key] = found.values_list("pk", flat=True).first()
    return _ids[key]


def forward(codes: Iterable[str], steps: Iterable[Step]) -> frozenset[str]:
    """The codes that continue `codes` after these steps, the oldest step first. What was dropped is gone."""
    found = frozenset(codes)
    for step in steps:
        found = frozenset(new for code in found for new in step.get(code, ()))
    return found


def backward(codes: Iterable[str], steps: Iterable[Step]) -> frozenset[str]:
    """The codes that `codes` came from, the newest step first. What is new came from none."""
    found = frozenset(codes)
    for step in steps:
        found = frozenset(old for old, news in step.items() if found.intersection(news))
    return found
