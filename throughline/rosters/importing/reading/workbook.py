"""XLSX as rows of text. Nothing in it is run: a formula is said to be one, and what it last came to is not believed."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from throughline.rosters.importing.reading.archive import DAMAGED
from throughline.rosters.importing.reading.told import LARGE, MB, MOST_TIMES, MOST_WORKBOOK, Unreadable

_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
MOST_COLUMNS = 100
FORMULA = "=…"  # stands for any


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether this ZIP is a workbook."""
    return "[Content_Types].xml" in archive.namelist() and any(
        name.startswith("xl/") for name in archive.namelist()
    )


def check_workbook(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack to too much or declare things of its own, before anything understands it."""
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MOST_WORKBOOK:
        raise Unreadable("too-large-inside", limit=MOST_WORKBOOK // MB)
    for entry in entries:
        if entry.file_size > LARGE and entry.file_size > entry.compress_size * MOST_TIMES:
            raise Unreadable("bomb")
        with archive.open(entry) as part:
            if _DECLARES.search(part.read(4096).replace(b"\x00", b"")):
                raise Unreadable("damaged")


def workbook_rows(file: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """The rows of its first sheet that say anything, with their numbers as a spreadsheet counts."""
    from openpyxl import load_workbook  # noqa: PLC0415  (takes 6 MB, and few processes ever read a workbook)

    file.seek(0)
    content = io.BytesIO(file.read())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(content, read_only=True, keep_links=False, rich_text=False)
            page = book.worksheets[0]
            page.reset_dimensions()
            rows: Any = page.iter_rows(max_col=MOST_COLUMNS)
            for number, row in enumerate(rows, start=1):
                cells = [_text(cell) for cell in row]
                while cells and not cells[-1]:
                    cells.pop()
                if cells:
                    yield number, cells
    except Unreadable:
        raise
    except (*DAMAGED, KeyError, IndexError, TypeError, AttributeError, SyntaxError, MemoryError):
        raise Unreadable("damaged") from None


def _text(cell: Any) -> str:
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d") if value.year > 999 else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # ids that a spreadsheet took for numbers
    return str(value).replace("\x00", "").replace("_x000D_", "")
