"""Having questions read aloud."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.files.actions import keep_sound
from throughline.schools.models import Membership
from throughline.voices.asking.aloud import MOST_MB, wordings
from throughline.voices.asking.held import held_question
from throughline.voices.models import Question, Recording


@transaction.atomic
def keep_recording(
    *, question: Question, language: str, upload: "File[bytes]", by: Membership, simple: bool = False
) -> Recording:
    """Have a question read aloud in a language, in its words or the simpler ones; what was kept before goes.

    Raises `ValidationError`, also where there are no such words.
    """
    row = held_question(question, by)
    listening = row.asked.listening
    known = {(each.language, each.simple) for each in wordings(row, row.asked, listening.languages)}
    if (language, simple) not in known:
        raise ValidationError(_("These words are not there any more. Look at the question again."))
    kept = keep_sound(upload, most_mb=MOST_MB, by=by)
    told: dict[str, Any] = {"organisation_id": by.organisation_id, "question": row}
    Recording.objects.filter(**told, language=language, simple=simple).delete()
    return Recording.objects.create(**told, language=language, simple=simple, file=kept)


@transaction.atomic
def drop_recording(*, recording: Recording, by: Membership) -> None:
    """Take a recording out; its file goes with the next sweep of files that nothing cites."""
    held_question(recording.question, by)
    Recording.objects.filter(pk=recording.pk, organisation=by.organisation_id).delete()


def silence(question: Question, words: Mapping[str, Mapping[str, str]]) -> int:
    """Take out what reads other words than these; how many."""
    gone = [
        each.pk
        for each in Recording.objects.filter(organisation=question.organisation_id, question=question)
        if _text(question.words, each) != _text(words, each)
    ]
    Recording.objects.filter(organisation=question.organisation_id, pk__in=gone).delete()
    return len(gone)


def _text(words: Mapping[str, Mapping[str, str]], of: Recording) -> str:
    return words.get(of.language, {}).get("simple" if of.simple else "text", "")
