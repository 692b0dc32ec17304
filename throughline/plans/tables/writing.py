"""The plan as CSV and XLSX: what is written comes in again unchanged, and no cell is run as a formula."""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from throughline.frameworks.tables.layout import guarded
from throughline.frameworks.tables.writing import csv_text
from throughline.kit.apart import Apart
from throughline.plans.tables.columns_in_words import HEADINGS
from throughline.plans.tables.queries import plan_rows

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDTHS = {"goal": 40, "title": 46, "done_when": 40, "resources": 30, "key": 12}
_WRITER = Apart("throughline.frameworks.tables.xlsx_writing", seconds=60)


def as_csv(organisation: UUID) -> bytes:
    """The plan as CSV, UTF-8."""
    return csv_text(HEADINGS.values(), _cells(plan_rows(organisation))).encode()


def as_xlsx(organisation: UUID) -> bytes:
    """The plan as XLSX, every cell a text. Raises `kit.apart.Broke`."""
    rows = [[guarded(cell) for cell in row] for row in _cells(plan_rows(organisation))]
    asked = {
        "title": "plan",
        "columns": list(HEADINGS.values()),
        "widths": [_WIDTHS.get(name, 18) for name in HEADINGS],
        "rows": rows,
    }
    return _WRITER.ask(asked)[1]


def _cells(rows: Iterable[Mapping[str, str]]) -> list[list[str]]:
    return [[_NOT_IN_XML.sub("", row.get(name, "")) for name in HEADINGS] for row in rows]
