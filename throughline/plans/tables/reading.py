"""A file as a table: CSV or XLSX, below whatever headings it has. Nothing of it is ever run; hostile files are refused."""

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.tables.csv_reading import text_of, text_rows
from throughline.frameworks.tables.xlsx_reading import sheets_of
from throughline.kit.text import clean_line
from throughline.plans.tables.columns import guessed, place_of_headings

ZIP = b"PK\x03\x04"
MOST_MB, MOST_ROWS, MOST_COLUMNS, LONGEST = 5, 2_000, 60, 5_000
_MOST_OPENED, _MOST_LISTED = 40 * 1024 * 1024, 20_000


@dataclass(slots=True)
class Table:
    """The headings and, row by row, its number in the file, its cells, and what is amiss by column."""

    headings: list[str]
    rows: list[tuple[int, list[str], dict[int, str]]] = field(default_factory=list)


def read_table(raw: bytes) -> Table:
    """The table in a file. Raises `ValidationError` with a sentence when there is none that we can take."""
    if len(raw) > MOST_MB * 1024 * 1024:
        raise ValidationError(_("This file is larger than %(limit)d MB.") % {"limit": MOST_MB})
    faults: dict[tuple[int, int], str] = {}
    try:
        if raw.startswith(ZIP):
            rows, faults = _workbook(raw)
        else:
            wrong: dict[int, str] = {}
            rows = text_rows(text_of(raw, []), wrong)
            faults = {(number, 0): sentence for number, sentence in wrong.items()}
    except FrameworkProblem as problem:
        if raw.startswith(ZIP) or b"\x00" not in raw[:4096]:
            raise ValidationError(problem.sentence) from None
        raise ValidationError(_("This is not a table. Save it as XLSX or CSV.")) from None
    said = [(number, cells) for number, cells in rows if any(cells) or _has(faults, number)]
    if len(said) < 2:
        raise ValidationError(_("There are no rows below the headings."))
    at = place_of_headings(said)
    return _below(said, at, faults)


def _has(faults: dict[tuple[int, int], str], number: int) -> bool:
    return any(row == number for row, _place in faults) if faults else False


def _below(rows: list[tuple[int, list[str]]], at: int, faults: dict[tuple[int, int], str]) -> Table:
    headings = [clean_line(each)[:60] for each in rows[at][1]]
    if len(headings) > MOST_COLUMNS or not headings:
        raise ValidationError(_("There are more than %(limit)d columns.") % {"limit": MOST_COLUMNS})
    body = rows[at + 1 :]
    if not body:
        raise ValidationError(_("There are no rows below the headings."))
    if len(body) > MOST_ROWS:
        raise ValidationError(_("There are more than %(limit)d rows.") % {"limit": MOST_ROWS})
    by_row: dict[int, dict[int, str]] = {}
    for (number, place), sentence in faults.items():
        by_row.setdefault(number, {})[place] = sentence
    width = len(headings)
    return Table(
        headings,
        [
            (number, [each[:LONGEST] for each in cells[:width]], by_row.get(number, {}))
            for number, cells in body
        ],
    )


def _workbook(raw: bytes) -> tuple[list[tuple[int, list[str]]], dict[tuple[int, int], str]]:
    """The sheet that names most of what a plan has."""
    _refuse_huge(raw)
    sheets = [
        each for each in sheets_of(raw, lambda rows: any(len(guessed(row)) > 1 for row in rows)) if each.rows
    ]
    if not sheets:
        raise ValidationError(_("There are no rows below the headings."))
    best = max(sheets, key=lambda sheet: max(len(guessed(row)) for _number, row in sheet.rows[:10]))
    if not any(len(guessed(row)) > 1 for _number, row in best.rows):
        best = sheets_of(raw, lambda rows: True)[0]
    return best.rows, best.faults


def _refuse_huge(raw: bytes) -> None:
    """Count what a workbook would unpack to and how many rows it lists, before anything understands it."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            if sum(each.file_size for each in entries) > _MOST_OPENED:
                raise ValidationError(_("This file would be too large when opened."))
            for each in entries:
                if each.filename.startswith("xl/worksheets/") and each.filename.endswith(".xml"):
                    with archive.open(each) as part:
                        if part.read(_MOST_OPENED).count(b"<row ") > _MOST_LISTED:
                            raise ValidationError(
                                _("There are more than %(limit)d rows.") % {"limit": MOST_ROWS}
                            )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError):
        raise ValidationError(_("This file is damaged and cannot be read.")) from None
