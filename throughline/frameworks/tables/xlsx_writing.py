"""A workbook of one sheet, written by openpyxl in a process apart (`kit.apart`): few ask for one, and it takes much memory."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from throughline.kit.apart import Told, serve

MEGABYTES = 1024


def write(asked: Told, _content: bytes) -> tuple[Told, bytes]:
    """The `rows` below their `columns`, every cell a text, each column so wide."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = asked["title"]
    for row in (asked["columns"], *asked["rows"]):
        sheet.append([text or None for text in row])
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if cell.value is not None:
                cell.data_type, cell.number_format = "s", "@"
    for place, width in enumerate(asked["widths"], start=1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return {}, out.getvalue()


if __name__ == "__main__":
    serve(write, megabytes=MEGABYTES)
