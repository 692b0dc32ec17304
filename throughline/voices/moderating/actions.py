"""Marking what was read, and taking names and harm out of what people wrote."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.kit.text import clean_text
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.locks import held
from throughline.voices.models import Listening, Words
from throughline.voices.moderating.policy import may_look_after, may_moderate
from throughline.voices.moderating.queries import words_in, words_of_children
from throughline.voices.queries import part_of


@transaction.atomic
def mark_words_read(
    *, listening: Listening, read: Collection[UUID], by: Membership, worrying: Collection[UUID] = ()
) -> int:
    """The reader has read these, and some of them are worrying; how many were marked now.

    Nothing follows by itself and no log tells of it: what to do is the school's own procedure. What went meanwhile (the
    listening was closed, and all words got new keys) is left out and comes again.
    """
    row = held(listening, by)
    may_look_after(part_of(row, by)).enforce()
    rows = words_of_children(row)
    rows.filter(pk__in=worrying).update(worrying=True)
    return rows.filter(pk__in={*read, *worrying}, read=False).update(read=True)


@transaction.atomic
def take_back_worry(*, listening: Listening, words: UUID, by: Membership) -> bool:
    """A text is not worrying after all; whether it was marked."""
    row = held(listening, by)
    may_look_after(part_of(row, by)).enforce()
    return words_of_children(row).filter(pk=words, worrying=True).update(worrying=False) > 0


@transaction.atomic
def show_words(*, words: Words, wording: str, by: Membership, seen_state: str | None = None) -> Words:
    """The team may read it, in this wording: what was written, without names and harm. Raises `ValidationError`."""
    row = _held(words, by, seen_state)
    said = clean_text(wording)
    if not said:
        raise ValidationError({"wording": _("Nothing is left of it. Leave it out instead.")})
    if len(said) > max(len(row.text) + 500, 2 * len(row.text)):
        raise ValidationError({"wording": _("Take away, and say no more than was written.")})
    row.wording, row.state, row.why_left_out = said, Words.State.SHOWN, ""
    return _kept(row, by)


@transaction.atomic
def leave_out_words(*, words: Words, why: str, by: Membership, seen_state: str | None = None) -> Words:
    """The team does not read it, for a reason. Raises `ValidationError`."""
    row = _held(words, by, seen_state)
    if why not in Words.Why.values:
        raise ValidationError({"why": _("Say why it is left out.")})
    row.wording, row.state, row.why_left_out = "", Words.State.LEFT_OUT, why
    return _kept(row, by)


def _held(words: Words, by: Membership, seen_state: str | None) -> Words:
    """The text, held, for a moderator. Raises `Refused`, and `ValidationError` when somebody decided meanwhile."""
    listening = held(words.question.asked.listening, by)
    may_moderate(part_of(listening, by)).enforce()
    row = words_in(listening).select_for_update(of=("self",)).get(pk=words.pk)
    if seen_state not in (None, row.state):
        raise ValidationError(_("Somebody else has decided about this text meanwhile. Look at it once more."))
    return row


def _kept(row: Words, by: Membership) -> Words:
    row.moderated_by = by
    row.save(update_fields=["wording", "state", "why_left_out", "moderated_by"])
    listening = row.question.asked.listening
    if not words_in(listening).filter(state=Words.State.WAITING).exists():
        note("voices.moderated", by=by, subject=listening, title=listening.title)
    return row
