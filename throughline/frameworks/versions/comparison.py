"""What becomes of each competency when a new version follows an old one. Pure, no database.

Two questions: which old competencies does a new one continue (`origins_by_words`, for those who import; a draft knows
it by itself), and what does that make of each old one (`fates_of`). Everything goes by the codes of competencies.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from throughline.frameworks.blueprint import Blueprint, CompetencyPlan

Origins = dict[str, tuple[str, ...]]

SAME, REWORDED, SPLIT, MERGED, DROPPED = "same", "reworded", "split", "merged", "dropped"
_ALIKE = 0.6
_MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the competency `old`: it goes on in `new` ("" when it was dropped)."""

    old: str
    new: str
    kind: str


def fates_of(old: Blueprint, new: Blueprint, origins: Mapping[str, Sequence[str]]) -> list[Fate]:
    """Every old competency's fate, in the old order. What `origins` says of codes that do not exist is left out.

    A new competency with several sources is *merged* from them; otherwise an old one with several parts is *split*;
    one to one is *same* or *reworded* by its words; with nothing after it, it was *dropped*. Moving to another place
    or domain changes nothing.
    """
    before = {each.code: each for each in old.competencies}
    after = {each.code: each for each in new.competencies}
    sources = {
        code: tuple(dict.fromkeys(source for source in origins.get(code, ()) if source in before))
        for code in after
    }
    parts: dict[str, list[str]] = defaultdict(list)
    for code, found in sources.items():
        for source in found:
            parts[source].append(code)
    fates = []
    for code, item in before.items():
        if not parts[code]:
            fates.append(Fate(code, "", DROPPED))
        for part in parts[code]:
            fates.append(Fate(code, part, _kind(item, after[part], len(sources[part]), len(parts[code]))))
    return fates


def _kind(old: CompetencyPlan, new: CompetencyPlan, sources: int, parts: int) -> str:
    if sources > 1:
        return MERGED
    if parts > 1:
        return SPLIT
    return SAME if words_of(old) == words_of(new) else REWORDED


def words_of(item: CompetencyPlan) -> tuple[Any, ...]:
    """What people decide on: everything but codes and identifiers."""
    return (
        item.name,
        item.level,
        item.description,
        item.steps,
        item.evidence,
        tuple((each.text, tuple(each.witnesses)) for each in item.indicators),
    )


def origins_by_words(old: Blueprint, new: Blueprint) -> Origins:
    """Which old competency each new one continues: by the identifier of its source, by its code, by its name, by most
    of its words. One to one at most; splits and mergers are for a person to say."""
    left_old = list(old.competencies)
    left_new = list(new.competencies)
    found: Origins = {}
    for key in (lambda each: each.source_identifier, lambda each: each.code, _name):
        _pair(left_old, left_new, key, found)
    if len(left_old) * len(left_new) <= _MOST_PAIRS:
        _pair_alike(left_old, left_new, found)
    return {each.code: found.get(each.code, ()) for each in new.competencies}


def _pair(
    left_old: list[CompetencyPlan],
    left_new: list[CompetencyPlan],
    key: Callable[[CompetencyPlan], str],
    found: Origins,
) -> None:
    """Pair those whose key is the same and unique on both sides, and take them out of what is left."""
    times_old, times_new = Counter(map(key, left_old)), Counter(map(key, left_new))
    by_key = {key(each): each for each in left_old if key(each) and times_old[key(each)] == 1}
    gone: set[str] = set()
    for each in left_new:
        match = by_key.get(key(each))
        if match is not None and times_new[key(each)] == 1:
            found[each.code] = (match.code,)
            gone.add(match.code)
    left_old[:] = [each for each in left_old if each.code not in gone]
    left_new[:] = [each for each in left_new if each.code not in found]


def _pair_alike(left_old: list[CompetencyPlan], left_new: list[CompetencyPlan], found: Origins) -> None:
    bags_old = [(each, _bag(each)) for each in left_old]
    pairs = []
    for new in left_new:
        bag = _bag(new)
        for old, other in bags_old:
            alike = len(bag & other) / max(1, len(bag | other))
            if alike >= _ALIKE:
                pairs.append((alike, old.code, new.code))
    taken: set[str] = set()
    for _alike, old_code, new_code in sorted(pairs, key=lambda pair: -pair[0]):
        if new_code not in found and old_code not in taken:
            found[new_code] = (old_code,)
            taken.add(old_code)


def _name(item: CompetencyPlan) -> str:
    return " ".join(item.name.casefold().split())


def _bag(item: CompetencyPlan) -> set[str]:
    texts = [item.name, item.description, *(each.text for each in item.indicators)]
    return set(" ".join(texts).casefold().split())
