"""Lists out of items that only know how deep they stand: what word processors keep instead of lists."""

from typing import Any

from throughline.elements.writing.reading.found import Node


def nested(nodes: list[Node]) -> list[Node]:
    """The same blocks, with every run of `entry` made into lists.

    An entry has `level`, `ordered`, `number` (None: the next one), `list` (whose it is) and `content`. A number that does
    not follow the one before begins a list of its own, which starts there.
    """
    found: list[Node] = []
    run: list[Node] = []
    for node in nodes:
        if node["type"] == "entry":
            run.append(node)
            continue
        found += _lists(run)
        run = []
        found.append(node)
    return found + _lists(run)


def _lists(entries: list[Node]) -> list[Node]:
    found: list[Node] = []
    open_lists: list[tuple[int, Node, dict[str, Any]]] = []  # level, the list, the last entry in it
    for entry in entries:
        level = entry["level"]
        while open_lists and open_lists[-1][0] > level and len(open_lists) > 1 and open_lists[-2][0] >= level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] > level:  # nothing as shallow stands open: it goes on here
            _level, node, last = open_lists.pop()
            open_lists.append((level, node, last))
        here = open_lists[-1] if open_lists and open_lists[-1][0] == level else None
        if here and _goes_on(here[1], here[2], entry):
            open_lists[-1] = (level, here[1], entry)
        else:
            if here:
                open_lists.pop()
            siblings = _inside(open_lists[-1][1]) if open_lists else found
            node = _new(entry)
            siblings.append(node)
            open_lists.append((level, node, entry))
        open_lists[-1][1]["content"].append({"type": "list_item", "content": entry["content"]})
    return found


def _inside(node: Node) -> list[Node]:
    """What stands in the last item of a list."""
    content: list[Node] = node["content"][-1]["content"]
    return content


def _new(entry: Node) -> Node:
    if entry["ordered"]:
        return {"type": "ordered_list", "attrs": {"start": _first(entry)}, "content": []}
    return {"type": "bullet_list", "content": []}


def _first(entry: Node) -> int:
    number = entry["number"]
    return number if isinstance(number, int) and 0 <= number <= 9999 else 1


def _goes_on(node: Node, last: dict[str, Any], entry: Node) -> bool:
    if (node["type"] == "ordered_list") != entry["ordered"]:
        return False
    if not entry["ordered"]:
        return True
    if entry["number"] is None:
        return bool(last["list"] == entry["list"])
    expected = node["attrs"]["start"] + len(node["content"])
    return bool(entry["number"] == expected)
