"""Tables as bytes: CSV in any encoding and with any separator, or XLSX, to rows of text. No ORM.

Nothing of a file is ever run: formulas are refused, macros and links never looked at, a bomb is found before it is
opened.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from throughline.files import kinds
from throughline.files.archives import office_kind
from throughline.files.kinds import FileRefused
from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.limits import LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, MOST_UNPACKED
from throughline.frameworks.other_files import ZIP, refuse_others
from throughline.frameworks.sheet_layout import LOOKED_AT, known_headings, unguarded
from throughline.frameworks.sheet_text import text_of, text_rows

_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(slots=True)
class Cells:
    """The rows below the headings with their numbers as a spreadsheet counts them, and what was noticed on the way.

    `wrong` says for a row why it cannot be read.
    """

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)
    wrong: dict[int, str] = field(default_factory=dict)


def cells_of(raw: bytes) -> Cells:
    """The table in `raw`. Raises `FrameworkProblem` when there is none."""
    refuse_others(raw)
    wrong: dict[int, str] = {}
    notes: list[str] = []
    rows = _workbook_rows(raw, notes, wrong) if raw.startswith(ZIP) else text_rows(text_of(raw, notes), wrong)
    place = _place_of_headings(rows)
    number, headings = rows[place]
    width = max((len(row) for _number, row in rows), default=0)
    if width > MOST_COLUMNS:
        raise FrameworkProblem(_("There are more than %(limit)d columns.") % {"limit": MOST_COLUMNS})
    below = [(at, row) for at, row in rows[place + 1 :] if at in wrong or any(cell.strip() for cell in row)]
    if len(below) > MOST_ROWS:
        raise FrameworkProblem(_("There are more than %(limit)d rows.") % {"limit": MOST_ROWS})
    return Cells(headings, below, notes, {at: why for at, why in wrong.items() if at > number})


def _place_of_headings(rows: list[tuple[int, list[str]]]) -> int:
    for place, (_number, row) in enumerate(rows[:LOOKED_AT]):
        if known_headings(row):
            return place
    seen = next((row for _number, row in rows if any(cell.strip() for cell in row)), [])
    found = ", ".join(cell.strip()[:40] for cell in seen[:6] if cell.strip()) or "–"
    raise FrameworkProblem(
        _(
            "No row of headings was found. One row near the top must name the columns: at least “competency”, "
            "better “domain” and “competency”, or “kind” and “text” as in the template. The first row here says: %(found)s."
        )
        % {"found": found}
    )


def _workbook_rows(raw: bytes, notes: list[str], wrong: dict[int, str]) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet with headings that are known; without any, of the first sheet."""
    _check_archive(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False, rich_text=False)
            try:
                return _first_table(book, notes, wrong)
            finally:
                book.close()
    except FrameworkProblem:
        raise
    except Exception:  # whatever a damaged file makes openpyxl raise
        raise FrameworkProblem(_("This file is damaged and cannot be read.")) from None


def _check_archive(raw: bytes) -> None:
    try:
        kind = office_kind(raw)
    except FileRefused as refused:
        raise FrameworkProblem(refused.messages[0]) from None
    if kind is not kinds.XLSX:
        raise FrameworkProblem(_("This is not a table. Save it as XLSX or CSV."))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise FrameworkProblem(_("This file would grow too large when it is opened."))
        for entry in archive.infolist():
            with archive.open(entry) as part:
                if _DECLARES.search(part.read(4096).replace(b"\x00", b"")):
                    raise FrameworkProblem(_("This file is damaged and cannot be read."))


def _first_table(book: Any, notes: list[str], wrong: dict[int, str]) -> list[tuple[int, list[str]]]:
    read: list[tuple[int, list[str]]] = []
    chosen = ""
    for sheet in book.worksheets[:MOST_SHEETS]:
        faults: dict[int, str] = {}
        coming = _sheet_rows(sheet, faults)
        rows = list(islice(coming, LOOKED_AT))
        if any(known_headings(row) for _number, row in rows):
            read, chosen = [*rows, *coming], sheet.title
            wrong.update(faults)
            break
        read = read or rows
    if chosen and len(book.worksheets) > 1:
        notes.append(_("Only the sheet “%(name)s” was read.") % {"name": chosen})
    return read


def _sheet_rows(sheet: Any, faults: dict[int, str]) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    for number, row in enumerate(
        sheet.iter_rows(max_row=MOST_ROWS + LOOKED_AT + 1, max_col=MOST_COLUMNS + 1), start=1
    ):
        cells: list[str] = []
        for cell in row:
            if cell.data_type == "f":
                faults[number] = _("A cell holds a formula. Put its result there instead (paste as values).")
            elif cell.data_type == "e":
                faults[number] = _("A cell holds an error (%(what)s).") % {"what": str(cell.value)[:20]}
            if isinstance(cell.value, str) and len(cell.value) > LONGEST_TEXT:
                faults[number] = _("A cell here is longer than %(limit)d characters.") % {
                    "limit": LONGEST_TEXT
                }
                cells.append("")  # a workbook holds a text once and may point at it from every cell
                continue
            cells.append(_written(cell.value))
        while cells and not cells[-1]:
            cells.pop()
        if cells or number in faults:
            if number > MOST_ROWS + LOOKED_AT:
                raise FrameworkProblem(_("There are more than %(limit)d rows.") % {"limit": MOST_ROWS})
            yield number, cells


def _written(value: Any) -> str:
    """A cell as one would read it: whole numbers without a point, days as 2026-11-22."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return unguarded(str(value).strip().replace("\x00", "").replace("_x000D_", ""))
