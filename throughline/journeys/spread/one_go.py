"""Which competencies can be agreed in one go, and where those who rated were unsure."""

from uuid import UUID

from django.db.models import Count

from throughline.journeys.models import Confidence, MeetingPlan, Rating, Round, RoundItem
from throughline.journeys.spread.consensus import Agreement
from throughline.journeys.spread.queries import FEWEST_FOR_DOTS, Spread


def in_one_go(held: Round, spreads: list[Spread]) -> set[UUID]:
    """Items that can be agreed in one go: open, seen alike, people are sure, and nobody put them on the agenda by
    themselves. The spread, the agenda and *Agree together* all count these. Two queries."""
    unsure = unsure_of(held)
    plans = MeetingPlan.objects.filter(organisation=held.organisation_id, round=held)
    apart = {str(line["key"]) for lines in plans.values_list("lines", flat=True) for line in lines}
    return {
        each.item.id
        for each in spreads
        if each.item.state == RoundItem.State.OPEN
        and each.word is Agreement.AGREE
        and each.item.id not in unsure
        and str(each.item.id) not in apart
    }


def unsure_of(held: Round) -> set[UUID]:
    """Where half of those who rated were guessing or could not say; told of five raters or more, or where names show."""
    items = RoundItem.objects.filter(organisation=held.organisation_id, round=held).values("pk")
    rows = (
        Rating.objects.filter(organisation=held.organisation_id, item__in=items)
        .values_list("item_id", "confidence", "step")
        .annotate(n=Count("id"))
        .order_by()
    )
    said: dict[UUID, list[int]] = {}
    for item_id, confidence, step, number in rows:
        counted = said.setdefault(item_id, [0, 0])
        counted[0] += number
        counted[1] += number if step is None or confidence == Confidence.GUESS else 0
    fewest = 1 if held.names_shown else FEWEST_FOR_DOTS
    return {item_id for item_id, (all_, unsure) in said.items() if all_ >= fewest and 2 * unsure >= all_}
