"""What a file is, told from its content alone; the sender's word and the name count for nothing (except to tell
plain text, CSV and Markdown apart, which look alike). Pure: bytes in, a kind out.
"""

import filetype
from django.utils.translation import gettext_lazy as _

from throughline.files import kinds
from throughline.files.documents import is_text
from throughline.files.kinds import ASK_FOR_ANOTHER, FileRefused, Kind

_PICTURES = {"image/jpeg", "image/png", "image/apng", "image/webp", "image/gif", "image/avif"}
_PROGRAMS = {"application/x-msdownload", "application/x-executable", "application/wasm", "application/x-deb"}
_MEDIA = {
    "audio/mpeg": kinds.MP3,
    "audio/aac": kinds.AAC,
    "audio/x-wav": kinds.WAV,
    "audio/ogg": kinds.OGG,
    "video/webm": kinds.WEBM,
}
_BRANDS = {b"qt  ": kinds.MOV, b"M4A ": kinds.M4A, b"M4B ": kinds.M4A}
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def find_kind(content: bytes, name: str) -> Kind | None:
    """The kind of `content`; None when it is a zip whose inside must say (`archives.office_kind`).

    Raises `FileRefused` for whatever is not on the list.
    """
    if not content:
        raise FileRefused(_("This file is empty."))
    if content.startswith(b"%PDF-"):
        return kinds.PDF
    if content.startswith(b"PK\x03\x04"):
        return None
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(
            _(
                "This is an old or password-protected Office file. Save it as docx, xlsx or pptx without a "
                "password."
            )
        )
    if content[4:8] == b"ftyp":
        return _by_brand(content[8:12])
    if content.startswith((b"MZ", b"\x7fELF", b"#!")):
        raise FileRefused(_("Programs cannot be added here."))
    if is_text(content):
        return _text_kind(content, name)
    found = filetype.guess(content[:8192])
    media_type = found.mime if found else ""
    if media_type in _PROGRAMS:
        raise FileRefused(_("Programs cannot be added here."))
    if media_type in _PICTURES:
        return kinds.PICTURE
    if media_type in _MEDIA:
        return _MEDIA[media_type]
    if media_type:
        raise FileRefused(ASK_FOR_ANOTHER)
    return _text_kind(content, name)


def _by_brand(brand: bytes) -> Kind:
    """MPEG-4 and its relatives name themselves in their first box."""
    if brand in _HEIC:
        raise FileRefused(
            _("This photo is in HEIC format, which many devices cannot show. Save it as a JPEG and add that.")
        )
    if brand in (b"avif", b"avis"):
        return kinds.PICTURE
    return _BRANDS.get(brand, kinds.MP4)


def _text_kind(content: bytes, name: str) -> Kind:
    if content.startswith((b"{\\rtf", b"%!PS")):
        raise FileRefused(ASK_FOR_ANOTHER)
    ending = "." + name.rpartition(".")[2].lower()
    return next((kind for kind in kinds.TEXTS if ending in kind.extensions), kinds.TEXT)
