"""The questions of a group: wording them, leaving some out, adding a school's own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.frameworks.tree import DomainItem, tree
from throughline.kit.text import clean_line
from throughline.schools.models import Membership
from throughline.voices.asking.checking import TEXT_LIMIT
from throughline.voices.asking.filling import fill, from_bank, made_of, rows_of
from throughline.voices.locks import held_to_compose
from throughline.voices.models import OWN_QUESTIONS, Asked, Listening, Question
from throughline.voices.scales import SCALES

Words = dict[str, dict[str, str]]  # language → {"text": …, "simple": …}


def _worded(words: Words, listening: Listening) -> Words:
    """The words as they are kept, in the languages of the listening. Raises `ValidationError`."""
    kept: Words = {}
    for language in listening.languages:
        told = words.get(language, {})
        text, simple = clean_line(told.get("text", "")), clean_line(told.get("simple", ""))
        if not text:
            raise ValidationError({f"text-{language}": _("Say what is asked, in each language.")})
        if max(len(text), len(simple)) > TEXT_LIMIT:
            raise ValidationError(
                {f"text-{language}": _("Please keep this under %(most)s characters.") % {"most": TEXT_LIMIT}}
            )
        kept[language] = {"text": text, **({"simple": simple} if simple else {})}
    return kept


def _held(question: Question, by: Membership) -> Question:
    held_to_compose(question.asked.listening, by)
    rows = Question.objects.select_for_update(of=("self",)).select_related("asked__listening")
    return rows.get(pk=question.pk, organisation=by.organisation_id)


def _domains(listening: Listening) -> tuple[DomainItem, ...]:
    return tree(listening.journey.record.version_id).domains


@transaction.atomic
def change_question(*, question: Question, words: Words, by: Membership) -> Question:
    """Word a question differently in every language of the listening. Raises `ValidationError`."""
    row = _held(question, by)
    row.words = _worded(words, row.asked.listening)
    row.edited = True
    row.save(update_fields=["words", "edited"])
    return row


@transaction.atomic
def drop_question(*, question: Question, by: Membership) -> None:
    """Leave a question out. Those of the bank can be brought back."""
    _held(question, by).delete()


@transaction.atomic
def bring_back_question(*, asked: Asked, code: str, by: Membership) -> Question:
    """Ask a question of the bank again that was left out, in its place. Raises `ValidationError`."""
    listening = held_to_compose(asked.listening, by)
    wanted = from_bank(listening, asked)
    stand = {row.code for row in rows_of(asked)}
    each = next((each for each in wanted if each.code == code and code not in stand), None)
    if each is None:
        raise ValidationError(
            _("This question is asked already, or is no longer among those that come along.")
        )
    row = made_of(each, asked)
    row.position = 0
    row.save(force_insert=True)
    fill(listening, asked, [each.code for each in wanted if each.code not in {*stand, code}])
    row.refresh_from_db()
    return row


@transaction.atomic
def add_own_question(
    *, asked: Asked, words: Words, by: Membership, domain: str = "", competency: str = "", scale: str = ""
) -> Question:
    """Add a question of the school's own: with a scale to choose from, or without to be answered in one's own words."""
    listening = held_to_compose(asked.listening, by)
    mine: Any = Question.objects.filter(organisation=by.organisation_id, asked__listening=listening, own=True)
    if mine.count() >= OWN_QUESTIONS:
        raise ValidationError(
            _("A listening can have at most %(most)d questions of your own.") % {"most": OWN_QUESTIONS}
        )
    known = {each.code: domain.code for domain in _domains(listening) for each in domain.competencies}
    if competency and competency not in known:
        raise ValidationError({"competency": _("Choose a competency of this framework.")})
    domain = known[competency] if competency else domain
    if scale and scale not in SCALES:
        raise ValidationError({"scale": _("Choose what can be answered.")})
    rows = Question.objects.filter(organisation=by.organisation_id, asked=asked)
    taken = set(mine.values_list("code", flat=True))
    code = next(f"own-{n}" for n in range(1, 1000) if f"own-{n}" not in taken)
    return Question.objects.create(
        organisation_id=by.organisation_id,
        asked=asked,
        kind=Question.Kind.STEPS if scale else Question.Kind.OPEN,
        code=code,
        domain=domain,
        competency=competency,
        scale=scale,
        words=_worded(words, listening),
        own=True,
        position=(rows.aggregate(last=Max("position"))["last"] or 0) + 1,
    )
