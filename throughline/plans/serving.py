"""What parts of the plan serve: read for many at once, chosen for one."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.elements.structure.queries import competencies_tied, journey_tree
from throughline.frameworks.tree import CompetencyItem
from throughline.plans.models import Serves
from throughline.schools.models import Membership, Organisation


def served_by(
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


def set_served(*, part: str, thing: Any, competencies: Iterable[UUID], by: Membership) -> None:
    """Let a part of the plan serve exactly these. Verbs call it inside their transaction; raises `ValidationError`."""
    wanted = set(competencies)
    here = Serves.objects.filter(organisation=by.organisation_id, **{part: thing})
    standing = set(here.values_list("competency", flat=True))
    known = journey_tree(by.organisation)
    if not wanted <= standing | (known.by_id.keys() if known else set()):
        raise ValidationError({"competencies": _("Choose competencies of this journey.")})
    here.filter(competency__in=standing - wanted).delete()
    Serves.objects.bulk_create(
        Serves(organisation_id=by.organisation_id, competency_id=each, made_by=by, **{part: thing})
        for each in wanted - standing
    )
