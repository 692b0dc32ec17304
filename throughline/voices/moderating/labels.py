"""With which words it is told of which group they came. Pure.

None is told where a group has too few answers for figures. Who is left unnamed must not be found by elimination either:
where the unnamed are known to be of small groups only, the smallest named one goes unnamed as well.
"""

from collections.abc import Iterable

from throughline.voices.figures.reading import Unit

Groups = tuple[str, ...]


def labeled(units: Iterable[Unit], too_small: Iterable[str]) -> dict[str, Groups]:
    """Group → as whose its words may be told: itself, or the groups that are counted as one. Others are told of nobody."""
    people: dict[Groups, int] = {}
    for unit in units:
        people[unit.groups] = people.get(unit.groups, 0) + unit.people
    hidden = set(too_small) - {code for groups in people for code in groups}
    if hidden and people:
        people.pop(min(people, key=lambda groups: (people[groups], groups)))
    return {code: groups for groups in people for code in groups}
