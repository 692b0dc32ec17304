"""Leave a note that nobody reads before the next round opens, and take it away again.

Nothing is logged: that somebody left a note is theirs to tell.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.journeys.locks import held_round
from throughline.journeys.models import Round, SealedNote
from throughline.journeys.policy import Place, may_leave_note
from throughline.journeys.sealed_notes.queries import later_round
from throughline.kit import clock
from throughline.kit.keeping import seal_up
from throughline.kit.text import clean_text

LONGEST_NOTE = 4000


@transaction.atomic
def seal_note(*, place: Place, round_id: UUID, text: str, to_team: bool = False) -> SealedNote:
    """Leave a note to oneself, or to the team. Another one takes the place of the first, which stays unread."""
    may_leave_note(place).enforce()
    held = held_round(place, round_id, Round.State.AGREEING, Round.State.CLOSED)
    if later_round(held) is not None:
        raise ValidationError(_("The next round is being prepared, so it’s too late to leave a note."))
    words = clean_text(text)
    if not words:
        raise ValidationError({"text": _("Write something first.")})
    if len(words) > LONGEST_NOTE:
        raise ValidationError({"text": _("This is longer than 4,000 characters. Please shorten it.")})
    note = SealedNote(organisation_id=held.organisation_id, round=held, author=place.seat.membership)
    note, _made = SealedNote.objects.update_or_create(
        organisation_id=held.organisation_id,
        round=held,
        author=place.seat.membership,
        defaults={"sealed": seal_up(words, whose=note.whose), "to_team": to_team, "left_at": clock.now()},
    )
    return note


@transaction.atomic
def delete_note(*, place: Place, round_id: UUID) -> None:
    """Take one's own note away for good, sealed or open."""
    held = held_round(place, round_id)
    gone, _rows = SealedNote.objects.filter(
        organisation=held.organisation_id, round=held, author=place.seat.membership
    ).delete()
    if not gone:
        raise ValidationError(_("You haven’t left a note here."))
