"""A table as a grid: which cell stands in which column of which row, also where one reaches down or across."""

from collections.abc import Sequence
from typing import Any

Node = dict[str, Any]
Placed = tuple[Node, str]


def grid_of(rows: Sequence[Node]) -> list[list[Placed | None]]:
    """Every cell in its column, with `restart` where it reaches down and `continue` in the rows below it.

    None stands where a cell reaches across; holes are filled with empty cells.
    """
    grid: list[list[Placed | None]] = [[] for _row in rows]
    reaching: dict[int, tuple[Node, int]] = {}
    for place, row in enumerate(rows):
        line, cells, column = grid[place], list(row["content"]), 0
        while cells or any(each >= column for each in reaching):
            if column in reaching:
                cell, left = reaching.pop(column)
                line.append((cell, "continue"))
                if left > 1:
                    reaching[column] = (cell, left - 1)
            elif cells:
                cell = _narrowed(cells.pop(0), column, reaching)
                down = min(cell["attrs"]["rowspan"], len(rows) - place)
                line.append((cell, "restart" if down > 1 else ""))
                if down > 1:
                    reaching[column] = (cell, down - 1)
            else:
                line.append(({"type": "table_cell", "attrs": {"colspan": 1}}, ""))
                cell = {"attrs": {"colspan": 1}}
            line += [None] * (cell["attrs"]["colspan"] - 1)
            column = len(line)
    return grid


def _narrowed(cell: Node, column: int, reaching: dict[int, tuple[Node, int]]) -> Node:
    """The cell, no wider than the room up to one that reaches down from above."""
    next_one = min((each for each in reaching if each > column), default=None)
    if next_one is None or column + cell["attrs"]["colspan"] <= next_one:
        return cell
    return {**cell, "attrs": {**cell["attrs"], "colspan": next_one - column}}
