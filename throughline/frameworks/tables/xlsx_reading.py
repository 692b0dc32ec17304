"""Tables as workbooks (XLSX): sheets with their rows as they are shown, and what is amiss in single cells. No ORM.

Nothing is ever run: of a formula only the result that the spreadsheet kept is read, and only if it kept one.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from throughline.files import kinds
from throughline.files.archives import office_kind
from throughline.files.kinds import FileRefused
from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.limits import LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, MOST_UNPACKED
from throughline.frameworks.tables.layout import LOOKED_AT, unguarded
from throughline.frameworks.tables.number_formats import shown

_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
Cell = tuple[int, int]  # the number of its row as a spreadsheet counts, the place of its column from 0


@dataclass(slots=True)
class Sheet:
    """The rows of a sheet that say anything. `faults` are cells that cannot be read, `remarks` those that were read with
    a guess.
    """

    title: str = ""
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: dict[Cell, str] = field(default_factory=dict)
    remarks: dict[Cell, str] = field(default_factory=dict)
    formulas: set[Cell] = field(default_factory=set)


def sheets_of(raw: bytes, wanted: Callable[[list[list[str]]], bool]) -> list[Sheet]:
    """Every sheet: whole when `wanted` says so of its first rows, else only those rows."""
    _check_archive(raw)
    try:
        found = _read(raw, wanted, results=False)
        if any(sheet.formulas for sheet, _whole in found):
            results = _read(raw, wanted, results=True, whole=[whole for _sheet, whole in found])
            for (sheet, _whole), (known, _also) in zip(found, results, strict=True):
                _put_results(sheet, known)
        return [sheet for sheet, _whole in found]
    except FrameworkProblem:
        raise
    except Exception:  # whatever a damaged file makes openpyxl raise
        raise FrameworkProblem(_("This file is damaged and cannot be read.")) from None


def _read(
    raw: bytes,
    wanted: Callable[[list[list[str]]], bool],
    *,
    results: bool,
    whole: list[bool] | None = None,
) -> list[tuple[Sheet, bool]]:
    from openpyxl import load_workbook  # noqa: PLC0415  (takes 6 MB, and few processes ever read a workbook)

    found: list[tuple[Sheet, bool]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(
            io.BytesIO(raw), read_only=True, keep_links=False, rich_text=False, data_only=results
        )
        try:
            for place, page in enumerate(book.worksheets[:MOST_SHEETS]):
                sheet = Sheet(page.title)
                coming = _rows(page, sheet, results=results)
                sheet.rows = list(islice(coming, LOOKED_AT))
                take = whole[place] if whole else wanted([row for _number, row in sheet.rows])
                if take:
                    sheet.rows.extend(coming)
                found.append((sheet, take))
        finally:
            book.close()
    return found


def _check_archive(raw: bytes) -> None:
    try:
        kind = office_kind(raw)
    except FileRefused as refused:
        raise FrameworkProblem(refused.messages[0]) from None
    if kind is not kinds.XLSX:
        raise FrameworkProblem(_("This is not a table. Save it as XLSX or CSV."))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise FrameworkProblem(_("This file would be too large when opened."))
        for entry in archive.infolist():
            with archive.open(entry) as part:
                if _DECLARES.search(part.read(4096).replace(b"\x00", b"")):
                    raise FrameworkProblem(_("This file is damaged and cannot be read."))


def _rows(page: Any, sheet: Sheet, *, results: bool) -> Iterator[tuple[int, list[str]]]:
    page.reset_dimensions()
    for number, row in enumerate(
        page.iter_rows(max_row=MOST_ROWS + LOOKED_AT + 1, max_col=MOST_COLUMNS + 1), start=1
    ):
        cells = [_cell(cell, (number, place), sheet, results) for place, cell in enumerate(row)]
        while cells and not cells[-1]:
            cells.pop()
        if cells or any((number, place) in sheet.formulas for place in range(len(row))):
            if number > MOST_ROWS + LOOKED_AT:
                raise FrameworkProblem(_("There are more than %(limit)d rows.") % {"limit": MOST_ROWS})
            yield number, cells


def _cell(cell: Any, at: Cell, sheet: Sheet, results: bool) -> str:
    value = cell.value
    if value is None or (results and value == 0 and value is not False):
        return ""
    if cell.data_type == "f":
        sheet.formulas.add(at)
        return ""
    if cell.data_type == "e":
        sheet.faults[at] = _("A cell contains an error (%(what)s).") % {"what": str(value)[:20]}
        return str(value)[:20]
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:  # a workbook holds a text once and may point at it from every cell
            sheet.faults[at] = _("A cell here is longer than %(limit)d characters.") % {"limit": LONGEST_TEXT}
            return ""
        return unguarded(value.strip().replace("\x00", "").replace("_x000D_", ""))
    text, whole = shown(value, str(cell.number_format or ""))
    if isinstance(value, date):
        sheet.remarks[at] = _(
            "This is a date. Spreadsheets turn codes such as 1-2 into dates. We read it as %(text)s."
        ) % {"text": text}
    elif not whole:
        sheet.remarks[at] = _(
            "The spreadsheet shows this number in a format of its own. We read it as %(text)s."
        ) % {"text": text}
    return text


def _put_results(sheet: Sheet, known: Sheet) -> None:
    """Put the results that the spreadsheet kept in the place of formulas.

    Programs that write formulas without counting leave nothing or a 0: neither says anything.
    """
    results = dict(known.rows)
    rows = dict(sheet.rows)
    for at in sheet.formulas:
        number, place = at
        row = results.get(number, [])
        text = row[place] if place < len(row) else ""
        if at in known.faults:
            sheet.faults[at] = known.faults[at]
        elif not text:
            sheet.faults[at] = _(
                "A cell contains a formula without a stored result. Replace it with its result (paste as values)."
            )
        else:
            cells = rows[number]
            cells.extend([""] * (place + 1 - len(cells)))
            cells[place] = text
            sheet.remarks[at] = _("We read the result of a formula: %(text)s.") % {"text": text[:60]}
