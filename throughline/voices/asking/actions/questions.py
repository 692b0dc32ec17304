"""The questions of a group: wording them, leaving some out, adding a school's own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.frameworks.tree import DomainItem, tree
from throughline.kit.text import clean_line
from throughline.schools.models import Membership
from throughline.voices.asking.actions.aloud import silence
from throughline.voices.asking.checking import TEXT_LIMIT
from throughline.voices.asking.filling import fill, from_bank, made_of, rows_of
from throughline.voices.asking.held import held_question
from throughline.voices.asking.order import as_asked, together
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


def _domains(listening: Listening) -> tuple[DomainItem, ...]:
    return tree(listening.journey.record.version_id).domains


def _domain_of(competency: str, listening: Listening) -> str:
    """The domain of a competency; none for what is about something else. Raises `ValidationError`."""
    known = {each.code: domain.code for domain in _domains(listening) for each in domain.competencies}
    if competency and competency not in known:
        raise ValidationError({"competency": _("Choose a competency of this framework.")})
    return known.get(competency, "")


def _about(row: Question, competency: str) -> None:
    """It is about something else now; in another domain it comes last."""
    if competency == row.competency:
        return
    domain = _domain_of(competency, row.asked.listening)
    if domain != row.domain:
        row.position = _last(row.asked) + 1
    row.competency, row.domain = competency, domain


def _last(asked: Asked) -> int:
    rows = Question.objects.filter(organisation=asked.organisation_id, asked=asked)
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return last or 0


@transaction.atomic
def change_question(
    *, question: Question, words: Words, by: Membership, competency: str | None = None
) -> Question:
    """Word a question differently in every language of the listening. Raises `ValidationError`.

    `competency`: what one of the school's own is about from now on; None leaves it.

    A recording of words that are changed goes: it would read out something else than what is asked.
    """
    row = held_question(question, by)
    told = _worded(words, row.asked.listening)
    silence(row, told)
    row.words = told
    row.edited = True
    if row.own and competency is not None:
        _about(row, competency)
    row.save(update_fields=["words", "edited", "competency", "domain", "position"])
    return row


@transaction.atomic
def move_question(*, question: Question, beside: Question, up: bool, by: Membership) -> Question:
    """Put one of the school's own before (`up`) or behind another question of the same domain.

    Two who move at once do not push it further than each of them saw. Raises `ValidationError`.
    """
    row = held_question(question, by)
    if not row.own:
        raise ValidationError(_("Only a question of your own can be moved; the others follow the framework."))
    rows = [each for each in as_asked(rows_of(row.asked)) if each.pk != row.pk]
    at = next(
        (place for place, each in enumerate(rows) if each.pk == beside.pk and together(each, row)), None
    )
    if at is None:
        raise ValidationError(
            _("The questions were changed meanwhile. Look where it stands now, then move it again.")
        )
    rows.insert(at if up else at + 1, row)
    for position, each in enumerate(rows, start=1):
        each.position = position
    Question.objects.bulk_update(rows, ["position"])
    return row


@transaction.atomic
def drop_question(*, question: Question, by: Membership) -> None:
    """Leave a question out. Those of the bank can be brought back."""
    held_question(question, by).delete()


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
    domain = _domain_of(competency, listening) or domain
    if scale and scale not in SCALES:
        raise ValidationError({"scale": _("Choose what can be answered.")})
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
        position=_last(asked) + 1,
    )
