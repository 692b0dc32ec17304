"""Looking inside office files (which are zips) without unpacking them to disk. Pure."""

import re
import zipfile
import zlib
from io import BytesIO

from django.utils.translation import gettext_lazy as _

from throughline.files import kinds
from throughline.files.kinds import ASK_FOR_ANOTHER, FileRefused, Kind

MOST_ENTRIES = 4000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_TIMES = 150  # how many times larger than packed, once it is larger than a few megabytes
SMALL = 8 * 1024 * 1024
_MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml)$|(^|/)activex/|^basic/|^scripts/", re.IGNORECASE)
_PROGRAMS = re.compile(r"\.(exe|dll|com|scr|bat|cmd|vbs|js|jar|ps1|msi|lnk|hta)$", re.IGNORECASE)
_MAIN = {
    b"wordprocessingml.document.main+xml": kinds.DOCX,
    b"spreadsheetml.sheet.main+xml": kinds.XLSX,
    b"presentationml.presentation.main+xml": kinds.PPTX,
    b"presentationml.slideshow.main+xml": kinds.PPSX,
}
_OPEN_DOCUMENT = {kind.media_type.encode(): kind for kind in (kinds.ODT, kinds.ODS, kinds.ODP)}


def office_kind(content: bytes) -> Kind:
    """The kind of office file that this zip is; raises `FileRefused` for any other zip and for a dangerous one."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            kind = _kind(archive)
            _check_size(archive, entries, len(content))
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise FileRefused(_("This file is damaged and cannot be read.")) from None


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(_("This file has too many parts inside."))
    for entry in entries:
        name = entry.orig_filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name or "\x00" in name:
            raise FileRefused(_("This file has parts inside with unsafe names."))
        if entry.flag_bits & 0x1:
            raise FileRefused(_("This file is protected with a password. Save it without one."))
        if _MACROS.search(name):
            raise FileRefused(_("This file contains macros. Save it without them (as docx, xlsx or pptx)."))
        if _PROGRAMS.search(name):
            raise FileRefused(_("This file contains a program."))


def _kind(archive: zipfile.ZipFile) -> Kind:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        types = _read(archive, "[Content_Types].xml")
        if b"macroenabled" in types.lower():
            raise FileRefused(_("This file contains macros. Save it without them (as docx, xlsx or pptx)."))
        for mark, kind in _MAIN.items():
            if mark in types:
                return kind
    if "mimetype" in names:
        kind_or_none = _OPEN_DOCUMENT.get(_read(archive, "mimetype").strip())
        if kind_or_none:
            return kind_or_none
    raise FileRefused(ASK_FOR_ANOTHER)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(1024 * 1024)


def _check_size(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], packed: int) -> None:
    """Unpack everything into nothing and count; what the zip says about itself may be a lie."""
    limit = min(MOST_UNPACKED, max(SMALL, packed * MOST_TIMES))
    if sum(entry.file_size for entry in entries) > limit:
        raise FileRefused(_("This file would be too large when opened."))
    seen = 0
    for entry in entries:
        with archive.open(entry) as part:
            while chunk := part.read(256 * 1024):
                seen += len(chunk)
                if seen > limit:
                    raise FileRefused(_("This file would be too large when opened."))
