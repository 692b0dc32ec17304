"""Nothing that is hidden follows from what is shown: tried by solving for it, in a thousand small listenings (P2)."""

import random
from collections.abc import Hashable, Iterator
from itertools import product
from typing import Any, cast

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from throughline.voices.figures import suppression
from throughline.voices.figures.cutting import Band, bands_of
from throughline.voices.figures.suppression import FEW, LOWER, UPPER, Parcel, Said, Side, Way
from throughline.voices.figures.tests.attack import System, spans
from throughline.voices.figures.tests.known import (
    ANSWERS,
    QUESTIONS,
    WAYS,
    Small,
    knowledge,
    small_listening,
    targets,
)
from throughline.voices.scales import STEPS

SIZES = st.one_of(st.integers(0, 4), st.integers(5, 16), st.integers(17, 60))
Target = tuple[str, Way, str | None, int | str | None]
GROUPS = ("learner", "community", "board")


@st.composite
def listenings(draw: st.DrawFn) -> Small:
    groups = GROUPS[: draw(st.integers(1, 3))]
    return small_listening(
        {(group, way): draw(SIZES) for group, way in product(groups, WAYS)},
        leaning=draw(st.sampled_from((1, 3, 5, 5, 8, 9))),
        said=draw(st.sampled_from((6, 9, 10, 10))),
        cuts=draw(st.sampled_from((0, 1, 1, 2))),
        threshold=draw(st.sampled_from((5, 10, 10))),
        blunt=draw(st.booleans()),
        seed=draw(st.integers(0, 2**32)),
    )


def found_out(small: Small, known: System) -> tuple[list[Hashable], list[Hashable]]:
    """What is hidden and has one solution only; what has so few that it is nearly found out."""
    exactly, narrowly = [], []
    shown = {cells for cells, low, high in known.sums if low == high}
    nobody = frozenset().union(*(cells for cells, _low, high in known.sums if high == 0))
    for family in targets(small):
        hidden = {name: cells - nobody for name, cells in family.items() if cells not in shown}
        hidden = {name: cells for name, cells in hidden.items() if cells and cells not in shown}
        for name, (low, high) in spans(known, hidden, FEW).items():
            if low == high:
                exactly.append(name)
            elif high - low < FEW:
                narrowly.append(name)
    return exactly, narrowly


def meant_to_be_narrow(small: Small, question: str, name: Hashable) -> bool:
    """What decision 53 leaves narrow: how many gave no step, fewer than three people in all, and "nearly all"."""
    group, way, _choice, told = cast(Target, name)
    if told not in (*STEPS, "upper", "lower") or small.many(group, way) < FEW:
        return True
    for unit in small.outcome.units:
        if group in unit.groups and unit.way in (way, Way.BOTH):
            said = next(shown.said for shown in unit.questions if shown.question == question)
            few: tuple[int | str, ...] = {Said.NEARLY_ALL: LOWER, Said.HARDLY_ANYBODY: UPPER}.get(said, ())
            return bool(few) and told in (*few, "upper", "lower")
    return False


@pytest.mark.parametrize("quarter", range(4))
def test_nothing_that_is_hidden_follows_from_all_that_is_shown(quarter: int) -> None:
    @seed(quarter)
    @settings(max_examples=250, deadline=None, database=None)
    @given(listenings())
    def attacked(small: Small) -> None:
        for question in QUESTIONS:
            exactly, narrowly = found_out(small, knowledge(small, question))
            assert exactly == [], question
            assert [name for name in narrowly if not meant_to_be_narrow(small, question, name)] == [], (
                question
            )

    attacked()


def test_the_attack_finds_what_a_naive_rule_lets_slip() -> None:
    """The rule "no figure about fewer than ten", and no more: each group and way that is large enough, and all together."""
    leaks = 0
    for number in range(100):
        chance = random.Random(number)
        sizes = {
            ("learner", way): chance.randint(*of) for way, of in zip(WAYS, ((12, 40), (4, 9)), strict=True)
        }
        small = small_listening(sizes, 5, 9, cuts=0, threshold=10, seed=number)
        known, everybody = System(), frozenset(small.cells(["learner"], WAYS))
        for ways in (WAYS, WAYS[:1]):  # all together, and those by code; those by link are hidden
            for step in ANSWERS:
                cells = frozenset(cell for cell in everybody if cell[1] in ways and cell[3] == step)
                told = sum(
                    person.way in ways and person.answers["everybody"] == step for person in small.people
                )
                known.know(cells, told)
        leaks += bool(found_out(small, known)[0])
    assert leaks == 100


@pytest.mark.parametrize(
    "rule", ["those who would rather not say", "steps beside cuts", "cells that are left out"]
)
def test_the_attack_finds_what_follows_when_a_rule_is_left_out(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if rule == "those who would rather not say":

        def forgetful(cells: dict[str, int], *rest: Any) -> tuple[Band, ...]:
            return bands_of({choice: many for choice, many in cells.items() if choice}, *rest)

        monkeypatch.setattr(suppression, "bands_of", forgetful)
    elif rule == "steps beside cuts":
        fine = suppression.parts_of
        monkeypatch.setattr(suppression, "parts_of", lambda counts, coarse: fine(counts))
    else:

        def each_by_itself(
            parcel: Parcel, question: str, cut: str, bands: tuple[Band, ...], threshold: int
        ) -> tuple[Side, ...]:
            alone = (strict(parcel, question, cut, [band], threshold) for band in bands)
            return tuple(sides[0] if sides else Side(0, 0) for sides in alone)

        strict = suppression._sides
        monkeypatch.setattr(suppression, "_sides", each_by_itself)
    leaks = 0
    for number in range(150):
        small = small_listening(
            {("learner", Way.INVITED): 45}, 5, 9, cuts=1, threshold=10, seed=number, blunt=bool(number % 2)
        )
        leaks += bool(found_out(small, knowledge(small, "everybody"))[0])
    assert leaks > 5


def test_the_solver_agrees_with_trying_everything() -> None:
    for number in range(40):
        chance = random.Random(number)
        rows = [[chance.randint(0, 3) for _column in range(3)] for _row in range(3)]
        system = System()
        for at in range(3):
            system.know([(at, column) for column in range(3)], sum(rows[at]))
            system.know([(row, at) for row in range(3)], sum(row[at] for row in rows))
        system.know([(0, 0), (1, 1)], max(0, rows[0][0] + rows[1][1] - 1), rows[0][0] + rows[1][1] + 1)
        found = spans(system, {cell: frozenset([cell]) for cell in system.cells}, wide=99)
        every = [
            dict(zip(sorted(system.cells), values, strict=True))  # type: ignore[type-var]
            for values in _tables([sum(row) for row in rows])
        ]
        fits = [
            table
            for table in every
            if all(low <= sum(table[cell] for cell in cells) <= high for cells, low, high in system.sums)
        ]
        for cell in system.cells:
            low, high = found[cell]
            tried = [table[cell] for table in fits]
            assert low <= min(tried) and max(tried) <= high
            assert (low == high) <= (min(tried) == max(tried))


def _tables(sums: list[int]) -> Iterator[tuple[int, ...]]:
    ways = [[(a, b, total - a - b) for a in range(total + 1) for b in range(total - a + 1)] for total in sums]
    for three in product(*ways):
        yield tuple(value for row in three for value in row)
