"""Guessing what learners answer, before anybody knows."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.voices.locks import held
from throughline.voices.models import Guess, Listening
from throughline.voices.queries import part_of
from throughline.voices.results.guessing import guessable, may_guess, on_team
from throughline.voices.scales import STEPS


@transaction.atomic
def guess(*, listening: Listening, steps: Mapping[str, int | None], by: Membership) -> int:
    """Write down which step learners will mostly choose, by the codes of questions; None takes a guess back.

    Nobody else ever sees it. How many guesses stand now. Raises `Refused` once results are open, `ValidationError` for
    what learners are not asked.
    """
    row = held(listening, by)
    may_guess(part_of(row, by), on_team(row, by)).enforce()
    asked = {each.code: each for each in guessable(row)}
    if any(code not in asked or (step is not None and step not in STEPS) for code, step in steps.items()):
        raise ValidationError(_("Choose one of the answers that stand there."))
    mine = Guess.objects.filter(organisation=by.organisation_id, listening=row, membership=by)
    mine.filter(question__in=[asked[code].pk for code in steps]).delete()
    Guess.objects.bulk_create(
        Guess(
            organisation_id=by.organisation_id,
            listening=row,
            membership=by,
            question=asked[code],
            step=step,
        )
        for code, step in steps.items()
        if step is not None
    )
    note("voices.guessed", by=by, subject=row, title=row.title)
    return mine.count()
