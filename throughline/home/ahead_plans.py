"""What somebody owns in a plan and isn't due yet: it asks for nothing today, and the way to it stands on home."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, IntegerField, Min, OuterRef, Q, Subquery

from throughline.plans.models import OPEN_STATES, Action
from throughline.schools.models import Membership, Organisation

CALLS = Q(later_count__isnull=False)


@dataclass(frozen=True, slots=True)
class Later:
    """How many actions of theirs come later in the plan of one organisation, and when the first of them is due."""

    organisation: Organisation
    count: int
    on: date | None


def later_in_plans(members: Iterable[Membership]) -> list[Later]:
    """Where somebody owns something that comes later; `members` know it (`asked`). Pure."""
    known = [(each.organisation, vars(each)) for each in members if each.joined_at]
    return [
        Later(organisation, told["later_count"], told["later_on"])
        for organisation, told in known
        if told["later_count"]
    ]


def asked(soon: date) -> dict[str, Any]:
    """What is asked about each membership."""
    owned = Action.objects.filter(
        Q(due_on__gt=soon) | Q(due_on=None),
        owner=OuterRef("pk"),
        organisation=OuterRef("organisation"),
        state__in=list(OPEN_STATES),
    )
    later = owned.order_by().values("organisation")
    return {
        "later_count": Subquery(later.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
        "later_on": Subquery(later.annotate(on=Min("due_on")).values("on"), output_field=DateField()),
    }
