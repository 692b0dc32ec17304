"""Which groups agree and which do not, and what changed: worked out from what is shown, so that no more follows from it.

Shares stand only within these rules; nobody is shown one. Where words stand for a count ("nearly all"), the least that
they can mean is taken.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from throughline.voices.figures.reading import Asking, Cell, Figure, Result, Row
from throughline.voices.figures.suppression import FEW, Said

# In hundredths. So far apart are groups said to differ, and so close to agree.
FAR, NEAR = 25, 15


class Seen(StrEnum):
    """How the groups see one thing."""

    ALIKE = "alike"
    APART = "apart"
    BETWEEN = "between"


class Tendency(StrEnum):
    """How a group sees something beside how it did."""

    MORE = "more"
    FEWER = "fewer"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the groups see one indicator; `high` and `low`: the two that are furthest from each other."""

    row: Row
    seen: Seen
    high: Figure
    low: Figure


@dataclass(frozen=True, slots=True)
class Change:
    """What the same groups said to the same question, in the listening before and in this one."""

    before: Figure
    now: Figure
    tendency: Tendency


@dataclass(frozen=True, slots=True)
class Uneven:
    """Two cells of a cut that are far from each other."""

    figure: Figure
    cut: str
    high: Cell
    low: Cell


@dataclass(frozen=True, slots=True)
class Range:
    """Between which hundredths the favorable answers lie, as far as it is shown."""

    low: float
    high: float


def range_of(figure: Figure) -> Range | None:
    """One point where a count is shown, what the words can mean otherwise, None where nothing is."""
    if figure.of is None:
        return None
    if figure.said is Said.COUNTS and figure.favorable is not None:
        share = 100 * figure.favorable / figure.of
        return Range(share, share)
    few = 100 * (FEW - 1) / figure.of
    return Range(100 - few, 100) if figure.said is Said.NEARLY_ALL else Range(0, few)


def agreement_in(row: Row) -> Agreement | None:
    """How the groups see an indicator; None where fewer than two different groups are shown. Ways of one group are not compared."""
    shown = [figure for figure in row.figures if figure.is_shown]
    pairs = [
        (a, b) if _middle(a) >= _middle(b) else (b, a)
        for a, b in combinations(shown, 2)
        if not set(a.unit.groups) & set(b.unit.groups)
    ]
    if not pairs:
        return None
    apart = [(high, low) for high, low in pairs if are_apart(high, low)]
    high, low = max(apart or pairs, key=lambda pair: _gap(*pair))
    if apart:
        return Agreement(row, Seen.APART, high, low)
    near = all(_middle(high) - _middle(low) < NEAR for high, low in pairs)
    return Agreement(row, Seen.ALIKE if near else Seen.BETWEEN, high, low)


def are_apart(one: Figure, other: Figure) -> bool:
    """Whether two figures differ by 25 of a hundred or more, and not perhaps by chance where that can be said."""
    high, low = (one, other) if _middle(one) >= _middle(other) else (other, one)
    if _gap(high, low) < FAR:
        return False
    if high.interval is None or low.interval is None:
        return True
    return not high.interval.overlaps(low.interval)


def agreements(result: Result, competency: str) -> tuple[Agreement, ...]:
    """How the groups see each indicator of a competency where there is something to compare."""
    return tuple(found for row in result.about(competency) if (found := agreement_in(row)))


def changes(now: Result, before: Result | None) -> Mapping[tuple[str, str], Change]:
    """(key of unit, key of question) → what changed. Only the same groups, the same way, the same question, both shown."""
    if before is None:
        return {}
    then = {(figure.unit.key, _asked(figure)): figure for figure in before.figures if figure.is_shown}
    found = {}
    for figure in now.figures:
        if figure.is_shown and (old := then.get((figure.unit.key, _asked(figure)))):
            found[figure.unit.key, figure.key] = Change(old, figure, _tendency(old, figure))
    return found


def _tendency(before: Figure, now: Figure) -> Tendency:
    if _gap(now, before) >= NEAR:
        return Tendency.MORE
    return Tendency.FEWER if _gap(before, now) >= NEAR else Tendency.ALIKE


def _asked(figure: Figure) -> Hashable:
    """The question as it was asked: with other words of the school it is another."""
    young = figure.unit.young
    return young, tuple(
        (each.code, each.scale, tuple(sorted(_texts(each))) if each.own or each.edited else ())
        for each in sorted(figure.asking, key=lambda each: each.code)
    )


def _texts(asking: Asking) -> Iterator[tuple[str, str, str]]:
    for language, told in asking.words.items():
        yield language, told.get("text", ""), told.get("simple", "")


def gap_of(agreement: Agreement) -> float:
    """How far the two that are furthest apart are from each other, in hundredths. For putting in order, never shown."""
    return _gap(agreement.high, agreement.low)


def _gap(high: Figure, low: Figure) -> float:
    """How far apart they are at least."""
    above, below = range_of(high), range_of(low)
    return above.low - below.high if above and below else 0.0


def _middle(figure: Figure) -> float:
    between = range_of(figure)
    return (between.low + between.high) / 2 if between else 0.0


def contradicted(result: Result, competency: str) -> Sequence[Figure]:
    """Figures about a competency in which fewer than half answered favorably: what to look at where a team calls it earned."""
    found = []
    for row in result.about(competency):
        for figure in row.figures:
            between = range_of(figure)
            if between and between.high < 50:
                found.append(figure)
    return found


def uneven(result: Result) -> tuple[Uneven, ...]:
    """Whose experience differs: figures in which two cells of a cut are 25 of a hundred or more apart, the widest first."""
    found = []
    for figure in result.figures:
        for cut, cells in figure.cuts.items():
            high, low = max(cells, key=_share), min(cells, key=_share)
            if _share(high) - _share(low) >= FAR:
                found.append(Uneven(figure, cut, high, low))
    return tuple(sorted(found, key=lambda each: _share(each.low) - _share(each.high)))


def _share(cell: Cell) -> float:
    return 100 * cell.favorable / cell.of
