"""What an agenda is proposed from, read in a constant number of queries."""

from uuid import UUID

from throughline.journeys.meeting.agenda import Fact
from throughline.journeys.models import Priority, Round, RoundItem
from throughline.journeys.spread.queries import Spread
from throughline.records.models import Claim


def facts_of(held: Round, spreads: list[Spread]) -> list[Fact]:
    """What is known of every competency that is still open, in framework order. Two queries."""
    shown, chosen = _with_evidence(held), _priorities(held)
    return [
        Fact(
            key=str(each.item.id),
            word=each.word,
            width=each.reading.variance,
            unsure=each.hesitant,
            bare=each.competency.id not in shown,
            priority=each.competency.id in chosen,
        )
        for each in spreads
        if each.item.state == RoundItem.State.OPEN
    ]


def _with_evidence(held: Round) -> set[UUID]:
    claims = Claim.objects.filter(
        organisation=held.organisation_id,
        record=held.journey.record_id,
        evidence__withdrawn_at__isnull=True,
    )
    return set(claims.values_list("competency_id", flat=True).distinct())


def _priorities(held: Round) -> set[UUID]:
    """What was chosen in this round or the one before it."""
    rows = Priority.objects.filter(
        organisation=held.organisation_id,
        journey=held.journey_id,
        round__number__gte=held.number - 1,
        dropped_at__isnull=True,
    )
    return set(rows.values_list("competency_id", flat=True))
