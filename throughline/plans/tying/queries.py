"""What a part of the plan serves, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from throughline.frameworks.tree import CompetencyItem, tree
from throughline.kit.prepared import prepared
from throughline.plans.models import Goal, Serves
from throughline.plans.tying.ties import Part, name_of, versions_served


@dataclass(frozen=True, slots=True)
class Served:
    """A competency that is served: its name and the hue of its domain; no hue for one of an older version."""

    id: UUID
    name: str
    hue: int | None


def competencies_of(organisation: UUID, goal: Goal | None = None) -> list[CompetencyItem]:
    """The competencies that a part may serve, in the framework's order. At most one query."""
    found = {
        each.id: each
        for version in versions_served(organisation, goal)
        for each in tree(version).competencies
    }
    return list(found.values())


def served_by(part: Part, known: Iterable[CompetencyItem]) -> list[Served]:
    """What a part serves, in the framework's order. One query."""
    names = dict(_served(part.organisation_id, name_of(part), part.pk))
    here = [Served(each.id, each.name, each.hue) for each in known if names.pop(each.id, None)]
    return [*here, *(Served(key, name, None) for key, name in names.items())]


@prepared
def _served(organisation: UUID, part: str, key: UUID) -> QuerySet[Serves, tuple[Any, ...]]:
    rows = Serves.objects.filter(organisation=organisation, **{part: key})
    return rows.order_by("competency__name").values_list("competency_id", "competency__name")
