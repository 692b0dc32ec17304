"""What may be shown of a listening as rows of a table, and its questions with their codes. No queries.

Every cell comes from `figures.reading`: what no page shows is in no file either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from throughline.voices.figures.reading import Figure, Result
from throughline.voices.figures.words import part_words, sentence
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Asked, Listening, Question
from throughline.voices.scales import NOT_ANSWERING, SCALES

Cell = str | int
Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its headings; `widths` of columns for a workbook."""

    name: str
    headings: list[str]
    widths: list[int]
    rows: Rows


def answers_sheet(result: Result) -> Sheet:
    """A row for each part of a distribution, and for what is said in words only; nothing of who is too few."""
    rows: Rows = []
    for figure in result.figures:
        rows += _rows_of(figure)
    for group in result.too_small:
        rows.append([group, "", "", "", "", "", "", "", _("Too few answered this to show a figure.")])
    return Sheet(
        _("Answers"),
        [
            _("Groups"),
            _("Way"),
            _("Competency"),
            _("Question"),
            _("Text"),
            _("Answer"),
            _("People"),
            _("Of"),
            _("In words"),
        ],
        [18, 10, 28, 36, 60, 28, 8, 8, 44],
        rows,
    )


def _rows_of(figure: Figure) -> Rows:
    young, said = figure.unit.young, sentence(figure)
    start: list[Cell] = [
        " ".join(figure.unit.groups),
        figure.unit.way.value,
        figure.asking[0].competency,
        figure.key,
        figure.text(),
    ]
    of: Cell = "" if figure.of is None else figure.of
    rows: Rows = [
        [*start, part_words(part, figure.scale, young=young), part.count, of, said] for part in figure.parts
    ]
    for label, count in (
        (NOT_ANSWERING[-1], figure.does_not_apply),
        (NOT_ANSWERING[-2], figure.rather_not),
    ):
        if count is not None:
            rows.append([*start, str(label), count, "", ""])
    return rows if figure.parts else [[*start, "", "", of, said], *rows]


def cells_sheet(result: Result) -> Sheet:
    """By background: two sides of each cell, only where every cell may be shown."""
    rows: Rows = [
        [
            " ".join(figure.unit.groups),
            figure.unit.way.value,
            figure.key,
            code,
            " ".join(cell.choices),
            cell.favorable,
            cell.of,
        ]
        for figure in result.figures
        for code, cells in figure.cuts.items()
        for cell in cells
    ]
    headings = [
        _("Groups"),
        _("Way"),
        _("Question"),
        _("About"),
        _("Choice"),
        _("The two most favorable answers"),
        _("Of"),
    ]
    return Sheet(_("Differences"), headings, [18, 10, 36, 18, 24, 16, 8], rows)


def groups_sheet(result: Result) -> Sheet:
    """Who answered."""
    rows: Rows = [
        [
            " ".join(unit.groups),
            unit.way.value,
            unit.people,
            "" if unit.invited is None else unit.invited,
        ]
        for unit in result.units
    ]
    rows += [
        [group, "", _("fewer than %(least)d") % {"least": result.threshold}, ""] for group in result.too_small
    ]
    return Sheet(_("Groups"), [_("Groups"), _("Way"), _("People"), _("Invited")], [24, 10, 14, 10], rows)


def questions_sheet(listening: Listening, asked: Sequence[Asked], questions: Iterable[Question]) -> Sheet:
    """The questionnaire: codes, parts, scales and the texts in every language."""
    groups = {each.pk: each for each in asked}
    rows: Rows = []
    for each in questions:
        texts = [each.words.get(language, {}) for language in listening.languages]
        rows.append(
            [
                groups[each.asked_id].group,
                each.code,
                each.kind,
                each.domain,
                each.competency,
                each.indicator,
                each.scale,
                each.block,
                _("yes") if each.own else "",
                *(text.get(kind, "") for text in texts for kind in ("text", "simple")),
            ]
        )
    headings = [
        _("Group"),
        _("Code"),
        _("Kind"),
        _("Domain"),
        _("Competency"),
        _("Indicator"),
        _("Scale"),
        _("Block"),
        _("Own question"),
    ]
    for language in listening.languages:
        headings += [
            _("Text (%(language)s)") % {"language": language},
            _("Simpler text (%(language)s)") % {"language": language},
        ]
    widths = [12, 36, 8, 18, 28, 12, 12, 8, 8, *([60, 60] * len(listening.languages))]
    return Sheet(_("Questions"), headings, widths, rows)


def codebook_sheet(listening: Listening, asked: Sequence[Asked]) -> Sheet:
    """What codes mean: groups, steps of each scale in every language, choices about the person."""
    rows: Rows = [["group", each.group, "", str(BY_CODE[each.group].name)] for each in asked]
    for language in listening.languages:
        with override(language):
            for scale in SCALES.values():
                for step, label in enumerate(scale.labels):
                    rows.append([f"scale {scale.code}", step, language, str(label)])
                for step, label in enumerate(scale.simple):
                    rows.append([f"scale {scale.code} (simple)", step, language, str(label)])
            for step, label in NOT_ANSWERING.items():
                rows.append(["every scale", step, language, str(label)])
    for about in listening.background:
        for language, words in about["words"].items():
            rows.append(["about the person", about["code"], language, _plain(words)])
        for choice in about["choices"]:
            for language, words in choice["words"].items():
                rows.append([about["code"], choice["code"], language, _plain(words)])
    return Sheet(_("Codebook"), [_("Of"), _("Code"), _("Language"), _("Text")], [28, 20, 10, 60], rows)


def _plain(found: object) -> str:
    return str(found.get("text", "")) if isinstance(found, dict) else str(found)
