"""Bringing the questions of a group in line with what is chosen, leaving alone what a school did with them."""

from collections.abc import Iterable
from typing import Any

from throughline.voices.asking.composing import Drafted, questions_for
from throughline.voices.asking.order import merged
from throughline.voices.models import Asked, Listening, Question


def from_bank(listening: Listening, asked: Asked) -> list[Drafted]:
    """Everything that the bank has for this group about what is chosen."""
    if not listening.competencies:
        return []
    version = listening.journey.record.version_id
    return questions_for(version, asked.group, listening.competencies, listening.languages)


def rows_of(asked: Asked) -> list[Question]:
    """What the group is asked now, in order. One query."""
    rows = Question.objects.filter(organisation=asked.organisation_id, asked=asked)
    return list(rows.order_by("position", "pk"))


def left_out(wanted: Iterable[Drafted], stand: Iterable[Question]) -> list[Drafted]:
    """What the bank has and the school does not ask; nothing where it asks none of them."""
    codes = {row.code for row in stand if not row.own}
    return [each for each in wanted if each.code not in codes] if codes else []


def fill(listening: Listening, asked: Asked, without: Iterable[str] = ()) -> None:
    """Ask what the bank has about what is chosen, `without` what was left out; a school's own questions stay where they stand."""
    dropped = set(without)
    wanted = [each for each in from_bank(listening, asked) if each.code not in dropped]
    stand = {row.code: row for row in rows_of(asked)}
    keep = {each.code for each in wanted} | {code for code, row in stand.items() if row.own}
    gone = [row.pk for code, row in stand.items() if code not in keep]
    Question.objects.filter(organisation=asked.organisation_id, pk__in=gone).delete()
    new: list[Question] = []
    changed: list[Question] = []
    places = {each.code: place for place, each in enumerate(wanted)}
    for each in wanted:
        row = stand.get(each.code)
        if row is None:
            row = made_of(each, asked)
            new.append(row)
        else:
            changed.append(row)
        row.words = {**each.words, **(_kept(row, listening) if row.edited else {})}
    own = [row for row in stand.values() if row.own]
    changed += own
    # One that is being brought back stands nowhere yet (position 0).
    before = sorted((row for row in stand.values() if row.position), key=lambda row: row.position)
    bank = sorted([row for row in (*new, *changed) if not row.own], key=lambda row: places[row.code])
    for position, row in enumerate(merged(bank, before), start=1):
        row.position = position
    Question.objects.bulk_create(new)
    Question.objects.bulk_update(changed, ["position", "words"])


def made_of(each: Drafted, asked: Asked) -> Question:
    """A question of the bank as a row of this group, not saved."""
    return Question(
        organisation_id=asked.organisation_id,
        asked=asked,
        code=each.code,
        kind=each.kind,
        domain=each.domain,
        competency=each.competency,
        indicator=each.indicator,
        scale=each.scale,
        words=each.words,
    )


def _kept(row: Question, listening: Listening) -> dict[str, Any]:
    return {language: words for language, words in row.words.items() if language in listening.languages}
