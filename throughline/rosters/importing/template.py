"""The template of a roster that somebody keeps in a spreadsheet: its headings and three rows that show how."""

import csv
import io

from throughline.rosters.importing.reading.plain import COLUMNS

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = (
    ("1001", "Lin", "Moreau", "learner", "", "Biology; Art", "Hall advisory", "", "2026-08-17", ""),
    ("2001", "Tess", "Hall", "educator", "tess.hall@school.example", "Biology", "Hall advisory", "", "", ""),
    ("3001", "Pat", "Moreau", "guardian", "pat.moreau@home.example", "", "", "1001", "", ""),
)


def as_csv() -> bytes:
    """The template as CSV that spreadsheets open with accents right."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerows([tuple(COLUMNS), *_SHOWN])
    return ("\ufeff" + out.getvalue()).encode()


def as_xlsx() -> bytes:
    """The template as a workbook, every cell text so that no id is made a number."""
    from openpyxl import Workbook  # noqa: PLC0415  (takes 6 MB, and few processes ever write a workbook)

    book, out = Workbook(), io.BytesIO()
    page = book.worksheets[0]
    page.title = "People"
    for row in (tuple(COLUMNS), *_SHOWN):
        page.append(row)
    page.freeze_panes = "A2"
    for column in page.columns:
        for cell in column:
            cell.number_format = "@"
    book.save(out)
    return out.getvalue()
