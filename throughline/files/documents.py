"""PDFs that act by themselves are refused; text is written anew as UTF-8; recordings lose their place. Pure."""

import re
import zlib

from django.utils.translation import gettext_lazy as _

from throughline.files.kinds import ASK_FOR_ANOTHER, FileRefused

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTING = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm)(?![A-Za-z0-9])"
)
_INFLATED_AT_MOST = 50 * 1024 * 1024


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is locked, runs scripts, starts programs or carries other files.

    A heuristic over names: outside streams, and inside object streams, where newer PDFs keep their dictionaries.
    """
    outside = _plain_names(_STREAM.sub(b"stream endstream", content))
    if b"/Encrypt" in outside:
        raise FileRefused(
            _(
                "This PDF is protected, so it cannot be checked. Save or print it as a new PDF without a "
                "password."
            )
        )
    if _ACTING.search(outside) or any(
        _ACTING.search(_plain_names(part)) for part in _object_streams(content)
    ):
        raise FileRefused(
            _("This PDF contains scripts or other files. Print it as a new PDF and add that one.")
        )


def _plain_names(content: bytes) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), content)


def _object_streams(content: bytes) -> list[bytes]:
    parts: list[bytes] = []
    left = _INFLATED_AT_MOST
    for match in _STREAM.finditer(content):
        head = _plain_names(content[max(0, match.start() - 400) : match.start()])
        if b"/ObjStm" not in head.rpartition(b" obj")[2]:
            continue
        try:
            part = zlib.decompressobj().decompress(match[1], left)
        except zlib.error:
            part = match[1]
        left -= len(part)
        parts.append(part)
        if left <= 0:
            raise FileRefused(_("This file would be too large when opened."))
    return parts


_ACTIVE = re.compile(
    r"\s*<(?:!doctype|html|head|body|svg|script|iframe|\?xml|\?php|!--|math|object|embed|style|link|meta)\b|\s*<[!?]",
    re.IGNORECASE,
)
_ACTIVE_SOON = re.compile(r"<(?:script|svg|html|iframe)[\s>/]", re.IGNORECASE)
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def as_utf8(content: bytes) -> bytes:
    """The text in `content` as UTF-8 with plain line ends, or a refusal: no text, or a web page."""
    text = _decoded(content)
    if _NO_TEXT.search(text):
        raise FileRefused(ASK_FOR_ANOTHER)
    if _ACTIVE.match(text) or _ACTIVE_SOON.search(text[:1024]):
        raise FileRefused(
            _("Web pages and SVG drawings cannot be added here. Save this as a PDF or a picture.")
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").encode()


def is_text(content: bytes) -> bool:
    """Whether `content` is Unicode text (whatever its first letters happen to look like)."""
    if content.startswith(_MARKS):
        return True
    try:
        return not _NO_TEXT.search(content.decode())
    except UnicodeDecodeError:
        return False


def _decoded(content: bytes) -> str:
    for encoding in ("utf-16",) if content.startswith(_MARKS) else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(ASK_FOR_ANOTHER)


_PLACE = re.compile(rb"[+-]\d{2,3}\.\d+[+-]\d{3}\.\d+(?:[+-]\d+(?:\.\d+)?)?/?")
_DIGIT = re.compile(rb"\d")
_TELLING = (b"moov", b"udta", b"meta")


def without_place(content: bytes) -> bytes:
    """An MPEG-4 or QuickTime recording whose coordinates all read zero; nothing else changes, not even its length."""
    if content[4:8] != b"ftyp":
        return content
    out = bytearray(content)
    start = 0
    while start + 8 <= len(content):
        size = int.from_bytes(content[start : start + 4], "big")
        if size == 1:
            size = int.from_bytes(content[start + 8 : start + 16], "big")
        end = len(content) if size == 0 else start + size
        if size != 0 and size < 8:
            break
        if content[start + 4 : start + 8] in _TELLING:
            box = content[start:end].replace(b"loci", b"free")
            out[start:end] = _PLACE.sub(lambda match: _DIGIT.sub(b"0", match[0]), box)
        start = end
    return bytes(out)
