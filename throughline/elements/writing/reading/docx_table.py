"""The tables of a Word file: header rows, cells that were merged, rows that were deleted."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from throughline.elements.writing.reading.docx_styles import is_on, value, whole
from throughline.elements.writing.reading.found import Node
from throughline.elements.writing.reading.package import W

_OPENED = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "moveTo"))
_HEADER = frozenset({"TableHeading"})


class DocxTables:
    """Reads tables; `blocks` reads what stands in a cell."""

    def __init__(self, blocks: Callable[[Any], list[Node]], lost: Counter[str]) -> None:
        self.blocks, self.lost = blocks, lost

    def read(self, table: Any) -> Node:
        """The table, with loose content."""
        rows: list[Node] = []
        open_cells: dict[int, Node] = {}  # by column: the cell that goes on below
        for row in _inner(table, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.lost["deletions"] += 1
                continue
            rows.append({"type": "table_row", "content": self.row(row, properties, open_cells)})
        return {"type": "table", "content": rows}

    def row(self, row: Any, properties: Any, open_cells: dict[int, Node]) -> list[Node]:
        in_head = bool(is_on(properties, "tblHeader"))
        column = 0
        found: list[Node] = []
        for _gap in range(min(50, whole(value(properties, "gridBefore"), 0))):
            found.append(_cell("table_cell", 1, []))
            column += 1
        for element in _inner(row, "tc"):
            about = element.find(f"{W}tcPr")
            across = min(50, max(1, whole(value(about, "gridSpan"), 1)))
            merge = about.find(f"{W}vMerge") if about is not None else None
            if (
                merge is not None
                and (merge.get(f"{W}val") or "continue") == "continue"
                and column in open_cells
            ):
                above = open_cells[column]
                above["attrs"]["rowspan"] += 1
                above["content"] += self.blocks(element)
                column += across
                continue
            kind = "table_header" if in_head or _is_header(element) else "table_cell"
            cell = _cell(kind, across, self.blocks(element))
            for each in range(column, column + across):
                open_cells.pop(each, None)
            if merge is not None:
                open_cells[column] = cell
            found.append(cell)
            column += across
        return found


def _cell(kind: str, across: int, content: list[Node]) -> Node:
    return {"type": kind, "attrs": {"colspan": across, "rowspan": 1}, "content": content}


def _inner(element: Any, name: str) -> list[Any]:
    """Rows or cells, also those within a content control or a tracked change."""
    found: list[Any] = []
    for each in element:
        if each.tag == f"{W}{name}":
            found.append(each)
        elif each.tag in _OPENED:
            found += _inner(each, name)
    return found


def _is_header(cell: Any) -> bool:
    """A cell of which every paragraph is made to head others."""
    paragraphs = cell.findall(f"{W}p")
    return bool(paragraphs) and all(value(each.find(f"{W}pPr"), "pStyle") in _HEADER for each in paragraphs)
