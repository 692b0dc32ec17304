"""The tree of a CASE package: hanging every item under its parent, in order, or saying why that cannot be. No ORM."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.limits import DEEPEST

Order = tuple[Any, ...]
Links = dict[str, list[tuple[str, Order]]]


@dataclass(slots=True)
class CaseNode:
    """An item in its place. `depth` 0 is the document; `children` are in order; `own` is our part of its extensions,
    `ends` the day on which its publisher withdraws it.
    """

    identifier: str
    code: str
    statement: str
    short: str
    kind: str
    own: dict[str, Any] = field(default_factory=dict, repr=False)
    ends: str = ""
    depth: int = 0
    parent: "CaseNode | None" = field(default=None, repr=False)
    children: "list[CaseNode]" = field(default_factory=list, repr=False)


def natural(text: str) -> Order:
    """A key so that 2 comes before 10; what has no number comes last, in the order of the file."""
    if not text.strip():
        return (1,)
    parts = re.findall(r"[0-9]{1,15}|[^0-9]+", text)
    return (0, [(0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in parts])


def plant(root: CaseNode, items: dict[str, CaseNode], links: Links, notes: list[str]) -> None:
    """Hang every item under its (first) parent, in order, and make sure that nothing stands below itself."""
    refuse_circles(items, links)
    orphans = twice = 0
    waiting: dict[str, list[tuple[Order, CaseNode]]] = {}
    for place, node in enumerate(items.values()):
        parents = links.get(node.identifier)
        orphans += not parents
        twice += len(parents or ()) > 1
        last: Order = ((2,), (1,), (1,), place)
        parent, order = parents[0] if parents else (root.identifier, last)
        waiting.setdefault(parent, []).append((order, node))
    todo = [root]
    while todo:
        here = todo.pop()
        for _order, node in sorted(waiting.get(here.identifier, ()), key=lambda pair: pair[0]):
            node.parent, node.depth = here, here.depth + 1
            here.children.append(node)
        if here.depth >= DEEPEST and here.children:
            raise FrameworkProblem(
                _("The tree is deeper than %(limit)d levels.") % {"limit": DEEPEST}, here.identifier
            )
        todo.extend(here.children)
    if orphans:
        notes.append(
            ngettext(
                "%(count)d item has no parent and was put at the top.",
                "%(count)d items have no parent and were put at the top.",
                orphans,
            )
            % {"count": orphans}
        )
    if twice:
        notes.append(
            ngettext(
                "%(count)d item is in several places. The first one was used.",
                "%(count)d items are in several places. The first place was used for each.",
                twice,
            )
            % {"count": twice}
        )


def let_go_of_ended(items: dict[str, CaseNode], links: Links, today: str) -> int:
    """Leave out the items that have ended and have no living one below them; how many. Not if nothing would remain."""
    needed = {node.identifier for node in items.values() if not node.ends or node.ends > today}
    if not needed or len(needed) == len(items):
        return 0
    waiting = list(needed)
    while waiting:
        for parent, _order in links.get(waiting.pop(), ()):
            if parent in items and parent not in needed:
                needed.add(parent)
                waiting.append(parent)
    gone = [identifier for identifier in items if identifier not in needed]
    for identifier in gone:
        del items[identifier]
        links.pop(identifier, None)
    return len(gone)


def refuse_circles(items: dict[str, CaseNode], links: Links) -> None:
    """Raise `FrameworkProblem` when an item stands below itself, by whichever of its parents."""
    circle = circle_in({child: [parent for parent, _order in pairs] for child, pairs in links.items()})
    if circle:
        names = [items[each].code or each for each in circle[:6]]
        raise FrameworkProblem(
            _("Some items are their own ancestors: %(path)s.") % {"path": " → ".join(names)}
        )


def circle_in(above: dict[str, list[str]]) -> list[str]:
    """A way from something up to itself, if there is one; `above` are the parents of each."""
    done: set[str] = set()
    for start in above:
        path: dict[str, Iterator[str]] = {} if start in done else {start: iter(above[start])}
        while path:
            here = next(reversed(path))
            parent = next(path[here], None)
            if parent is None:
                path.popitem()
                done.add(here)
            elif parent in path:
                way = list(path)
                return [*way[way.index(parent) :], parent]
            elif parent not in done and parent in above:
                path[parent] = iter(above[parent])
    return []
