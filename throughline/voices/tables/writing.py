"""Sheets as CSV and XLSX; no cell is run as a formula."""

import re
from collections.abc import Sequence

from throughline.frameworks.tables.layout import guarded
from throughline.frameworks.tables.writing import csv_text
from throughline.kit.apart import Apart
from throughline.voices.tables.sheets import Cell, Sheet

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WRITER = Apart("throughline.frameworks.tables.xlsx_writing", seconds=60)


def as_csv(sheet: Sheet) -> bytes:
    """One sheet, UTF-8."""
    rows = [[str(_clean(cell)) for cell in row] for row in sheet.rows]
    return csv_text(sheet.headings, rows).encode()


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook. Raises `kit.apart.Broke`."""
    told = [
        {
            "title": sheet.name,
            "columns": sheet.headings,
            "widths": sheet.widths,
            "rows": [
                [cell if isinstance(cell, int) else guarded(str(_clean(cell))) for cell in row]
                for row in sheet.rows
            ],
        }
        for sheet in sheets
    ]
    return _WRITER.ask({"sheets": told})[1]


def _clean(cell: Cell) -> Cell:
    return cell if isinstance(cell, int) else _NOT_IN_XML.sub("", cell)
