"""Named reads of what is left of a round whose ties are cut. What becomes of it: `queries.py`, `second_ratings.py`, `looking_back.py`."""

from collections.abc import Collection
from uuid import UUID

from throughline.journeys.models import Round, RoundItem, Tally


def tallies_of(held: Round, kind: str) -> dict[UUID, Tally]:
    """What one round came to, by round item. One query."""
    items = RoundItem.objects.filter(organisation=held.organisation_id, round=held).values("pk")
    rows = Tally.objects.filter(organisation=held.organisation_id, item__in=items, kind=kind)
    return {each.item_id: each for each in rows}


def tallies_alone(organisation_id: UUID, items: Collection[UUID]) -> list[Tally]:
    """How these competencies of one or several rounds were rated alone. One query."""
    rows = Tally.objects.filter(organisation=organisation_id, item__in=items, kind=Tally.Kind.ALONE)
    return list(rows)
