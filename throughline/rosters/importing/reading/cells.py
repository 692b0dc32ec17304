"""CSV as a stream: any encoding, any separator, any line ends; never more of it in memory than a line."""

import codecs
import csv
import io
import re
import threading
from collections.abc import Callable, Iterator
from typing import IO

from throughline.rosters.importing.reading.told import LONGEST_LINE, About, Unreadable

csv.field_size_limit(LONGEST_LINE)
_SEPARATORS = ",;\t|"
_TOP = 64 * 1024
_BINARY = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_guessed = threading.local()


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are read as Windows-1252, one after the other; `was_guessed` tells."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _guessed.yes = True
    raw = error.object[error.start : error.end]
    return raw.decode("cp1252", "replace"), error.end


codecs.register_error("throughline-windows", _as_windows)


def _encoding(top: bytes) -> str:
    if top.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    odd, even = top[1:400:2].count(0), top[0:400:2].count(0)
    if max(odd, even) > len(top[:400]) // 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8-sig"


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise csv.Error("line too long")
        yield line.replace("\x00", "") if "\x00" in line else line


def rows_of(
    opened: Callable[[], IO[bytes]], name: str, about: About, known: Callable[[list[str]], int]
) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its line, from the headings on; blank ones are not there.

    `known` counts the headings that are known among cells: the separator with most of them is meant.
    """
    with opened() as raw:
        top = raw.read(_TOP)
    encoding = _encoding(top)
    start = top.decode(encoding, "throughline-windows" if encoding.startswith("utf-8") else "replace")
    if _BINARY.search(start):
        raise Unreadable("no-table", file=name)
    separator = _separator(start, known)
    _guessed.yes = False
    with opened() as raw, io.TextIOWrapper(raw, encoding, "throughline-windows", newline="") as text:
        reader = csv.reader(_lines(text), delimiter=separator)
        try:
            for row in reader:
                if row and (row[0] or any(row)):
                    yield reader.line_num, row
        except csv.Error:
            about.remark_on(name, "broken-quotes", line=reader.line_num)
        except UnicodeError:
            about.remark_on(name, "broken-text", line=reader.line_num)
        if _guessed.yes:
            about.remark_on(name, "not-unicode")


def _separator(start: str, known: Callable[[list[str]], int]) -> str:
    first = start.lstrip("\ufeff\r\n ").splitlines()[:1]
    line = first[0] if first else ""

    def fits(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([line[: LONGEST_LINE // 2]], delimiter=separator), [])
        return known(cells), line.count(separator)

    return max(_SEPARATORS, key=fits)
