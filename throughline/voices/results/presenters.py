"""Results as pages show them: only what `figures.reading` gives, in the sentences of `figures.words`."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.tree import CompetencyItem, Tree
from throughline.voices.figures.comparing import (
    Agreement,
    Change,
    Seen,
    agreement_in,
    agreements,
    gap_of,
    uneven,
)
from throughline.voices.figures.reading import Figure, Result, Row, Unit
from throughline.voices.figures.words import (
    agreement_words,
    answered_words,
    cautions,
    change_words,
    interval_words,
    not_answering,
    part_words,
    sentence,
    uneven_words,
    unit_words,
)
from throughline.voices.results.picture import bar
from throughline.voices.scales import SCALES


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A group and how many of it answered."""

    name: str
    answered: str
    cautions: list[str]


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """What one unit said to one question: in words, as a bar, and as a table of labels and counts."""

    name: str
    question: str
    sentence: str
    bar: SafeString
    parts: list[tuple[str, int]]
    beside: list[str]
    change: str
    guess: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An indicator, and what the groups said to it; `heading` is the indicator as the framework has it."""

    heading: str
    agreement: str
    apart: bool
    figures: list[ShownFigure]


@dataclass(frozen=True, slots=True)
class ShownCompetency:
    """A competency in the overview: the question that groups see most differently (else the first), and a line on the rest."""

    competency: CompetencyItem
    apart: bool
    heading: str
    figures: list[ShownFigure]
    line: str


def shown_unit(unit: Unit) -> ShownUnit:
    """The head of a group's answers."""
    return ShownUnit(unit_words(unit), answered_words(unit), cautions(unit))


def shown_figure(
    figure: Figure, change: Change | None = None, guesses: Mapping[str, int] | None = None
) -> ShownFigure:
    """One figure, however much of it is shown; beside it what the reader guessed, by code of the question."""
    said, young = sentence(figure), figure.unit.young
    name = unit_words(figure.unit)
    parts = [(part_words(part, figure.scale, young=young), part.count) for part in figure.parts]
    spoken = f"{name}. " + ", ".join(f"{label}: {count}" for label, count in parts)
    beside = not_answering(figure)
    if figure.interval is not None:
        beside = [interval_words(figure.interval), *beside]
    return ShownFigure(
        name=name,
        question=figure.text(),
        sentence=said,
        bar=bar(figure.parts, spoken),
        parts=parts,
        beside=beside,
        change=change_words(change) if change else "",
        guess=_guess(figure, guesses or {}),
    )


def _guess(figure: Figure, guesses: Mapping[str, int]) -> str:
    for asking in figure.asking:
        if asking.group == "learner" and asking.code in guesses:
            scale = SCALES[figure.scale]
            labels = scale.simple if figure.unit.young else scale.labels
            said = _("Your own guess, which only you see: most would say “%(answer)s”.")
            return said % {"answer": labels[guesses[asking.code]]}
    return ""


def shown_row(
    row: Row,
    competency: CompetencyItem,
    changes: Mapping[tuple[str, str], Change],
    guesses: Mapping[str, int],
) -> ShownRow:
    """One indicator with every group's answer to it, each on an axis of its own."""
    seen = agreement_in(row)
    return ShownRow(
        heading=_heading(row, competency),
        agreement=agreement_words(seen) if seen else "",
        apart=bool(seen and seen.seen is Seen.APART),
        figures=[
            shown_figure(figure, changes.get((figure.unit.key, figure.key)), guesses)
            for figure in row.figures
        ],
    )


def overview(result: Result, framework: Tree) -> list[tuple[str, list[ShownCompetency]]]:
    """By domain: each competency that was asked about."""
    by_code = {each.code: each for each in framework.competencies}
    domains: dict[str, list[ShownCompetency]] = {}
    for code in result.competencies:
        competency = by_code.get(code)
        if competency is not None:
            domains.setdefault(competency.domain_name, []).append(_competency(result, competency))
    return list(domains.items())


def _competency(result: Result, competency: CompetencyItem) -> ShownCompetency:
    rows = result.about(competency.code)
    found = agreements(result, competency.code)
    apart = sorted((each for each in found if each.seen is Seen.APART), key=lambda each: -gap_of(each))
    row, figures = (apart[0].row, [apart[0].high, apart[0].low]) if apart else _first(rows)
    return ShownCompetency(
        competency=competency,
        apart=bool(apart),
        heading=_heading(row, competency) if row else "",
        figures=[shown_figure(each) for each in figures],
        line=_line(found, len(apart), bool(figures)),
    )


def _first(rows: tuple[Row, ...]) -> tuple[Row | None, list[Figure]]:
    for row in rows:
        if shown := [figure for figure in row.figures if figure.is_shown]:
            return row, shown
    return None, []


def _heading(row: Row, competency: CompetencyItem) -> str:
    """The indicator as the framework has it; a school's own question as it was asked."""
    known = next((each.text for each in competency.indicators if each.code == row.indicator), "")
    return known or row.figures[0].text()


def _line(found: tuple[Agreement, ...], apart: int, shown: bool) -> str:
    if not shown:
        return _("Too few answered to show anything here.")
    if not found:
        return _("Only one group was asked this, or only one is large enough to be shown.")
    if apart:
        said = {"n": apart, "of": len(found)}
        return (
            ngettext(
                "Groups see %(n)d of %(of)d questions differently.",
                "Groups see %(n)d of %(of)d questions differently.",
                apart,
            )
            % said
        )
    if all(each.seen is Seen.ALIKE for each in found):
        return _("The groups see this much alike.")
    return _("The groups differ a little; these answers cannot tell whether that is chance.")


def differences(result: Result) -> list[str]:
    """Whose experience differs, in words that blame nobody."""
    return [uneven_words(result, each) for each in uneven(result)]
