"""The plan as CSV and XLSX: the table of actions comes in again unchanged, and no cell is run as a formula."""

import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from throughline.frameworks.tables.layout import guarded
from throughline.frameworks.tables.writing import csv_text
from throughline.kit.apart import Apart
from throughline.plans.tables.whole import Sheet, actions_sheet, whole_plan

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WRITER = Apart("throughline.frameworks.tables.xlsx_writing", seconds=60)


def as_csv(organisation: UUID) -> bytes:
    """The table of actions as CSV, UTF-8."""
    return _csv(actions_sheet(organisation))


def as_zip(organisation: UUID, *, made_at: datetime) -> bytes:
    """Every table of the plan as CSV, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for sheet in whole_plan(organisation).values():
            entry = zipfile.ZipInfo(f"{sheet.name}.csv", made_at.timetuple()[:6])
            packed.writestr(entry, _csv(sheet), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_xlsx(organisation: UUID) -> bytes:
    """Every table of the plan as a sheet of a workbook; cells are texts or plain numbers. Raises `kit.apart.Broke`."""
    sheets = [
        {
            "title": sheet.name,
            "columns": sheet.headings,
            "widths": sheet.widths,
            "rows": [
                [each if isinstance(each, float | int) else guarded(each) for each in row]
                for row in _cells(sheet)
            ],
        }
        for sheet in whole_plan(organisation).values()
    ]
    return _WRITER.ask({"sheets": sheets})[1]


def _csv(sheet: Sheet) -> bytes:
    return csv_text(sheet.headings, [list(map(str, row)) for row in _cells(sheet)]).encode()


def _cells(sheet: Sheet) -> list[list[str | int | float]]:
    return [[_cell(row.get(name, "")) for name in sheet.columns] for row in sheet.rows]


def _cell(value: Any) -> str | int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    return value if isinstance(value, int) else _NOT_IN_XML.sub("", str(value))
