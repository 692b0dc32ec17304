"""Small listenings whose answers are known to the test, and what an attacker knows of them."""

import random
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from throughline.voices.figures.suppression import (
    FEW,
    LOWER,
    UPPER,
    Cut,
    Outcome,
    Parcel,
    Said,
    Shown,
    Unit,
    Way,
    shown_of,
)
from throughline.voices.figures.tests.attack import System
from throughline.voices.scales import DOES_NOT_APPLY, RATHER_NOT, STEPS

CUTS = (Cut("grade", ("low", "mid", "high"), ordered=True), Cut("programme", ("arts", "science")))
NOTHING = None
ANSWERS = (*STEPS, DOES_NOT_APPLY, RATHER_NOT, NOTHING)
WAYS = (Way.INVITED, Way.LINK)
QUESTIONS = ("everybody", "in-a-block")
Cell = tuple[str, Way, tuple[str, ...], int | None]


@dataclass(frozen=True)
class Person:
    group: str
    way: Way
    choices: tuple[str, ...]
    answers: Mapping[str, int | None]


@dataclass(frozen=True)
class Small:
    """A listening of few people, and all that is shown of it."""

    people: tuple[Person, ...]
    cuts: tuple[Cut, ...]
    threshold: int
    outcome: Outcome

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(person.group for person in self.people))

    def many(self, group: str, way: Way) -> int:
        """How many of the group answered this way."""
        return sum((person.group, person.way) == (group, way) for person in self.people)

    def cells(self, groups: Iterable[str], ways: Iterable[Way]) -> Iterator[Cell]:
        """Every combination that somebody could be in."""
        choices = [(*cut.choices, "") for cut in self.cuts]
        yield from product(groups, ways, product(*choices), ANSWERS)


def small_listening(
    sizes: Mapping[tuple[str, Way], int],
    leaning: int,
    said: int,
    cuts: int,
    threshold: int,
    seed: int,
    blunt: bool = False,
) -> Small:
    """So many of each group each way; `leaning` and `said` of ten answer favorably and tell where they belong.

    `blunt`: nobody chooses a step between the outermost.
    """
    chance = random.Random(seed)
    asked = CUTS[:cuts]

    def answer(question: str) -> int | None:
        if question == "in-a-block" and chance.random() < 0.5:
            return NOTHING
        if chance.random() < 0.12:
            return chance.choice((DOES_NOT_APPLY, RATHER_NOT, NOTHING))
        side = UPPER if chance.random() * 10 < leaning else LOWER
        return (side[-1] if side is UPPER else side[0]) if blunt else chance.choice(side)

    def choice(cut: Cut) -> str:
        return chance.choice(cut.choices) if chance.random() * 10 < said else ""

    people = tuple(
        Person(group, way, tuple(map(choice, asked)), {each: answer(each) for each in QUESTIONS})
        for (group, way), many in sizes.items()
        for _each in range(many)
    )
    parcels = [parcel_of(people, group, way, asked) for group, way in sizes]
    return Small(
        people,
        asked,
        threshold,
        shown_of(parcels, cuts=asked, threshold=threshold, asked_of_all=["everybody"]),
    )


def parcel_of(people: Iterable[Person], group: str, way: Way, cuts: Iterable[Cut]) -> Parcel:
    """Counted one by one."""
    steps: dict[str, dict[int, int]] = {question: {} for question in QUESTIONS}
    cells: dict[str, dict[str, int]] = {}
    cell_steps: dict[tuple[str, str, str], dict[int, int]] = {}
    own = [person for person in people if (person.group, person.way) == (group, way)]
    for person in own:
        for cut, choice in zip(cuts, person.choices, strict=True):
            row = cells.setdefault(cut.code, {})
            row[choice] = row.get(choice, 0) + 1
        for question, step in person.answers.items():
            if step is None:
                continue
            steps[question][step] = steps[question].get(step, 0) + 1
            for cut, choice in zip(cuts, person.choices, strict=True):
                into = cell_steps.setdefault((cut.code, choice, question), {})
                into[step] = into.get(step, 0) + 1
    return Parcel((group,), way, len(own), steps, cells, cell_steps)


def knowledge(small: Small, question: str) -> System:
    """What everything that is shown says about one question. How many answered each way in each group is known to all."""
    known = System()
    for group, way in product(small.groups, WAYS):
        known.know(small.cells([group], [way]), small.many(group, way))
    for unit in small.outcome.units:
        ways = list(WAYS) if unit.way is Way.BOTH else [unit.way]
        cells: frozenset[Cell] = frozenset(small.cells(unit.groups, ways))
        for code, bands in unit.cuts.items():
            for band in bands:
                known.know(_choosing(small, cells, code, band.choices), band.people)
            told = {choice for band in bands for choice in band.choices}
            left = unit.people - sum(band.people for band in bands)
            known.know(
                cells.difference(_choosing(small, cells, code, told)), left
            )  # who chose what stands nowhere
        for shown in unit.questions:
            if shown.question == question:
                _know(small, known, unit, shown, cells)
    return known


def _choosing(small: Small, cells: Iterable[Cell], cut: str, choices: Iterable[str]) -> frozenset[Hashable]:
    at = [each.code for each in small.cuts].index(cut)
    return frozenset(cell for cell in cells if cell[2][at] in choices)


def _saying(cells: Iterable[Hashable], answers: Iterable[int | None]) -> frozenset[Hashable]:
    wanted = tuple(answers)
    return frozenset(cell for cell in cells if cell[3] in wanted)  # type: ignore[index]


def _know(small: Small, known: System, unit: Unit, shown: Shown, cells: frozenset[Cell]) -> None:
    if shown.said is Said.TOO_FEW:
        known.know(_saying(cells, STEPS), 0, small.threshold - 1)
        return
    assert shown.of is not None
    known.know(_saying(cells, STEPS), shown.of)
    known.know(_saying(cells, ANSWERS[5:]), unit.people - shown.of)
    if shown.said is not Said.COUNTS:
        few = LOWER if shown.said is Said.NEARLY_ALL else UPPER
        known.know(_saying(cells, few), 0, FEW - 1)
    else:
        _know_sides(known, cells, shown.of, shown.favorable)
    for part in shown.parts:
        known.know(_saying(cells, part.steps), part.count)
    if shown.does_not_apply is not None and shown.rather_not is not None:
        known.know(_saying(cells, [DOES_NOT_APPLY]), shown.does_not_apply)
        known.know(_saying(cells, [RATHER_NOT]), shown.rather_not)
        known.know(
            _saying(cells, [NOTHING]), unit.people - shown.of - shown.does_not_apply - shown.rather_not
        )
    for code, sides in shown.cuts.items():
        for band, side in zip(unit.cuts[code], sides, strict=True):
            if not side.of:
                continue  # not shown: only the rules leave out the rest as well
            those = _choosing(small, cells, code, band.choices)
            known.know(_saying(those, ANSWERS[5:]), band.people - side.of)
            _know_sides(known, those, side.of, side.favorable)


def _know_sides(known: System, cells: Iterable[Hashable], of: int, favorable: int | None) -> None:
    assert favorable is not None
    known.know(_saying(cells, UPPER), favorable)
    known.know(_saying(cells, LOWER), of - favorable)


def targets(small: Small) -> Iterator[dict[Hashable, frozenset[Hashable]]]:
    """What the attacker is after: each answer, and each side, of each group and way; the same in each cell of each cut."""
    for sides in (False, True):
        yield _grouped(small, None, sides)
        for at in range(len(small.cuts)):
            yield _grouped(small, at, sides)


def _grouped(small: Small, cut: int | None, sides: bool) -> dict[Hashable, frozenset[Hashable]]:
    found: dict[Hashable, set[Hashable]] = {}
    for cell in small.cells(small.groups, WAYS):
        group, way, choices, answer = cell
        if not sides or answer in STEPS:
            told: Hashable = ("upper" if answer in UPPER else "lower") if sides else answer
            found.setdefault((group, way, choices[cut] if cut is not None else None, told), set()).add(cell)
    return {target: frozenset(cells) for target, cells in found.items()}
