"""Writing down which competencies a part of the plan serves; verbs call it inside their transaction."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey
from throughline.kit.prepared import prepared
from throughline.plans.models import Action, Goal, Measure, Offering, Policy, Risk, Serves, SmallTest
from throughline.schools.models import Membership

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
    if goal is not None:
        return [goal.journey.record.version_id]
    return _versions(organisation)


def name_of(part: Part) -> str:
    """What this part is called in `Serves`."""
    return NAMES[str(part._meta.model_name)]


def checked(organisation: UUID, competencies: Iterable[UUID], versions: Iterable[UUID]) -> list[UUID]:
    """The competencies, each once. Raises `ValidationError` for one that no journey of theirs has."""
    wanted = list(dict.fromkeys(competencies))
    known = {each.id for version in versions for each in tree(version).competencies} if wanted else set()
    if not known.issuperset(wanted):
        raise ValidationError({"competencies": _("Choose competencies of this journey.")})
    return wanted


def write(part: Part, wanted: Iterable[UUID], by: Membership, versions: Iterable[UUID] = ()) -> bool:
    """Tie the part to these competencies; whether anything changed.

    What is tied to a competency of an older version of the framework stays tied to it: nobody was asked about that one.
    """
    name, chosen = name_of(part), set(wanted)
    rows = Serves.objects.filter(organisation=part.organisation_id, **{name: part})
    asked = {each.id for version in versions for each in tree(version).competencies}
    stands = {row.competency_id: row.pk for row in rows}
    gone = [key for served, key in stands.items() if served in asked and served not in chosen]
    new = chosen.difference(stands)
    if gone:
        rows.filter(pk__in=gone).delete()
    Serves.objects.bulk_create(
        Serves(organisation_id=part.organisation_id, competency_id=each, made_by=by, **{name: part})
        for each in sorted(new)
    )
    return bool(gone or new)
