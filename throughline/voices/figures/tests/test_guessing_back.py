"""Whoever knows the rules as well, and works out which answers they would have shown like this, finds out no more.

For small groups every possible set of answers is tried: what looks the same when it is shown must not agree in anything
that is hidden.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from throughline.voices.figures.suppression import Cut, Parcel, Said, Shown, Way, shown_of
from throughline.voices.scales import STEPS

GRADES = Cut("grade", ("low", "high"), ordered=True)


def _tables(many: int, steps: int) -> Iterator[tuple[int, ...]]:
    if steps == 1:
        yield (many,)
        return
    for first in range(many + 1):
        for rest in _tables(many - first, steps - 1):
            yield (first, *rest)


@pytest.mark.parametrize("many", [5, 6, 9, 12])
def test_no_hidden_step_can_be_guessed_back(many: int) -> None:
    alike: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for table in _tables(many, len(STEPS)):
        parcel = Parcel(("learner",), Way.INVITED, many, {"q": dict(enumerate(table))})
        (unit,) = shown_of([parcel], cuts=[], threshold=5, asked_of_all=["q"]).units
        alike[unit.questions[0].said, unit.questions[0].parts].append(table)
    assert {said for said, _parts in alike} == {
        Said.COUNTS,
        Said.NEARLY_ALL,
        Said.HARDLY_ANYBODY,
    } or many == 5
    for (_said, parts), tables in alike.items():
        shown = {step for part in parts for step in part.steps if len(part.steps) == 1}
        for step in set(STEPS) - shown:
            assert len({table[step] for table in tables}) > 1, (parts, step)


def test_no_cell_can_be_guessed_back_where_a_cut_is_not_shown() -> None:
    many = 7
    alike: dict[Any, list[tuple[int, int]]] = defaultdict(list)
    for low, high in product(range(many + 1), repeat=2):
        cells = {
            ("grade", "low", "q"): {4: low, 0: many - low},
            ("grade", "high", "q"): {4: high, 0: many - high},
        }
        parcel = Parcel(
            ("learner",),
            Way.INVITED,
            2 * many,
            {"q": {4: low + high, 0: 2 * many - low - high}},
            {"grade": {"low": many, "high": many}},
            cells,
        )
        (unit,) = shown_of([parcel], cuts=[GRADES], threshold=5, asked_of_all=["q"]).units
        alike[_key(unit.questions[0])].append((low, high))
    assert any(cuts for *_rest, cuts in alike) and not all(cuts for *_rest, cuts in alike)
    for (*_rest, cuts), found in alike.items():
        if not cuts:
            assert len({low for low, _high in found}) > 1 < len({high for _low, high in found}), found


def _key(shown: Shown) -> tuple[Any, ...]:
    return shown.said, shown.favorable, shown.parts, tuple(shown.cuts.items())
