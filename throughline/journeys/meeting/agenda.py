"""What a meeting spends its time on: which competencies to agree in one go, which to talk about and in which order.

A proposal from the spread and nothing else; the people in the room change it. Minutes are whole and come to exactly
the length typed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from throughline.journeys.spread.consensus import Agreement

# Lines that are no single competency.
TOGETHER, PRIORITIES = "together", "priorities"
SHORTEST, LONGEST, USUAL = 10, 480, 90
SINGLE = 5  # minutes for a competency that somebody puts on the agenda by hand
_WEIGHT = {Agreement.SPLIT: 6, Agreement.LEAN: 4, Agreement.AGREE: 3, Agreement.NONE: 3}
_ORDER = (Agreement.SPLIT, Agreement.LEAN, Agreement.NONE, Agreement.AGREE)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a competency that is still open. `width` orders within a word (0 where only the word may show)."""

    key: str
    word: Agreement
    width: float = 0.0
    unsure: bool = False
    bare: bool = False
    priority: bool = False

    @property
    def easy(self) -> bool:
        """People see it alike and are sure of it: it can be agreed with others in one go."""
        return self.word is Agreement.AGREE and not self.unsure


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the agenda and its minutes; none: if there is time."""

    key: str
    minutes: int


def propose(facts: Sequence[Fact], length: int) -> list[Line]:
    """What can be agreed in one go first, then the talks, the most disputed first, and the priorities at the end."""
    talks = in_order([fact for fact in facts if not fact.easy])
    easy = sum(fact.easy for fact in facts)
    keys = [*([TOGETHER] if easy else []), *(fact.key for fact in talks), PRIORITIES]
    weights = [*([2 + easy // 3] if easy else []), *map(weight, talks), 5]
    return [Line(*pair) for pair in zip(keys, share(weights, length), strict=True)]


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """Split before lean; within a word what is a priority, then the wider spread, then what lacks evidence or sureness."""
    return sorted(
        facts,
        key=lambda fact: (_ORDER.index(fact.word), not fact.priority, -fact.width, -fact.unsure - fact.bare),
    )


def weight(fact: Fact) -> int:
    """How much of the time a talk wants, beside the others."""
    return _WEIGHT[fact.word] + fact.unsure + fact.bare + fact.priority


def share(weights: Sequence[int], total: int) -> list[int]:
    """Whole minutes that come to exactly `total`, by weight; where there are enough each line has at least one.

    What rounding leaves goes to the largest remainders, the earlier line first.
    """
    count = len(weights)
    if not count:
        return []
    if total < count:
        return [1] * total + [0] * (count - total)
    whole, left = sum(weights), total - count
    minutes = [1 + left * each // whole for each in weights]
    rest = sorted(range(count), key=lambda i: (-(left * weights[i] % whole), i))
    for i in rest[: total - sum(minutes)]:
        minutes[i] += 1
    return minutes


def shared_anew(lines: Sequence[Line], facts: Sequence[Fact], length: int) -> list[Line]:
    """The same lines in the same order with the minutes shared out again."""
    known = {fact.key: weight(fact) for fact in facts}
    easy = sum(fact.easy for fact in facts) - sum(
        fact.easy for fact in facts if fact.key in set(_keys(lines))
    )
    known |= {TOGETHER: 2 + max(0, easy) // 3, PRIORITIES: 5}
    minutes = share([known.get(line.key, 3) for line in lines], length)
    return [Line(line.key, each) for line, each in zip(lines, minutes, strict=True)]


def brought_up_to_date(lines: Sequence[Line], facts: Sequence[Fact]) -> list[Line]:
    """A saved agenda as it stands now: what is settled drops out, what has become disputed since comes in."""
    known = {fact.key: fact for fact in facts}
    kept = [line for line in lines if line.key in known or line.key in (TOGETHER, PRIORITIES)]
    named = set(_keys(kept))
    if not any(fact.easy and fact.key not in named for fact in facts):
        kept = [line for line in kept if line.key != TOGETHER]
    elif TOGETHER not in named:
        kept.insert(0, Line(TOGETHER, 0))
    new = [Line(fact.key, 0) for fact in in_order(facts) if not fact.easy and fact.key not in named]
    at = next((i for i, line in enumerate(kept) if line.key == PRIORITIES), len(kept))
    return [*kept[:at], *new, *kept[at:]]


def moved(lines: Sequence[Line], key: str, by: int) -> list[Line]:
    """The same lines with one of them earlier (`by=-1`) or later; at the edge nothing moves."""
    changed = list(lines)
    at = next((i for i, line in enumerate(changed) if line.key == key), None)
    if at is not None and 0 <= at + by < len(changed):
        changed[at], changed[at + by] = changed[at + by], changed[at]
    return changed


def by_itself(lines: Sequence[Line], key: str) -> list[Line]:
    """One competency is talked about by itself, right after what is agreed in one go."""
    if key in _keys(lines):
        return list(lines)
    at = 1 if lines and lines[0].key == TOGETHER else 0
    return [*lines[:at], Line(key, SINGLE), *lines[at:]]


def in_one_go(lines: Sequence[Line], key: str) -> list[Line]:
    """One competency goes back among those agreed in one go."""
    kept = [line for line in lines if line.key != key]
    return kept if TOGETHER in _keys(kept) else [Line(TOGETHER, SINGLE), *kept]


def _keys(lines: Sequence[Line]) -> list[str]:
    return [line.key for line in lines]
