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
from throughline.voices.asking.filling import fill, from_bank, left_out, rows_of
from throughline.voices.locks import held_to_compose
from throughline.voices.models import Asked, Listening, Question, Recording
from throughline.voices.policy import may_begin, may_run
from throughline.voices.queries import part_of


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
    if "reader" in new and new["reader"] != row.reader:
        may_run(part_of(row, by)).enforce()
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
    seen_version: int | None = None,
) -> list[Question]:
    """Choose what it is about, by the codes of competencies, and in which languages.

    Questions that came along and are still about something chosen stay as they were worded, and what was left out stays
    out; a school's own stay always.
    Raises `ValidationError`.
    """
    row = held_to_compose(listening, by)
    if seen_version not in (None, row.version):
        raise ValidationError(said_meanwhile())
    version = row.journey.record.version_id
    known = [each.code for each in tree(version).competencies]
    wanted = set(competencies)
    if not wanted or not wanted <= set(known):
        raise ValidationError({"competencies": _("Choose what the listening is about.")})
    spoken = list(dict.fromkeys(languages if languages is not None else row.languages))
    if not spoken:
        raise ValidationError({"languages": _("Choose at least one language.")})
    groups = list(Asked.objects.filter(organisation=by.organisation_id, listening=row))
    without = {
        asked.pk: [each.code for each in left_out(from_bank(row, asked), rows_of(asked))] for asked in groups
    }
    row.competencies, row.languages = [code for code in known if code in wanted], spoken
    row.version += 1
    row.save(update_fields=["competencies", "languages", "version"])
    for asked in groups:
        fill(row, asked, without[asked.pk])
    spoken_no_more = Recording.objects.filter(organisation=by.organisation_id, question__asked__listening=row)
    spoken_no_more.exclude(language__in=spoken).delete()
    mine = Question.objects.filter(organisation=by.organisation_id, asked__listening=row)
    return list(mine.order_by("asked", "position"))
