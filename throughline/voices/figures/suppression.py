"""What may be shown of a listening, so that no figure tells about a few people, nor do several when they are subtracted.

Decision 53 says why each rule is as it is; `tests/test_attack.py` tries to get behind them.

- A *unit* is what is shown as one: a group whose answers came one way, or groups that are counted together. No answer is
  in two units, and nothing is added up over units, so nothing can be subtracted between them.
- A unit of fewer people than the threshold is not shown, nor is a question to which fewer of it gave a step.
- Where all but fewer than `FEW` are on one side (the two most favorable steps, or the other three), words say so.
- Steps that fewer than `FEW` chose are shown together with others on the same side.
- Cuts (by grade band and so on) are shown one at a time, as two sides and no steps, and only where nobody is missing
  and every cell is large enough on both sides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from throughline.voices.figures.cutting import Band, bands_of
from throughline.voices.scales import DOES_NOT_APPLY, RATHER_NOT, STEPS

Outer = TypeVar("Outer")
Inner = TypeVar("Inner")
FEW = 3
LOWER, UPPER = tuple(STEPS)[:3], tuple(STEPS)[3:]  # the two most favorable steps are what is counted
Counts = Mapping[int, int]  # step → people

# Groups that may be counted together afterwards when each is too small alone. Learners and families never are.
KIN = (("educator", "leader"), ("community", "board", "alumni", "partner"))


class Way(StrEnum):
    """How the answers of a unit came in: by code, by the open link or on paper, or both where neither were enough."""

    INVITED = "invited"
    LINK = "link"
    BOTH = "both"


class Together(StrEnum):
    """Why groups are counted as one: the school said so beforehand, or each was too small alone."""

    NO = ""
    PLANNED = "planned"
    LEFT_OVER = "left-over"


class Said(StrEnum):
    """How a question is shown: with counts, in words only, or not at all."""

    COUNTS = "counts"
    NEARLY_ALL = "nearly-all"
    HARDLY_ANYBODY = "hardly-anybody"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Parcel:
    """The answers of one group that came one way, counted. `groups` are several where that was planned.

    `steps`: question → step → people. `cells`: cut → choice → people. `cell_steps`: (cut, choice, question) → the same.
    """

    groups: tuple[str, ...]
    way: Way
    people: int
    steps: Mapping[str, Counts] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    cell_steps: Mapping[tuple[str, str, str], Counts] = field(default_factory=dict)
    together: Together = Together.NO
    pieces: tuple[int, ...] = ()  # the people of each group and way of which it was put together

    def is_enough(self, threshold: int) -> bool:
        """Whether it may be shown. A piece of very few does not help others over the threshold: too much would
        follow for those others, who are too small a group themselves."""
        pieces = self.pieces or (self.people,)
        return sum(piece for piece in pieces if piece >= FEW) >= threshold


@dataclass(frozen=True, slots=True)
class Cut:
    """A background question: its choices in order; `ordered` ones may be merged with their neighbors."""

    code: str
    choices: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """How many chose one of these neighboring steps."""

    steps: tuple[int, ...]
    count: int

    @property
    def is_few(self) -> bool:
        """Whether it tells of very few people."""
        return 0 < self.count < FEW


@dataclass(frozen=True, slots=True)
class Side:
    """Of those in one cell of a cut who gave a step, how many gave one of the two most favorable."""

    of: int
    favorable: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of one question in a unit. None and empty mean: not shown.

    `of`: how many gave a step. `cuts`: cut → one side for each band of the unit.
    """

    question: str
    said: Said
    of: int | None = None
    favorable: int | None = None
    parts: tuple[Part, ...] = ()
    does_not_apply: int | None = None
    rather_not: int | None = None
    cuts: Mapping[str, tuple[Side, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is shown as one."""

    groups: tuple[str, ...]
    way: Way
    together: Together
    people: int
    questions: tuple[Shown, ...]
    cuts: Mapping[str, tuple[Band, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that is shown. `too_small`: groups of which nothing is, to be heard in a conversation.

    `left_out`: groups that are shown, but not those few of them who came the other way.
    """

    units: tuple[Unit, ...]
    too_small: tuple[str, ...]
    left_out: tuple[tuple[str, ...], ...]


def shown_of(
    parcels: Sequence[Parcel],
    *,
    cuts: Sequence[Cut],
    threshold: int,
    asked_of_all: Iterable[str] = (),
) -> Outcome:
    """What may be shown of these parcels. `asked_of_all`: the questions that no part of a group was spared."""
    whole = frozenset(asked_of_all)
    kept, too_small, left_out = _kept(parcels, threshold)
    return Outcome(
        tuple(_unit(parcel, cuts, threshold, whole) for parcel in kept), tuple(too_small), tuple(left_out)
    )


def _kept(parcels: Sequence[Parcel], threshold: int) -> tuple[list[Parcel], list[str], list[tuple[str, ...]]]:
    """The parcels that are large enough, alone or together; the groups without any; those that lost one way."""
    kept: list[Parcel] = []
    left_out: list[tuple[str, ...]] = []
    small: list[Parcel] = []
    for groups in dict.fromkeys(parcel.groups for parcel in parcels):
        own = [parcel for parcel in parcels if parcel.groups == groups]
        enough = [parcel for parcel in own if parcel.is_enough(threshold)]
        if enough:
            kept += enough
            if any(parcel.people and parcel not in enough for parcel in own):
                left_out.append(groups)
        else:
            one = together(own)
            (kept if one.is_enough(threshold) else small).append(one)
    for kin in KIN:
        few = [parcel for parcel in small if parcel.people and set(parcel.groups) <= set(kin)]
        if len(few) > 1 and (one := together(few, Together.LEFT_OVER)).is_enough(threshold):
            kept.append(one)
            small = [parcel for parcel in small if parcel not in few]
    return kept, [group for parcel in small for group in parcel.groups], left_out


def together(parcels: Sequence[Parcel], why: Together | None = None) -> Parcel:
    """Parcels added up to one."""
    ways = {parcel.way for parcel in parcels if parcel.people} or {parcels[0].way}
    return Parcel(
        groups=tuple(dict.fromkeys(group for parcel in parcels for group in parcel.groups)),
        way=ways.pop() if len(ways) == 1 else Way.BOTH,
        people=sum(parcel.people for parcel in parcels),
        steps=_added(parcel.steps for parcel in parcels),
        cells=_added(parcel.cells for parcel in parcels),
        cell_steps=_added(parcel.cell_steps for parcel in parcels),
        together=parcels[0].together if why is None else why,
        pieces=tuple(piece for parcel in parcels for piece in parcel.pieces or (parcel.people,)),
    )


def _added(tables: Iterable[Mapping[Outer, Mapping[Inner, int]]]) -> dict[Outer, dict[Inner, int]]:
    whole: dict[Outer, dict[Inner, int]] = {}
    for table in tables:
        for outer, row in table.items():
            into = whole.setdefault(outer, {})
            for inner, count in row.items():
                into[inner] = into.get(inner, 0) + count
    return whole


def _unit(parcel: Parcel, cuts: Sequence[Cut], threshold: int, whole: frozenset[str]) -> Unit:
    bands = {
        cut.code: found
        for cut in cuts
        if (found := bands_of(parcel.cells.get(cut.code, {}), cut.choices, cut.ordered, threshold))
    }
    questions = [
        _question(parcel, question, bands, threshold, question in whole) for question in parcel.steps
    ]
    used = {code for shown in questions for code in shown.cuts}
    return Unit(
        groups=parcel.groups,
        way=parcel.way,
        together=parcel.together,
        people=parcel.people,
        questions=tuple(questions),
        cuts={code: found for code, found in bands.items() if code in used},
    )


def _question(
    parcel: Parcel, question: str, bands: Mapping[str, tuple[Band, ...]], threshold: int, of_all: bool
) -> Shown:
    counts = parcel.steps[question]
    side = side_of(counts)
    if side.of < threshold:
        return Shown(question, Said.TOO_FEW)
    cuts = {
        code: sides
        for code, found in bands.items()
        if (sides := _sides(parcel, question, code, found, threshold))
    }
    does_not_apply, rather_not = (None, None) if cuts else _not_answering(parcel, counts, side.of, of_all)
    said = _said(side)
    return Shown(
        question=question,
        said=said,
        of=side.of,
        favorable=side.favorable if said is Said.COUNTS else None,
        parts=parts_of(counts, coarse=bool(cuts)) if said is Said.COUNTS else (),
        does_not_apply=does_not_apply,
        rather_not=rather_not,
        cuts=cuts,
    )


def side_of(counts: Counts) -> Side:
    """How many gave a step, and how many of them one of the two most favorable."""
    return Side(sum(counts.get(step, 0) for step in STEPS), sum(counts.get(step, 0) for step in UPPER))


def _said(side: Side) -> Said:
    if side.of - side.favorable < FEW:
        return Said.NEARLY_ALL
    return Said.HARDLY_ANYBODY if side.favorable < FEW else Said.COUNTS


def parts_of(counts: Counts, *, coarse: bool = False) -> tuple[Part, ...]:
    """The steps in order, those that few chose together with a neighbor of the same side.

    `coarse`: where cuts are shown too, a side that lies wholly in one step is not told apart, or each cell would tell its own.
    """
    return tuple(part for half in (LOWER, UPPER) for part in _parts(half, counts, coarse))


def _parts(half: tuple[int, ...], counts: Counts, coarse: bool) -> list[Part]:
    """From the outermost step inward: whichever of two is few, they are shown as one, so that nobody knows which it was."""
    singles = [Part((step,), counts.get(step, 0)) for step in half]
    first, last = [_joined(singles[:-1])], singles[-1:]
    if len(half) > 2 and not any(part.is_few for part in singles[:-1]):
        first = singles[:-1]
    parts = [*first, *last]
    if any(part.is_few for part in parts) or (coarse and sum(part.count > 0 for part in parts) == 1):
        return [_joined(parts)]
    return parts


def _joined(parts: Sequence[Part]) -> Part:
    return Part(tuple(step for part in parts for step in part.steps), sum(part.count for part in parts))


def _sides(
    parcel: Parcel, question: str, cut: str, bands: Sequence[Band], threshold: int
) -> tuple[Side, ...]:
    """One side for each band; nothing where one of them is too small or (nearly) of one mind."""
    sides = []
    for band in bands:
        rows = [parcel.cell_steps.get((cut, choice, question), {}) for choice in band.choices]
        side = side_of(_row(rows))
        if side.of < threshold or _said(side) is not Said.COUNTS:
            return ()
        sides.append(side)
    return tuple(sides)


def _row(rows: Iterable[Counts]) -> dict[int, int]:
    return _added({0: row} for row in rows).get(0, {})


def _not_answering(parcel: Parcel, counts: Counts, of: int, of_all: bool) -> tuple[int | None, int | None]:
    """How many said that it does not apply, and how many would rather not say; only where neither are few."""
    does_not_apply, rather_not = counts.get(DOES_NOT_APPLY, 0), counts.get(RATHER_NOT, 0)
    passed_over = parcel.people - of - does_not_apply - rather_not if of_all else 0
    if any(0 < count < FEW for count in (does_not_apply, rather_not, passed_over)):
        return None, None
    return does_not_apply, rather_not
