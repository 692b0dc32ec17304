"""Draft lines from the results: where groups see something most differently, and what fewest and most said yes to.

Pure, from what may be shown (`figures.reading`), in the sentences of the pages: so nothing here is about fewer people than
the threshold, and nothing follows from it that does not follow from the results, "nearly all" in words included.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from throughline.voices.figures.comparing import Agreement, Range, Seen, agreements, gap_of, range_of
from throughline.voices.figures.reading import Figure, Result
from throughline.voices.figures.words import sentence, unit_words

LOW, HIGH = 50, 75  # of a hundred: fewer than one half are few, three quarters many
MOST_APART, MOST_LOW, MOST_HIGH = 3, 2, 2


class Why(StrEnum):
    """Why a draft is offered."""

    APART = "apart"
    LOW = "low"
    HIGH = "high"
    FIRST = "first"  # nothing stands out


@dataclass(frozen=True, slots=True)
class Draft:
    """A line to begin with. `words`: what was heard, by language; languages that the product does not speak are left open."""

    why: Why
    competency: str
    key: str
    words: dict[str, str]


def drafts(result: Result, languages: Sequence[str], *, without: set[str]) -> list[Draft]:
    """The widest differences, then the lowest and the highest results; one for a competency, none for those in `without`."""
    taken, found = set(without), list[Draft]()
    for some, most in ((_apart(result), MOST_APART), (_low(result), MOST_LOW), (_high(result), MOST_HIGH)):
        count = 0
        for why, competency, figures in some:
            if count < most and competency not in taken:
                found.append(_draft(why, competency, figures, languages))
                taken.add(competency)
                count += 1
    return found


def draft_about(result: Result, competency: str, languages: Sequence[str]) -> Draft | None:
    """What stands out of one competency, else its first figure; None where nothing is shown."""
    for some in (_apart(result), _low(result), _high(result)):
        for why, code, figures in some:
            if code == competency:
                return _draft(why, code, figures, languages)
    first = [each for each in _shown(result) if each[0] == competency]
    return _draft(Why.FIRST, competency, [first[0][1]], languages) if first else None


Found = Iterator[tuple[Why, str, Sequence[Figure]]]


def _apart(result: Result) -> Found:
    rows: list[Agreement] = [
        each for code in result.competencies for each in agreements(result, code) if each.seen is Seen.APART
    ]
    for each in sorted(rows, key=lambda row: -gap_of(row)):
        yield Why.APART, each.row.competency, (each.high, each.low)


def _low(result: Result) -> Found:
    for code, figure, share in sorted(_shown(result), key=lambda each: each[2].high):
        if share.high < LOW:
            yield Why.LOW, code, (figure,)


def _high(result: Result) -> Found:
    for code, figure, share in sorted(_shown(result), key=lambda each: -each[2].low):
        if share.low >= HIGH:
            yield Why.HIGH, code, (figure,)


def _shown(result: Result) -> list[tuple[str, Figure, Range]]:
    return [
        (code, figure, share)
        for code in result.competencies
        for row in result.about(code)
        for figure in row.figures
        if (share := range_of(figure)) is not None and figure.is_shown
    ]


def _draft(why: Why, competency: str, figures: Sequence[Figure], languages: Sequence[str]) -> Draft:
    spoken = {code for code, _name in settings.LANGUAGES}
    words = {}
    for language in languages:
        if language in spoken:
            with override(language):
                words[language] = _words(figures, language)
    return Draft(
        why, competency, ".".join((competency, *(each.unit.key for each in figures), figures[0].key)), words
    )


def _words(figures: Sequence[Figure], language: str) -> str:
    """The question as the last of the groups was asked it, then what each said."""
    said = [
        _("%(group)s: %(said)s") % {"group": unit_words(figure.unit), "said": sentence(figure)}
        for figure in figures
    ]
    return "\n".join((_("“%(question)s”") % {"question": figures[-1].text(language)}, *said))
