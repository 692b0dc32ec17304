"""Say when the next round is to begin, so that a closed one leads to another."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.journeys.locks import held_round, hold_journey, log_round
from throughline.journeys.models import Round
from throughline.journeys.policy import Place, may_run
from throughline.kit import clock
from throughline.kit.days import slip_in


@transaction.atomic
def plan_return(*, place: Place, round_id: UUID, return_on: date) -> Round:
    """Set the day, or another one. Only for the round closed last: a later one has a day of its own."""
    may_run(place).enforce()
    hold_journey(place)
    held = held_round(place, round_id, Round.State.CLOSED)
    later = Round.objects.filter(
        organisation=held.organisation_id, journey=held.journey_id, number__gt=held.number
    )
    if later.exists():
        raise ValidationError(_("The next round already exists, so it doesn’t need a date."))
    if return_on <= clock.today():
        raise ValidationError({"return_on": _("Choose a date in the future.")})
    if wrong := slip_in(return_on):
        raise ValidationError({"return_on": wrong})
    if held.return_on != return_on:
        held.return_on = return_on
        held.save(update_fields=["return_on"])
        log_round("round.return-planned", held, place, date=return_on.isoformat())
    return held
