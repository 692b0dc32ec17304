"""What is being written in the meeting, kept so that everyone can follow it and nothing typed is lost."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from throughline.journeys.locks import held_round
from throughline.journeys.models import Round, RoundItem
from throughline.journeys.policy import Place, may_decide

DRAFT_FIELDS = ("step", "standing", "reason", "dissent", "why_changed")
LONGEST = 4000


@transaction.atomic
def keep_draft(*, place: Place, item_id: UUID, draft: Mapping[str, str]) -> Round:
    """Keep what a decider has typed about one competency, for those who follow and for whoever opens it next.

    Those who follow are turned to it only when whoever leads the talk writes; where nobody leads yet, the first to
    write does.
    """
    may_decide(place).enforce()
    item = RoundItem.objects.get(pk=item_id, organisation=place.journey.organisation_id)
    held = held_round(place, item.round_id, Round.State.AGREEING)
    item.refresh_from_db(fields=["draft"])
    kept = {name: str(draft.get(name, ""))[:LONGEST].replace("\x00", "") for name in DRAFT_FIELDS}
    me = place.seat.membership
    leads = held.led_by_id in (None, me.id)
    if item.draft == kept and (not leads or held.talking_about == item.competency_id):
        return held
    RoundItem.objects.filter(pk=item.pk).update(draft=kept)
    if leads:
        held.led_by, held.talking_about = me, item.competency_id
    held.version += 1
    held.save(update_fields=["led_by", "talking_about", "version"])
    return held
