"""What a line of *you said → we did* may say. Pure rules."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from django.utils.translation import gettext as _

from throughline.kit.text import clean_text
from throughline.voices.models import Reply

HEARD, ANSWER = "heard", "answer"
PARTS = (HEARD, ANSWER)
LIMIT, MOST_LINES, WHY_LIMIT = 1_000, 40, 1_000

Words = dict[str, dict[str, str]]


class Told(TypedDict, total=False):
    """What can be said in a line; what is left out stays. `words`: language → {"heard", "answer"}.

    `steps`: keys of what the plan does about it (`following.Step.key`); `tells`: readers are told how far they are.
    """

    kind: str
    words: Mapping[str, Mapping[str, str]]
    competency: str
    steps: Sequence[str]
    tells: bool


def field_of(part: str, language: str) -> str:
    """The name of the field for a part of the words in a language."""
    return f"{part}-{language}"


def cleaned(words: Mapping[str, Mapping[str, str]]) -> Words:
    """The words as they are kept: without empty parts and languages."""
    found: Words = {}
    for language, parts in words.items():
        said = {part: text for part in PARTS if (text := clean_text(parts.get(part, "")))}
        if said:
            found[language] = said
    return found


def errors_in(kind: str, words: Words, languages: Sequence[str]) -> dict[str, str]:
    """What is wrong with a line, sentence by field. In each language that is begun, all that its kind needs is said."""
    errors: dict[str, str] = {}
    if kind not in Reply.Kind.values:
        errors["kind"] = _("Choose what follows from it.")
    if not set(words) <= set(languages):
        errors["words"] = _("Choose languages of this listening.")
    if not words:
        errors[field_of(HEARD, languages[0] if languages else "en")] = _("Write what you heard.")
    for language, said in words.items():
        if not said.get(HEARD):
            errors[field_of(HEARD, language)] = _("Write what you heard.")
        if kind == Reply.Kind.NOT and not said.get(ANSWER):
            errors[field_of(ANSWER, language)] = _(
                "Say why you will not do it. A no without a reason is not an answer."
            )
        for part, text in said.items():
            if len(text) > LIMIT:
                errors[field_of(part, language)] = _("Please keep this under %(most)s characters.") % {
                    "most": LIMIT
                }
    return errors


def missing_in(lines: Sequence[Words], languages: Sequence[str]) -> list[str]:
    """The languages in which a line is not said yet."""
    return [each for each in languages if any(each not in words for words in lines)]
