"""Which competencies can be agreed in one go."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from throughline.journeys.models import MeetingPlan, Round, RoundItem
from throughline.journeys.spread.consensus import Agreement
from throughline.journeys.spread.queries import Spread
from throughline.kit.prepared import prepared


def in_one_go(held: Round, spreads: list[Spread]) -> set[UUID]:
    """Items that can be agreed in one go: open, seen alike, people are sure, and nobody put them on the agenda by
    themselves. The spread, the agenda and *Agree together* all count these. One query."""
    apart = {str(line["key"]) for lines in _plans(held.organisation_id, held.pk) for line in lines}
    return {
        each.item.id
        for each in spreads
        if each.item.state == RoundItem.State.OPEN
        and each.word is Agreement.AGREE
        and not each.hesitant
        and str(each.item.id) not in apart
    }


@prepared
def _plans(organisation: UUID, held: UUID) -> QuerySet[MeetingPlan, list[dict[str, Any]]]:
    return MeetingPlan.objects.filter(organisation=organisation, round=held).values_list("lines", flat=True)
