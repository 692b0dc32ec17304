"""The parts of what was sent: tables in a ZIP, or one table. Nothing is written to disk, and nothing outside is touched."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from throughline.rosters.importing.reading.told import (
    LARGE,
    MB,
    MOST_MB,
    MOST_PARTS,
    MOST_TIMES,
    MOST_UNPACKED,
    About,
    Unreadable,
)

ZIP = b"PK\x03\x04"
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


@dataclass(frozen=True, slots=True)
class Part:
    """A table among those that were sent: its name without folders, and where it lies in the ZIP."""

    name: str
    entry: zipfile.ZipInfo


def size_of(file: IO[bytes]) -> int:
    """How many bytes were sent. Raises `Unreadable` for none, or for too many."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > MOST_MB * MB:
        raise Unreadable("too-large", limit=MOST_MB)
    if not size:
        raise Unreadable("empty")
    return size


def starts_with(file: IO[bytes], mark: bytes) -> bool:
    """Whether the file begins so."""
    file.seek(0)
    found = file.read(len(mark)) == mark
    file.seek(0)
    return found


@contextmanager
def unpacked(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """The ZIP, open. Raises `Unreadable` for one that is damaged, also while its parts are read."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except DAMAGED:
        raise Unreadable("damaged") from None


def parts_of(archive: zipfile.ZipFile, about: About) -> list[Part]:
    """Every file in it that is none of the system's own. Raises `Unreadable` for what nobody should open."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_PARTS:
        raise Unreadable("too-many-parts", limit=MOST_PARTS)
    for entry in entries:
        _check(entry)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable("too-large-inside", limit=MOST_UNPACKED // MB)
    found: dict[str, Part] = {}
    for entry in entries:
        folders, _slash, name = entry.filename.rpartition("/")
        if name.startswith(".") or "__MACOSX" in folders.split("/"):
            continue
        if name.casefold() in found:
            about.remark_on(name, "twice-in-zip")
            continue
        found[name.casefold()] = Part(name, entry)
    return list(found.values())


def _check(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\x00" in name:
        raise Unreadable("unsafe-name")
    if entry.flag_bits & 0x1:
        raise Unreadable("has-password")
    if entry.file_size > LARGE and entry.file_size > entry.compress_size * MOST_TIMES:
        raise Unreadable("bomb")
