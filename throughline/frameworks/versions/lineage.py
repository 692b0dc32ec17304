"""The versions that a version was made from, and where a competency of one of them stands in another.

Published versions never change, so a line is read once per process, like a tree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    """A version in a line. `onward`: by code what its competencies became in the next newer one (none for the newest)."""

    framework_id: UUID
    number: str
    version_id: UUID
    onward: Step


def line_of(version_id: UUID) -> tuple[Ancestor, ...]:
    """The version itself and those before it, newest first; a copy of another framework goes on with that one."""
    if version_id not in _lines:
        if len(_lines) > _KEPT:
            _lines.clear()
        _lines[version_id] = tuple(_read(version_id))
    return _lines[version_id]


def _read(version_id: UUID) -> list[Ancestor]:
    found: list[Ancestor] = []
    here: UUID | None = version_id
    newer: UUID | None = None
    while here is not None:
        version = FrameworkVersion.objects.only("framework_id", "number", "supersedes_id").get(pk=here)
        onward = _fates(newer) if newer else {}
        found.append(Ancestor(version.framework_id, version.number, version.pk, onward))
        newer, here = version.pk, version.supersedes_id
    return found


def _fates(version_id: UUID) -> dict[str, tuple[str, ...]]:
    became: dict[str, tuple[str, ...]] = {}
    rows = ItemFate.objects.filter(version=version_id).values_list("old__code", "new__code")
    for old, new in rows.order_by("new__code"):
        became[old] = (*became.get(old, ()), *([new] if new else []))
    return became


def carried(framework_id: UUID, number: str, code: str, to: UUID) -> frozenset[str]:
    """The codes in version `to` of what was `code` in that version of that framework; none where it has no place.

    Versions of one framework that nobody tied together go by the code itself.
    """
    line = line_of(to)
    for place, each in enumerate(line):
        if (each.framework_id, each.number) == (framework_id, number):
            return forward([code], [step.onward for step in reversed(line[1 : place + 1])])
    later = _id_of(framework_id, number)
    newer = line_of(later) if later else ()
    for place, each in enumerate(newer):
        if each.version_id == to:
            return backward([code], [step.onward for step in newer[1 : place + 1]])
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
