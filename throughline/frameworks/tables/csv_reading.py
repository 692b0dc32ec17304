"""Tables as text: CSV in any encoding and with any separator, to rows. No ORM."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.limits import MOST_COLUMNS, MOST_ROWS
from throughline.frameworks.tables.layout import LOOKED_AT, known_headings, unguarded
from throughline.frameworks.unsupported_files import UNKNOWN

_TOP = 200_000  # letters from which the separator is guessed
_SEPARATORS = (",", ";", "\t", "|")
_BINARY = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def text_of(raw: bytes, notes: list[str]) -> str:
    """The text in `raw`: Unicode of some kind, or else Windows-1252, which is said."""
    wide = raw[1:200:2].count(0), raw[0:200:2].count(0)
    guesses = ["utf-8-sig", "cp1252"]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        guesses = ["utf-16"]
    elif max(wide) > len(raw[:200]) // 4:
        guesses = ["utf-16-le" if wide[0] > wide[1] else "utf-16-be"]
    for encoding in guesses:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            notes.append(
                _("The file is not Unicode text, so it was read as Windows-1252. Check letters with accents.")
            )
        break
    else:
        raise FrameworkProblem(UNKNOWN)
    if _BINARY.search(text):
        raise FrameworkProblem(UNKNOWN)
    if "\x00" in text:
        notes.append(_("Characters that cannot be shown (NUL) were removed."))
        text = text.replace("\x00", "")
    return text


def text_rows(text: str, wrong: dict[int, str]) -> list[tuple[int, list[str]]]:
    """The rows of a CSV, with whatever separator; `wrong` gets why a row cannot be read."""
    first = 1
    told = re.match(r"sep=(.)\r?\n?", text)
    if told:
        separator, text, first = told[1], text[told.end() :], 2
    else:
        separator = _separator(text)
    rows: list[tuple[int, list[str]]] = []
    table = _reader(text, separator)
    for number in range(first, MOST_ROWS + LOOKED_AT + first):
        try:
            row = next(table)
        except StopIteration:
            return rows
        except csv.Error as error:
            wrong[number] = _(
                "A quotation mark is not closed here, or text follows it. Nothing below this was read."
            )
            if "limit" in str(error):
                wrong[number] = _(
                    "A cell here is far too long. A quotation mark may not be closed. Nothing below this was read."
                )
            rows.append((number, []))
            return rows
        rows.append((number, [unguarded(cell.strip()) for cell in row[: MOST_COLUMNS + 1]]))
    raise FrameworkProblem(_("There are more than %(limit)d rows.") % {"limit": MOST_ROWS})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line of a small table."""

    line: int
    sentence: str


def named_rows(text: str) -> "csv.DictReader[str]":
    """The rows of a small table whose first line names the columns, with commas, semicolons or tabs between them."""
    mark = max(",;\t", key=text.partition("\n")[0].count)
    return csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=mark)


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=None), delimiter=separator, strict=True)


def _separator(text: str) -> str:
    """The separator with which most headings are known; without any, the one that the first line has most of."""

    def known(separator: str) -> int:
        most, rows = 0, _reader(text[:_TOP], separator)
        try:
            for _number, row in zip(range(LOOKED_AT), rows, strict=False):
                most = max(most, known_headings(row[:MOST_COLUMNS]))
        except csv.Error:
            pass
        return most

    first = text[:_TOP].lstrip().partition("\n")[0]
    return max(_SEPARATORS, key=lambda separator: (known(separator), first.count(separator)))
