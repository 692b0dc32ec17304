"""What several schools share, side by side: a matrix without order, count or score. Pure, no database.

Schools stand in the order of the alphabet, competencies in the order of their framework. Nothing here adds up marks or
compares one school with another as a whole, and no function takes a way to sort.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from throughline.frameworks.tree import CompetencyItem, DomainItem, Tree

EARNED, IN_PROGRESS = "earned", "in-progress"
CARRIED = ("same", "reworded")


class State(NamedTuple):
    """Where one school stands with one competency."""

    standing: str
    set_aside: bool = False
    recheck: bool = False


States = Mapping[UUID, State]


@dataclass(frozen=True, slots=True)
class Picture:
    """What one school shows of its journey: where it stood, and before that where it showed an earlier state too."""

    school: str
    school_id: UUID
    share_id: UUID
    version_id: UUID
    on: datetime
    now: States
    then_on: datetime | None = None
    then: States | None = None
    priorities: frozenset[UUID] = frozenset()
    may_be_asked: bool = False


class Cell(NamedTuple):
    """One school and one competency. No state: rated in words that have no match here."""

    school: str
    now: State | None
    then: State | None

    @property
    def changed(self) -> bool:
        """Whether the school showed another state before."""
        return self.then is not None and self.now is not None and self.then[:2] != self.now[:2]


@dataclass(frozen=True, slots=True)
class Row:
    """One competency, with a cell for each school."""

    competency: CompetencyItem
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Schools that used the same framework, side by side."""

    framework: Tree
    pictures: tuple[Picture, ...]
    parts: tuple[tuple[DomainItem, tuple[Row, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A competency and the schools that chose it as a priority."""

    competency: CompetencyItem
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """A competency that some have earned, and said that they may be asked about, and that others work on.

    `chosen`: one of these others has made it a priority.
    """

    competency: CompetencyItem
    earned: tuple[Picture, ...]
    working: tuple[str, ...]
    chosen: bool


def by_name(name: str) -> tuple[str, str]:
    """The order of the alphabet: accents and capitals do not move a name."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each)), name


def alphabetical(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """The only order in which schools ever stand."""
    return tuple(sorted(pictures, key=lambda each: (by_name(each.school), str(each.school_id))))


def matrix_of(framework: Tree, pictures: Iterable[Picture]) -> Matrix:
    """Schools side by side, in the words of one version of their framework."""
    columns = alphabetical(pictures)
    parts = tuple(
        (domain, tuple(_row(each, columns) for each in domain.competencies)) for domain in framework.domains
    )
    return Matrix(framework, columns, parts)


def _row(competency: CompetencyItem, columns: Sequence[Picture]) -> Row:
    cells = (
        Cell(each.school, each.now.get(competency.id), each.then.get(competency.id) if each.then else None)
        for each in columns
    )
    return Row(competency, tuple(cells))


def common_priorities(matrix: Matrix) -> list[Shared]:
    """Competencies that more than one school chose, in the order of the framework."""
    found = []
    for competency in matrix.framework.competencies:
        schools = tuple(each.school for each in matrix.pictures if competency.id in each.priorities)
        if len(schools) > 1:
            found.append(Shared(competency, schools))
    return found


def who_could_help(matrix: Matrix) -> list[Help]:
    """What some have earned and would be asked about, and others chose as a priority or have begun."""
    found = []
    for competency in matrix.framework.competencies:
        earned = tuple(
            each for each in matrix.pictures if each.may_be_asked and _stands(each, competency.id, EARNED)
        )
        working = tuple(each.school for each in matrix.pictures if _works_on(each, competency.id))
        if earned and working:
            chosen = any(
                _works_on(each, competency.id) and competency.id in each.priorities
                for each in matrix.pictures
            )
            found.append(Help(competency, earned, working, chosen))
    return found


def _works_on(picture: Picture, competency: UUID) -> bool:
    if _stands(picture, competency, EARNED):
        return False
    return competency in picture.priorities or _stands(picture, competency, IN_PROGRESS)


def _stands(picture: Picture, competency: UUID, standing: str) -> bool:
    state = picture.now.get(competency)
    return state is not None and not state.set_aside and state.standing == standing


class Fate(NamedTuple):
    """What became of a competency in the next version."""

    old: UUID
    new: UUID | None
    kind: str


Road = Mapping[UUID, UUID]


def road(
    start: UUID, end: UUID, before: Mapping[UUID, UUID], fates: Mapping[UUID, Iterable[Fate]]
) -> Road | None:
    """Which competency of version `start` is which of version `end`; None when no chain of versions joins them.

    `before` says which version each version was made from, `fates` what it made of the older competencies. Only what is
    the same idea is carried along: after a split or a merger nobody has said how the new one stands.
    """
    steps: list[UUID] = []
    at: UUID | None = end
    while at is not None and at != start and at not in steps:
        steps.append(at)
        at = before.get(at)
    if at != start:
        return None
    way: dict[UUID, UUID] | None = None
    for version in reversed(steps):
        found = {each.old: each.new for each in fates.get(version, ()) if each.kind in CARRIED and each.new}
        way = found if way is None else {old: found[new] for old, new in way.items() if new in found}
    return way if way is not None else {}


def carried(states: States, way: Road) -> dict[UUID, State]:
    """The same states under the names of another version."""
    return {way[old]: state for old, state in states.items() if old in way}
