"""Keep a copy of one's own answers for looking back, or do without. Nothing is logged: that is theirs to tell."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.journeys.locks import held_rater
from throughline.journeys.models import Kept, Round
from throughline.journeys.sealed_answers.queries import may_keep_answers
from throughline.schools.tenant import Seat


@transaction.atomic
def keep_answers(*, by: Seat, round_id: UUID, keep: bool) -> None:
    """Wish for a sealed copy while the round goes on; or do without one, also when it is sealed: then it is gone."""
    here = {"organisation": by.organisation, "round": round_id, "membership": by.membership}
    if not keep:
        Kept.objects.filter(**here).delete()
        return
    rater = held_rater(by, round_id)
    held = Round.objects.get(organisation=by.organisation, pk=round_id)
    may = may_keep_answers(held)
    if not may:
        raise ValidationError(str(may.reason))
    if rater.on_paper:
        raise ValidationError(_("Paper sheets aren’t linked to anyone, so there’s no copy to keep."))
    Kept.objects.get_or_create(organisation_id=held.organisation_id, round=held, membership=by.membership)
