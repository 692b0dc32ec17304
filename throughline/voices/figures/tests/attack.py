"""Whoever has everything that is shown, and more, tries to work out what is not.

The attacker writes each figure down as an equation over cells, one for each combination of group, way, choice in every
cut, and answer. What is the same in every solution is found out. `spans` gives the least and the most that something can
be, by the simplex method: exact for solutions in real numbers, and rounded inward for those in whole numbers.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import ceil, floor

TINY = 1e-7


@dataclass
class System:
    """Sums that are known: each says that some cells add up to at least `low` and at most `high`."""

    cells: set[Hashable] = field(default_factory=set)
    sums: list[tuple[frozenset[Hashable], int, int]] = field(default_factory=list)

    def know(self, cells: Iterable[Hashable], low: int, high: int | None = None) -> None:
        """Together these cells are `low`, or between that and `high`."""
        those = frozenset(cells)
        self.cells |= those
        self.sums.append((those, low, low if high is None else high))


def spans(
    system: System, targets: Mapping[Hashable, frozenset[Hashable]], wide: int
) -> dict[Hashable, tuple[int, int]]:
    """The least and the most of each target, a sum of cells that no two share; once they lie `wide` apart, no further."""
    label = {cell: target for target, cells in targets.items() for cell in cells}
    found: dict[Hashable, tuple[int, int]] = {}
    for part in _parts(system):
        where: dict[Hashable, list[int]] = defaultdict(list)
        for at, (cells, _low, _high) in enumerate(part.sums):
            for cell in cells:
                where[cell].append(at)
        # Cells in the same sums and the same target are one for this.
        columns = sorted({(tuple(places), label.get(cell)) for cell, places in where.items()}, key=repr)
        table = _Simplex([known[1:] for known in part.sums], [frozenset(places) for places, _of in columns])
        goals: dict[Hashable, list[int]] = defaultdict(list)
        for at, (_places, target) in enumerate(columns):
            if target is not None:
                goals[target].append(at)
        found |= _ranges(table, goals, wide)
    return found


def _ranges(
    table: "_Simplex", goals: Mapping[Hashable, list[int]], wide: int
) -> dict[Hashable, tuple[int, int]]:
    seen: dict[Hashable, list[float]] = {target: [] for target in goals}

    def look() -> None:
        values = table.values()
        for target, columns in goals.items():
            seen[target].append(sum(values[at] for at in columns))

    look()
    for target, columns in goals.items():
        for sign in (1.0, -1.0):
            if max(seen[target]) - min(seen[target]) < wide - TINY:
                table.maximize(dict.fromkeys(columns, sign))
                look()
    return {target: (ceil(min(values) - TINY), floor(max(values) + TINY)) for target, values in seen.items()}


def _parts(system: System) -> list[System]:
    """The system in parts that have no cell in common."""
    parts: list[tuple[set[Hashable], list[tuple[frozenset[Hashable], int, int]]]] = []
    for known in system.sums:
        touching = [part for part in parts if part[0] & known[0]]
        parts = [part for part in parts if part not in touching]
        cells = set(known[0]).union(*(part[0] for part in touching))
        parts.append((cells, [known, *(each for part in touching for each in part[1])]))
    return [System(cells, sums) for cells, sums in parts]


class _Simplex:
    """A tableau in a feasible corner; from there it goes to the best corner for whatever is asked next."""

    def __init__(self, sums: Sequence[tuple[int, int]], columns: Sequence[frozenset[int]]) -> None:
        slack = [at for at, (low, high) in enumerate(sums) if high > low]
        self.own = len(columns)
        width = self.own + 2 * len(slack)
        self.rows: list[list[float]] = []
        for at, (low, _high) in enumerate(sums):
            row = [float(at in column) for column in columns] + [0.0] * (2 * len(slack)) + [float(low)]
            if at in slack:
                row[self.own + 2 * slack.index(at)] = -1.0  # what the sum is above its least
            self.rows.append(row)
        for number, at in enumerate(slack):
            row = [0.0] * width + [float(sums[at][1] - sums[at][0])]
            row[self.own + 2 * number] = row[self.own + 2 * number + 1] = 1.0
            self.rows.append(row)
        self._begin(width)

    def _begin(self, width: int) -> None:
        """Find a corner: with a helper for each row, which is then driven out."""
        many = len(self.rows)
        for at, row in enumerate(self.rows):
            row[width:width] = [float(at == other) for other in range(many)]
        self.basis = [width + at for at in range(many)]
        left = self._go({width + at: -1.0 for at in range(many)}, width + many)
        assert abs(left) < TINY, "the truth solves the system, so something does"
        for at in range(many - 1, -1, -1):
            if self.basis[at] >= width:
                entering = next((j for j in range(width) if abs(self.rows[at][j]) > TINY), None)
                if entering is None:
                    del self.rows[at], self.basis[at]  # it follows from the others
                else:
                    self._pivot(at, entering)
        self.rows = [row[:width] + row[-1:] for row in self.rows]
        self.width = width

    def maximize(self, goal: Mapping[int, float]) -> float:
        return self._go(goal, self.width)

    def values(self) -> list[float]:
        found = [0.0] * self.own
        for row, at in zip(self.rows, self.basis, strict=True):
            if at < self.own:
                found[at] = row[-1]
        return found

    def _go(self, goal: Mapping[int, float], width: int) -> float:
        gain = [goal.get(at, 0.0) for at in range(width)] + [0.0]
        for row, at in zip(self.rows, self.basis, strict=True):
            if factor := gain[at]:
                gain = [a - factor * b for a, b in zip(gain, row, strict=True)]
        for turn in count():
            # The steepest way first; Bland's rule, which never goes in circles, when that takes long.
            better = (at for at in range(width) if gain[at] > TINY)
            entering = next(better, None) if turn > 60 else max(better, key=lambda at: gain[at], default=None)
            if entering is None:
                break
            leaving = min(
                (
                    (row[-1] / row[entering], self.basis[at], at)
                    for at, row in enumerate(self.rows)
                    if row[entering] > TINY
                )
            )[2]
            self._pivot(leaving, entering)
            factor, row = gain[entering], self.rows[leaving]
            gain = [a - factor * b for a, b in zip(gain, row, strict=True)]
        return -gain[-1]

    def _pivot(self, leaving: int, entering: int) -> None:
        factor = self.rows[leaving][entering]
        pivot = self.rows[leaving] = [value / factor for value in self.rows[leaving]]
        for at, row in enumerate(self.rows):
            if at != leaving and abs(row[entering]) > TINY:
                factor = row[entering]
                self.rows[at] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        self.basis[leaving] = entering
