"""Which competencies of the journey the parts of the plan serve: offered to choose, read, and written down."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughline.elements.structure.queries import competencies_tied, journey_tree
from throughline.frameworks.tree import CompetencyItem, tree
from throughline.journeys.models import Journey
from throughline.kit.prepared import prepared
from throughline.plans.models import Action, Goal, Measure, Offering, Policy, Risk, Serves, SmallTest
from throughline.schools.models import Membership, Organisation

Part = Goal | Action | Measure | Risk | SmallTest | Policy | Offering
# What a part is called in `Serves`, by the name of its table's model.
NAMES = {
    "goal": "goal",
    "action": "action",
    "measure": "measure",
    "risk": "risk",
    "smalltest": "test",
    "policy": "policy",
    "offering": "offering",
}


@dataclass(frozen=True, slots=True)
class Served:
    """A competency that is served: its name and the hue of its domain; no hue for one of another version."""

    id: UUID
    name: str
    hue: int | None


@prepared
def _versions(organisation: UUID) -> QuerySet[Journey, UUID]:
    """The framework versions of an organisation's journeys."""
    return (
        Journey.objects.filter(organisation=organisation, archived_at=None)
        .order_by("record__version_id")
        .values_list("record__version_id", flat=True)
        .distinct()
    )


def versions_served(organisation: UUID, goal: Goal | None = None) -> list[UUID]:
    """The framework versions whose competencies a part may serve: its goal's, without one those of all journeys."""
    return [goal.journey.record.version_id] if goal is not None else _versions(organisation)


def competencies_of(organisation: UUID, goal: Goal | None = None) -> list[CompetencyItem]:
    """The competencies that a part may serve, in the framework's order. At most one query."""
    versions = versions_served(organisation, goal)
    return list({each.id: each for version in versions for each in tree(version).competencies}.values())


def competencies_offered(organisation: Organisation) -> list[CompetencyItem]:
    """The same, and before any journey has begun those of the framework that all share. One query, then four at most."""
    if found := competencies_of(organisation.pk):
        return found
    known = journey_tree(organisation)
    return list(known.competencies) if known else []


def served_by(part: Part, known: Iterable[CompetencyItem]) -> list[Served]:
    """What a part serves, in the framework's order. One query."""
    names = dict(_served(part.organisation_id, _name_of(part), part.pk))
    here = [Served(each.id, each.name, each.hue) for each in known if names.pop(each.id, None)]
    return [*here, *(Served(key, name, None) for key, name in names.items())]


@prepared
def _served(organisation: UUID, part: str, key: UUID) -> QuerySet[Serves, tuple[Any, ...]]:
    rows = Serves.objects.filter(organisation=organisation, **{part: key})
    return rows.order_by("competency__name").values_list("competency_id", "competency__name")


def served_by_each(
    organisation: Organisation, part: str, ids: Collection[UUID] | None = None
) -> dict[UUID, list[CompetencyItem]]:
    """What each of these serves, by its id (all of their kind without `ids`). One query, and the tree of the framework."""
    rows = Serves.objects.filter(organisation=organisation, **{f"{part}__isnull": False})
    if ids is not None:
        rows = rows.filter(**{f"{part}__in": list(ids)})
    ties = list(rows.order_by("made_at", "pk"))
    known = competencies_tied(organisation, ties)  # type: ignore[arg-type]
    found: dict[UUID, list[CompetencyItem]] = {}
    for tie in ties:
        if tie.competency_id in known:
            found.setdefault(getattr(tie, f"{part}_id"), []).append(known[tie.competency_id])
    return found


def _name_of(part: Part) -> str:
    return NAMES[str(part._meta.model_name)]


def _ids_in(versions: Iterable[UUID]) -> set[UUID]:
    return {each.id for version in versions for each in tree(version).competencies}


def serve(
    part: Part, competencies: Iterable[UUID], by: Membership, goal: Goal | None, before: Iterable[UUID] = ()
) -> bool:
    """Let a part serve these of its goal's framework (of all journeys' without one); whether anything changed.

    What is tied to a competency of another version of the framework stays: nobody was asked about that one. `before` are
    the versions that it served until now. Verbs call this inside their transaction; raises `ValidationError`.
    """
    known = _ids_in(versions_served(part.organisation_id, goal))
    return _write(part, set(competencies), by, known, known | _ids_in(before))


def serve_exactly(part: Part, competencies: Iterable[UUID], by: Membership) -> bool:
    """Let a part serve these and nothing else: for forms that show too what it serves of other versions."""
    return _write(part, set(competencies), by, {each.id for each in competencies_offered(by.organisation)})


def _write(
    part: Part, wanted: set[UUID], by: Membership, known: set[UUID], asked: set[UUID] | None = None
) -> bool:
    """Write what is wanted; what was not `asked` about stays (None: everything was, and may stay)."""
    name = _name_of(part)
    rows = Serves.objects.filter(organisation=part.organisation_id, **{name: part})
    stands = dict(rows.values_list("competency_id", "pk"))
    if not wanted <= (known | stands.keys() if asked is None else known):
        raise ValidationError({"competencies": _("Choose competencies of this journey.")})
    over = stands.keys() - wanted
    gone = over if asked is None else over & asked
    if gone:
        rows.filter(pk__in=[stands[each] for each in gone]).delete()
    new = sorted(wanted - stands.keys())
    Serves.objects.bulk_create(
        Serves(organisation_id=part.organisation_id, competency_id=each, made_by=by, **{name: part})
        for each in new
    )
    return bool(gone or new)
