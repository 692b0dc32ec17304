"""Rate again after talking, and say how an earlier moment looks from today. As with a first rating no time is kept and
nothing is logged of what anyone says."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.journeys.locks import held_rater, held_round, hold_raters, log_round
from throughline.journeys.models import Again, Rater, Rating, Rerating, Round, RoundItem
from throughline.journeys.policy import Place, may_be_rated_again, may_lead_talk
from throughline.journeys.rating.actions import said_well
from throughline.journeys.spread.looking_back import earlier_round
from throughline.kit import clock
from throughline.kit.text import clean_text
from throughline.schools.tenant import Seat


@transaction.atomic
def open_again(*, place: Place, round_id: UUID, competencies: Collection[UUID]) -> list[Again]:
    """Ask for these competencies to be rated again, each alone. Once for each: what is open or over stays so."""
    may_lead_talk(place).enforce()
    held = held_round(place, round_id, Round.State.AGREEING)
    may_be_rated_again(held).enforce()
    items = RoundItem.objects.filter(
        organisation=held.organisation_id, round=held, competency__in=competencies, again=None
    )
    opened = [
        Again(
            organisation_id=held.organisation_id,
            item=item,
            opened_by=place.seat.membership,
            opened_at=clock.now(),
        )
        for item in items.filter(ratings__isnull=False).distinct()
    ]
    if not opened:
        raise ValidationError(
            _(
                "There’s nothing here to rate again: it has been rated again already, or no one rated it before."
            )
        )
    Again.objects.bulk_create(opened)
    held.version += 1
    held.save(update_fields=["version"])
    for each in opened:
        log_round("round.again-opened", held, place, competency=str(each.item.competency_id))
    return opened


@transaction.atomic
def close_again(*, place: Place, round_id: UUID, competencies: Collection[UUID]) -> int:
    """End rating again and show both pictures. Waits for answers under way; there is no second time."""
    may_lead_talk(place).enforce()
    held = held_round(place, round_id, Round.State.AGREEING)
    return close_open_ones(held, place, competencies)


def close_open_ones(held: Round, place: Place, competencies: Collection[UUID] | None = None) -> int:
    """Close what is still being rated again in a round that is held (None: everything); how many there were."""
    open_ones = Again.objects.filter(
        organisation=held.organisation_id, item__round=held, closed_at__isnull=True
    ).select_related("item")
    if competencies is not None:
        open_ones = open_ones.filter(item__competency__in=competencies)
    found = list(open_ones)
    if not found:
        return 0
    hold_raters(held)
    Again.objects.filter(pk__in=[each.pk for each in found], organisation=held.organisation_id).update(
        closed_at=clock.now()
    )
    held.version += 1
    held.save(update_fields=["version"])
    for each in found:
        log_round("round.again-closed", held, place, competency=str(each.item.competency_id))
    return len(found)


@transaction.atomic
def rate_again(
    *,
    by: Seat,
    round_id: UUID,
    competency_id: UUID,
    step: int | None,
    confidence: str = "",
    comment: str = "",
    release_comment: bool = False,
) -> Rerating:
    """Say after the talk where a competency is, or that it is where one said before. The first answer stays as it is."""
    said_well(step, confidence, comment)
    rater = held_rater(by, round_id)
    first = Rating.objects.filter(
        organisation=by.organisation, rater=rater, item__competency=competency_id
    ).values_list("item", flat=True)
    open_ones = Again.objects.filter(
        organisation=by.organisation,
        item__in=first,
        item__round__state=Round.State.AGREEING,
        closed_at__isnull=True,
    )
    item_id = open_ones.values_list("item", flat=True).first()
    if item_id is None:
        raise ValidationError(_("This isn’t open for rating again, or you didn’t rate it before."))
    said = {
        "step": step,
        "confidence": confidence if step is not None else "",
        "comment": clean_text(comment),
        "comment_released": release_comment,
    }
    return _keep(rater, item_id, Rerating.Kind.AFTER_TALK, said)


@transaction.atomic
def look_back(*, by: Seat, round_id: UUID, competency_id: UUID, step: int | None) -> Rerating:
    """Say where the school stood at the earlier round, as seen from today. Possible while people rate, after one's own
    rating; never asked for, and the earlier rating stays as it is."""
    said_well(step, "", "")
    rater = held_rater(by, round_id)
    mine = Rating.objects.filter(
        organisation=by.organisation,
        rater=rater,
        item__competency=competency_id,
        item__round__state=Round.State.RATING,
    ).select_related("item__round")
    first = mine.first()
    if first is None:
        raise ValidationError(_("Rate where it is now first; then look back at where it was."))
    if earlier_round(first.item.round, competency_id) is None:
        raise ValidationError(_("No earlier round includes ratings for this."))
    return _keep(rater, first.item_id, Rerating.Kind.LOOKING_BACK, {"step": step})


def _keep(rater: Rater, item_id: UUID, kind: str, said: dict[str, Any]) -> Rerating:
    row = Rerating(organisation_id=rater.organisation_id, rater=rater, item_id=item_id, kind=kind, **said)
    Rerating.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["organisation", "rater", "item", "kind"],
        update_fields=["step", "confidence", "comment", "comment_released"],
    )
    return row
