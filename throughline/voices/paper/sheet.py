"""What stands on a sheet of paper and on the page on which it is keyed in: the same rows with the same numbers. Pure.

Each choice has a number of its own, printed in its box: whoever keys in types it. For questions with steps 1 to 5 are the
steps, 6 and 7 the two ways not to answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from throughline.voices.answering.drawing import RATHER_NOT
from throughline.voices.answering.languages import Said, said_in
from throughline.voices.answering.parts import Part
from throughline.voices.answering.queries import Questionnaire
from throughline.voices.models import Question
from throughline.voices.scales import NOT_ANSWERING, SCALES
from throughline.voices.scales import RATHER_NOT as RATHER_NOT_STEP


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick: its number on paper, and what it stands for. `apart`: a way not to answer."""

    digit: int
    value: str
    label: Said
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A question on paper. `kind` is what an answer holds of it: steps, background or words."""

    number: int
    kind: str
    code: str
    said: Said
    boxes: tuple[Box, ...] = ()

    def value_of(self, digit: str) -> str | None:
        """What this number stands for here; None where there is no such box."""
        return next((box.value for box in self.boxes if str(box.digit) == digit), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading."""

    title: str
    rows: tuple[Row, ...]
    about_you: bool = False


def sheet_of(whole: Questionnaire, part: int, language: str) -> list[Section]:
    """A sheet: what somebody in this part of the group is asked. The language around the questions is active."""
    sections: list[Section] = []
    number = 0
    for each in whole.parts(part):
        rows = tuple(_rows(whole, each, number, language))
        number += len(rows)
        if each.again:
            before = sections.pop()
            sections.append(Section(before.title, before.rows + rows))
        else:
            sections.append(Section(_title(whole, each, language), rows, each.about_you))
    return sections


def rows_of(sections: list[Section]) -> list[Row]:
    """All rows of a sheet, in order."""
    return [row for section in sections for row in section.rows]


def _title(whole: Questionnaire, part: Part, language: str) -> str:
    """As on the pages: children are told no names of domains."""
    if part.about_you:
        return _("About you") if whole.asked.young else _("A little about you")
    name = whole.name_of(part.domain, language)
    if name and not whole.asked.young:
        return name
    return _("Here at school") if part.number == 1 else _("More questions")


def _rows(whole: Questionnaire, part: Part, before: int, language: str) -> Iterator[Row]:
    young = whole.asked.young
    for number, each in enumerate((*part.steps, *part.words), start=before + 1):
        said = said_in(each.words, language, simple=young)
        if each.kind == Question.Kind.STEPS:
            yield Row(number, "steps", each.code, said, _steps(each.scale, young))
        else:
            yield Row(number, "words", each.code, said)
    if part.about_you:
        for number, asked in enumerate(whole.listening.background, start=before + 1):
            choices = [
                (str(choice["code"]), said_in(choice["words"], language)) for choice in asked["choices"]
            ]
            yield Row(
                number, "background", asked["code"], said_in(asked["words"], language), _choices(choices)
            )


def _steps(scale: str, young: bool) -> tuple[Box, ...]:
    known = SCALES[scale]
    labels = known.simple if young else known.labels
    boxes = [Box(step + 1, str(step), _ours(label)) for step, label in enumerate(labels)]
    after = len(boxes) + 1
    others = [
        Box(after + place, str(step), _ours(label), apart=True)
        for place, (step, label) in enumerate(NOT_ANSWERING.items())
    ]
    return (*boxes, *others)


def _choices(choices: list[tuple[str, Said]]) -> tuple[Box, ...]:
    boxes = [Box(place, code, label) for place, (code, label) in enumerate(choices, start=1)]
    rather_not = _ours(NOT_ANSWERING[RATHER_NOT_STEP])
    return (*boxes, Box(len(boxes) + 1, RATHER_NOT, rather_not, apart=True))


def _ours(label: str | Promise) -> Said:
    """Words of the product, in the language that is active."""
    return Said(str(label), "")
