"""Beginning a listening, saying how it is held, and choosing what it is about."""

from collections.abc import Iterable
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from throughline.frameworks.tree import tree
from throughline.journeys.models import Journey, Round
from throughline.schools.log import note
from throughline.schools.models import Membership
from throughline.ui.asseen import said_meanwhile
from throughline.voices.asking.checking import Told, cleaned, errors_in
from throughline.voices.asking.composing import questions_for
from throughline.voices.locks import held_to_compose
from throughline.voices.models import Asked, Listening, Question
from throughline.voices.policy import may_begin


@transaction.atomic
def begin_listening(
    *, journey: Journey, by: Membership, round: Round | None = None, **told: Unpack[Told]
) -> Listening:
    """Begin a listening of a journey, alone or with one of its rounds. Raises `ValidationError`."""
    may_begin(by).enforce()
    Journey.objects.get(pk=journey.pk, organisation_id=by.organisation_id)
    if round is not None and (round.journey_id, round.organisation_id) != (journey.pk, by.organisation_id):
        raise ValidationError({"round": _("This round belongs to another journey.")})
    new: dict[str, Any] = cleaned({"title": "", **told})
    listening = Listening(
        organisation_id=by.organisation_id,
        journey=journey,
        round=round,
        languages=[by.organisation.language],
        made_by=by,
    )
    if errors := errors_in(new, listening):
        raise ValidationError(errors)
    for name, value in new.items():
        setattr(listening, name, value)
    listening.save(force_insert=True)
    note("voices.begun", by=by, subject=listening, title=listening.title)
    return listening


@transaction.atomic
def change_listening(
    *, listening: Listening, by: Membership, seen_version: int | None = None, **told: Unpack[Told]
) -> Listening:
    """Change how it is held, while it is being composed; what is left out stays. Raises `ValidationError`."""
    row = held_to_compose(listening, by)
    if seen_version not in (None, row.version):
        raise ValidationError(said_meanwhile())
    new = cleaned(told)
    if errors := errors_in(new, row):
        raise ValidationError(errors)
    for name, value in new.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return row


@transaction.atomic
def compose(
    *,
    listening: Listening,
    competencies: Iterable[str],
    by: Membership,
    languages: Iterable[str] | None = None,
) -> list[Question]:
    """Choose what it is about, by the codes of competencies, and in which languages.

    Questions that came along and are still about something chosen stay as they were worded; a school's own stay always.
    Raises `ValidationError`.
    """
    row = held_to_compose(listening, by)
    version = row.journey.record.version_id
    known = [each.code for each in tree(version).competencies]
    wanted = set(competencies)
    if not wanted or not wanted <= set(known):
        raise ValidationError({"competencies": _("Choose what the listening is about.")})
    spoken = list(dict.fromkeys(languages if languages is not None else row.languages))
    if not spoken:
        raise ValidationError({"languages": _("Choose at least one language.")})
    row.competencies, row.languages = [code for code in known if code in wanted], spoken
    row.version += 1
    row.save(update_fields=["competencies", "languages", "version"])
    for asked in Asked.objects.filter(organisation=by.organisation_id, listening=row):
        _fill(row, asked)
    mine = Question.objects.filter(organisation=by.organisation_id, asked__listening=row)
    return list(mine.order_by("asked", "position"))


def _fill(listening: Listening, asked: Asked) -> None:
    """Bring the questions of one group in line with what is chosen."""
    version = listening.journey.record.version_id
    wanted = questions_for(version, asked.group, listening.competencies, listening.languages)
    rows = Question.objects.filter(organisation=asked.organisation_id, asked=asked)
    stand = {row.code: row for row in rows}
    keep = {each.code for each in wanted} | {code for code, row in stand.items() if row.own}
    rows.exclude(code__in=keep).delete()
    new, changed, position = [], [], 0
    for each in wanted:
        position += 1
        row = stand.get(each.code)
        if row is None:
            row = Question(
                organisation_id=asked.organisation_id,
                asked=asked,
                code=each.code,
                kind=each.kind,
                domain=each.domain,
                competency=each.competency,
                indicator=each.indicator,
                scale=each.scale,
            )
            new.append(row)
        else:
            changed.append(row)
        row.position = position
        row.words = {**each.words, **(_kept(row, listening) if row.edited else {})}
    for row in sorted((row for row in stand.values() if row.own), key=lambda row: row.position):
        position += 1
        row.position = position
        changed.append(row)
    Question.objects.bulk_create(new)
    Question.objects.bulk_update(changed, ["position", "words"])


def _kept(row: Question, listening: Listening) -> dict[str, Any]:
    return {language: words for language, words in row.words.items() if language in listening.languages}
