"""A second listening tells nothing more of the first, and what is said in sentences nothing more than the figures (P2)."""

import random
from collections.abc import Hashable
from itertools import product

from throughline.voices.figures.suppression import FEW, Way
from throughline.voices.figures.tests.attack import System, spans
from throughline.voices.figures.tests.known import WAYS, Small, knowledge, small_listening, targets


def _listening(chance: random.Random, number: int) -> Small:
    sizes = {(group, way): chance.randint(4, 30) for group, way in product(("learner", "board"), WAYS)}
    return small_listening(sizes, chance.choice((3, 5, 8)), 9, cuts=1, threshold=10, seed=number)


def _of(name: str, system: System) -> System:
    """The same, its cells marked as those of this listening: nobody's answer is in both."""
    marked = System()
    for cells, low, high in system.sums:
        marked.know([(name, cell) for cell in cells], low, high)
    return marked


def test_two_listenings_together_tell_no_more_than_each() -> None:
    chance = random.Random(7)
    for number in range(25):
        first, second = _listening(chance, number), _listening(chance, 1000 + number)
        alone = _of("first", knowledge(first, "everybody"))
        both = System(set(alone.cells), list(alone.sums))
        for known in _of("second", knowledge(second, "everybody")).sums:
            both.know(*known)
        for family in targets(first):
            wanted: dict[Hashable, frozenset[Hashable]] = {
                name: frozenset(("first", cell) for cell in cells) for name, cells in family.items()
            }
            assert _determined(both, wanted) == _determined(alone, wanted)


def _determined(system: System, wanted: dict[Hashable, frozenset[Hashable]]) -> set[Hashable]:
    return {name for name, (low, high) in spans(system, wanted, FEW).items() if low == high}


def test_one_more_person_changes_figures_of_their_own_unit_alone() -> None:
    for number in range(50):
        chance = random.Random(number)
        sizes = {("learner", Way.INVITED): chance.randint(20, 40), ("family", Way.INVITED): 25}
        before = small_listening(sizes, 5, 9, cuts=1, threshold=10, seed=number)
        sizes["learner", Way.LINK] = chance.randint(1, 9)
        after = small_listening(sizes, 5, 9, cuts=1, threshold=10, seed=number)
        # The first groups draw the same answers: the few by link come last, and must be seen nowhere.
        assert before.outcome.units == after.outcome.units
        assert after.outcome.left_out == (("learner",),)
