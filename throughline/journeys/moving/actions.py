"""Move a journey on to a newer version of its framework."""

from django.core.exceptions import ValidationError
from django.db import transaction

from throughline.frameworks.models import FrameworkVersion
from throughline.journeys.locks import hold_journey
from throughline.journeys.policy import Place, may_run
from throughline.journeys.queries import no_round_open
from throughline.records.models import RecordMove
from throughline.records.moving.actions import move_record


@transaction.atomic
def move_journey(*, place: Place, to: FrameworkVersion, reason: str) -> RecordMove:
    """Move the record of a journey on, with its standings, evidence and what is set aside. Its rounds keep their words.

    Raises `ValidationError` while a round is open, and on all that `move_record` refuses.
    """
    may_run(place).enforce()
    hold_journey(place)
    free = no_round_open(place.journey)
    if not free:
        raise ValidationError(str(free.reason))
    return move_record(record=place.journey.record, to=to, reason=reason, by=place.seat.membership)
