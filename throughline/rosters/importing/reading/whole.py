"""A roster of any kind, read: rows one by one, and what is known besides."""

import io
from collections.abc import Iterator
from typing import IO, Any

from throughline.rosters.importing.reading.archive import ZIP, parts_of, size_of, starts_with, unpacked
from throughline.rosters.importing.reading.cells import rows_of
from throughline.rosters.importing.reading.oneroster import is_oneroster, read_oneroster
from throughline.rosters.importing.reading.plain import known_plain, read_plain
from throughline.rosters.importing.reading.told import About, Row, Unreadable
from throughline.rosters.importing.reading.workbook import check_workbook, is_workbook, workbook_rows


class _Hand(io.RawIOBase):
    """The file that was sent, read from its start; closing this leaves the file open."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        file.seek(0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        said = self._file.read(len(buffer))
        buffer[: len(said)] = said
        return len(said)


def read_roster(file: IO[bytes], name: str, about: About, *, demographics: bool = False) -> Iterator[Row]:
    """Every row of a roster; `about` is whole when they end. Raises `Unreadable` at any moment.

    `file` is what was sent, open for reading; `name` is what it is called.
    """
    size_of(file)
    if not starts_with(file, ZIP):
        yield from read_plain(_text_rows(file, name, about), name, about)
        return
    with unpacked(file) as archive:
        if is_workbook(archive):
            check_workbook(archive)
            yield from read_plain(workbook_rows(file), name, about)
            return
        parts = parts_of(archive, about)
        if is_oneroster(parts):
            yield from read_oneroster(archive, parts, about, demographics=demographics)
            return
        tables = [part for part in parts if part.name.casefold().endswith((".csv", ".tsv", ".txt"))]
        if len(tables) != 1:
            raise Unreadable("no-tables")
        [one] = tables
        rows = rows_of(lambda: archive.open(one.entry), one.name, about, known_plain)
        yield from read_plain(rows, one.name, about)


def _text_rows(file: IO[bytes], name: str, about: About) -> Iterator[tuple[int, list[str]]]:
    return rows_of(lambda: io.BufferedReader(_Hand(file)), name, about, known_plain)
