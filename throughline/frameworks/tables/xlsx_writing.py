"""A workbook, written by openpyxl in a process apart (`kit.apart`): few ask for one, and it takes much memory."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from throughline.kit.apart import Told, serve

MEGABYTES = 1024


def write(asked: Told, _content: bytes) -> tuple[Told, bytes]:
    """A sheet for each of `sheets`."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for each in asked["sheets"]:
        _write_sheet(book.create_sheet(each["title"]), each)
    out = BytesIO()
    book.save(out)
    return {}, out.getvalue()


def _write_sheet(sheet: Worksheet, asked: Told) -> None:
    """The `rows` below their `columns`, every cell a text or a number, each column so wide."""
    for row in (asked["columns"], *asked["rows"]):
        sheet.append([None if cell == "" else cell for cell in row])
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type, cell.number_format = "s", "@"
    for place, width in enumerate(asked["widths"], start=1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"


if __name__ == "__main__":
    serve(write, megabytes=MEGABYTES)
