"""What is asked of the person, for equity views: three questions that come along, each as a school words it. Pure.

A grade band follows upon another, so that neighbors can be put together where one is too small (`figures`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from throughline.kit.familiar import familiar
from throughline.kit.text import clean_line

LABEL_LIMIT, TEXT_LIMIT, MOST_CHOICES = 80, 200, 12
Background = list[dict[str, Any]]


class Preset(NamedTuple):
    """A question that comes along: its code, its name, and a sentence about what it is for."""

    code: str
    name: str | Promise
    about: str | Promise
    text: str | Promise
    choices: Sequence[str | Promise]


PRESETS = (
    Preset(
        "grade-band",
        gettext_lazy("Grade band"),
        gettext_lazy("Whether younger and older learners meet the same school."),
        gettext_lazy("Which grades are you in, or closest to?"),
        (
            gettext_lazy("Through grade 2"),
            gettext_lazy("Grades 3 to 5"),
            gettext_lazy("Grades 6 to 8"),
            gettext_lazy("Grades 9 to 12"),
        ),
    ),
    Preset(
        "program",
        gettext_lazy("Program"),
        gettext_lazy("Whether those in a program are as well served as those who are not."),
        gettext_lazy("Are you, or is your child, in one of these programs?"),
        (
            gettext_lazy("Learning English"),
            gettext_lazy("Special education or a 504 plan"),
            gettext_lazy("Gifted or advanced"),
            gettext_lazy("None of these"),
        ),
    ),
    Preset(
        "belonging",
        gettext_lazy("Belonging, in their own judgment"),
        gettext_lazy(
            "Whether those who feel they belong and those who do not tell of different experiences."
        ),
        gettext_lazy("Do you feel that you belong here?"),
        (gettext_lazy("Yes"), gettext_lazy("Partly"), gettext_lazy("Not really")),
    ),
)


def preset_in(preset: Preset, language: str) -> tuple[str, list[str]]:
    """The words of a preset in a language: what is asked, and what can be answered."""
    with override(language):
        return str(preset.text), [str(each) for each in preset.choices]


def in_familiar_words(code: str, text: str, language: str) -> str:
    """What learners are asked where a school left the words as they came; else `text` as it stands."""
    preset = next((each for each in PRESETS if each.code == code), None)
    if preset is None or familiar(language) == language or preset_in(preset, language)[0] != text:
        return text
    return preset_in(preset, familiar(language))[0]


def told_as(code: str, words: Mapping[str, tuple[str, Sequence[str]]]) -> dict[str, Any]:
    """A question as it is kept, of language → (what is asked, what can be answered)."""
    number = max((len(choices) for _text, choices in words.values()), default=0)
    return {
        "code": code,
        "words": {language: clean_line(text) for language, (text, _choices) in words.items()},
        "choices": [
            {
                "code": f"{at + 1}",
                "words": {
                    language: clean_line(choices[at]) if at < len(choices) else ""
                    for language, (_text, choices) in words.items()
                },
            }
            for at in range(number)
        ],
    }


def wrong_in(background: Background, languages: Sequence[str]) -> dict[str, str]:
    """What is wrong with it, sentence by `code-language`; nothing where it can be asked."""
    wrong: dict[str, str] = {}
    for each in background:
        for language in languages:
            if sentence := _wrong(each, language):
                wrong[f"{each['code']}-{language}"] = sentence
    if len({each["code"] for each in background}) < len(background):
        wrong["background"] = _("Each question is asked once.")
    return wrong


def _wrong(each: dict[str, Any], language: str) -> str:
    text = each["words"].get(language, "")
    choices = [choice["words"].get(language, "") for choice in each["choices"]]
    if not 0 < len(text) <= TEXT_LIMIT:
        return _("Say what is asked, in at most %(most)d characters.") % {"most": TEXT_LIMIT}
    if not 2 <= len(choices) <= MOST_CHOICES:
        return _("Give from %(least)d to %(most)d answers, each in a line of its own.") % {
            "least": 2,
            "most": MOST_CHOICES,
        }
    if not all(choices):
        return _("Give as many answers in each language, in the same order.")
    if max(map(len, choices)) > LABEL_LIMIT:
        return _("Keep each answer under %(most)d characters.") % {"most": LABEL_LIMIT}
    if len(set(choices)) < len(choices):
        return _("Two answers are the same.")
    return ""


def lines(text: str) -> list[str]:
    """What was typed, a line for each answer; empty lines do not count."""
    return [line for line in map(clean_line, text.splitlines()) if line]
