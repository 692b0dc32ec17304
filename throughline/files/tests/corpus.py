"""Files as they arrive, ordinary and hostile: each made here, none borrowed. `(name, content)` by what it is."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

Sample = tuple[str, bytes]
GPS_TEXT = b"+51.5074-000.1278/"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(document.cookie)</script>"
_WORD_TYPES = (
    b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    b'.wordprocessingml.document.main+xml"/></Types>'
)
_SHEET_TYPES = _WORD_TYPES.replace(b"wordprocessingml.document", b"spreadsheetml.sheet")
_SLIDE_TYPES = _WORD_TYPES.replace(b"wordprocessingml.document", b"presentationml.presentation")
_MACRO_TYPES = (
    b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)


def image(kind: str, size: tuple[int, int] = (48, 32), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 120 if mode in ("L", "P") else "teal").save(out, kind, **options)
    return out.getvalue()


def _comment() -> PngInfo:
    said = PngInfo()
    said.add_text("Comment", SCRIPT.decode())
    return said


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "SpyCam"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    return image("JPEG", exif=exif, comment=b"taken at 12 Hidden Lane")


def packed(parts: dict[str, bytes], *, deflated: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(types: bytes = _WORD_TYPES, **parts: bytes) -> bytes:
    return packed({"[Content_Types].xml": types, "word/document.xml": b"<w:document/>", **parts})


def locked(archive: bytes) -> bytes:
    """Set the flag of encryption on every entry."""
    data = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + place] |= 1
            start += 4
    return bytes(data)


def pdf(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def stream(head: bytes, content: bytes) -> bytes:
    inside = zlib.compress(content)
    return b"<<" + head + b"/Filter/FlateDecode/Length %d>>\nstream\n" % len(inside) + inside + b"\nendstream"


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[]/Count 0>>"


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def film(brand: bytes = b"isom") -> bytes:
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(GPS_TEXT), 0x15C7) + GPS_TEXT))
    return (
        box(b"ftyp", brand + b"\0\0\0\0" + brand)
        + box(b"moov", box(b"mvhd", b"\0" * 100) + place)
        + box(b"mdat", b"x" * 64)
    )


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises a picture of this size and brings nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def flate_bomb() -> bytes:
    return office(**{"word/media.xml": b"\0" * (30 * 1024 * 1024)})


def lying_zip() -> bytes:
    """An entry that says it is small and is not."""
    data = bytearray(flate_bomb())
    size = struct.pack("<I", 30 * 1024 * 1024)
    return bytes(data).replace(size, struct.pack("<I", 1000))


def many_parts() -> bytes:
    return office(**{f"word/p{n}.xml": b"" for n in range(4100)})


def slip() -> bytes:
    return office(**{"../../../../etc/cron.d/x": b"* * * * * root true"})


# What is kept, with the media type under which it is kept.
KEPT: dict[str, tuple[Sample, str]] = {
    "a photo with its place": (("holiday.jpg", with_gps()), "image/webp"),
    "a png": (("chart.png", image("PNG")), "image/webp"),
    "a png with transparency": (("logo.png", image("PNG", mode="RGBA")), "image/webp"),
    "a palette png": (("p.png", image("PNG", mode="P")), "image/webp"),
    "a grey png": (("deep.png", image("PNG", mode="L")), "image/webp"),
    "a cmyk jpeg": (("print.jpg", image("JPEG", mode="CMYK")), "image/webp"),
    "a webp": (("w.webp", image("WEBP")), "image/webp"),
    "a gif": (("g.gif", image("GIF", mode="P")), "image/webp"),
    "an avif": (("a.avif", image("AVIF")), "image/webp"),
    "a large photo": (("large.jpg", image("JPEG", size=(5000, 3000))), "image/webp"),
    "a gif that is a script too": (("g.gif", image("GIF", mode="P") + b"/*" + SCRIPT), "image/webp"),
    "a jpeg with a zip behind": (("z.jpg", image("JPEG") + packed({"evil.exe": b"MZ"})), "image/webp"),
    "a png with a script in a comment": (("c.png", image("PNG", pnginfo=_comment()) + SCRIPT), "image/webp"),
    "a picture named html": (("page.html", image("PNG")), "image/webp"),
    "a picture named exe": (("setup.png.exe", image("JPEG")), "image/webp"),
    "a pdf": (("plan.pdf", pdf(CATALOG, PAGES)), "application/pdf"),
    "a pdf with a compressed page": (
        ("plan.pdf", pdf(CATALOG, PAGES, stream(b"", b"BT (/JS /JavaScript) Tj ET"))),
        "application/pdf",
    ),
    "a pdf whose data looks like a name": (
        ("x.pdf", pdf(CATALOG, b"<</Length 9>>\nstream\n/JS \x00\xff/JS\nendstream")),
        "application/pdf",
    ),
    "a document": (
        ("Plan.docx", office()),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "a sheet": (
        ("Plan.xlsx", office(_SHEET_TYPES)),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "slides": (
        ("Plan.pptx", office(_SLIDE_TYPES)),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "an open document": (
        (
            "Plan.odt",
            packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        ),
        "application/vnd.oasis.opendocument.text",
    ),
    "an open sheet": (
        ("Plan.ods", packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})),
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    "text": (("notes.txt", "Größe: 3 €".encode()), "text/plain"),
    "text with a mark": (("notes.txt", b"\xef\xbb\xbfhello"), "text/plain"),
    "text in utf-16": (("notes.txt", "señal".encode("utf-16")), "text/plain"),
    "text in windows-1252": (("notes.txt", "señal – 3 €".encode("cp1252")), "text/plain"),
    "a table": (("t.csv", b"a,b\r\n1,2\r\n"), "text/csv"),
    "markdown": (("t.md", b"# Heading\n\n* one\n"), "text/markdown"),
    "a program as text": (("hello.py", b"print('hello')\n"), "text/plain"),
    "text that begins like a bitmap": (("bmi.txt", b"BMI is not a grade."), "text/plain"),
    "text called a picture": (("not.png", b"just words"), "text/plain"),
    "a name that turns round": (("annexe\u202egnp.txt", b"words"), "text/plain"),
    "a name that climbs": (("../../etc/passwd", b"words"), "text/plain"),
    "a windows path": (("C:\\Users\\me\\report.txt", b"words"), "text/plain"),
    "a name with line ends": (("a\r\nSet-Cookie: x=1.txt", b"words"), "text/plain"),
    "an endless name": (("n" * 4000 + ".txt", b"words"), "text/plain"),
    "a name of dots": (("....", b"words"), "text/plain"),
    "music": (("song.mp3", b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\x00" * 50), "audio/mpeg"),
    "a voice note": (("note.m4a", film(b"M4A ")), "audio/mp4"),
    "a film with its place": (("clip.mp4", film()), "video/mp4"),
    "a film from a phone": (("clip.mov", film(b"qt  ")), "video/quicktime"),
    "a film for the web": (
        (
            "clip.webm",
            b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
            + b"\0" * 40,
        ),
        "video/webm",
    ),
    "an ogg": (("a.ogg", b"OggS\0\x02" + b"\0" * 30 + b"\x01vorbis"), "audio/ogg"),
}

# What is refused, with a piece of the sentence.
REFUSED: dict[str, tuple[Callable[[], Sample], str]] = {
    "nothing": (lambda: ("a.txt", b""), "empty"),
    "svg": (lambda: ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "SVG"),
    "svg with a declaration": (lambda: ("a.svg", b"<?xml version='1.0'?><svg/>"), "SVG"),
    "svg named png": (lambda: ("a.png", b"  \n<svg/>"), "SVG"),
    "html": (lambda: ("a.html", b"<!DOCTYPE html><p>x"), "Web pages"),
    "html named png": (lambda: ("a.png", b"<html><body>" + SCRIPT), "Web pages"),
    "html in utf-16": (lambda: ("a.txt", "<html>".encode("utf-16")), "Web pages"),
    "a script after a greeting": (lambda: ("a.txt", b"Hello\n" + SCRIPT), "Web pages"),
    "a comment first": (lambda: ("a.txt", b"<!-- x --><body onload=alert(1)>"), "Web pages"),
    "php": (lambda: ("a.php", b"<?php system('id');"), "Web pages"),
    "a shell script": (lambda: ("a.sh", b"#!/bin/sh\nrm -rf /\n"), "Programs"),
    "a windows program": (lambda: ("a.exe", b"MZ\x90\0\x03" + b"\0" * 200), "Programs"),
    "a program named pdf": (lambda: ("invoice.pdf", b"MZ\x90\0\x03" + b"\0" * 200), "Programs"),
    "a linux program": (lambda: ("a", b"\x7fELF\x02\x01\x01" + b"\0" * 200), "Programs"),
    "the antivirus test file": (lambda: ("a.txt", EICAR), "known to be harmful"),
    "the antivirus test file in a document": (
        lambda: ("a.docx", packed({"[Content_Types].xml": _WORD_TYPES, "x.txt": EICAR}, deflated=False)),
        "known to be harmful",
    ),
    "a pixel bomb": (lambda: ("a.png", png_header(60_000, 60_000)), "too many pixels"),
    "a quiet pixel bomb": (lambda: ("a.png", png_header(8000, 8000)), "too many pixels"),
    "a cut photo": (lambda: ("a.jpg", image("JPEG", size=(400, 400), quality=95)[:700]), "damaged"),
    "a hollow png": (lambda: ("a.png", png_header(40, 40)), "damaged"),
    "a jpeg in name of its first bytes": (lambda: ("a.jpg", b"\xff\xd8\xff\xe0" + SCRIPT), "damaged"),
    "a heic photo": (lambda: ("a.heic", box(b"ftyp", b"heic\0\0\0\0mif1heic")), "HEIC"),
    "a tiff": (lambda: ("a.tif", image("TIFF")), "cannot be added"),
    "a bitmap": (lambda: ("a.bmp", image("BMP")), "cannot be added"),
    "an icon": (lambda: ("a.ico", image("ICO")), "cannot be added"),
    "a pdf with a script": (lambda: ("a.pdf", pdf(CATALOG, b"<</S/JavaScript/JS(app.alert)>>")), "scripts"),
    "a pdf with a hidden script": (
        lambda: ("a.pdf", pdf(CATALOG, b"<</S/J#61vaScript/J#53(x)>>")),
        "scripts",
    ),
    "a pdf with a packed script": (
        lambda: ("a.pdf", pdf(CATALOG, stream(b"/Type/ObjStm/N 1/First 4", b"5 0 <</S/JavaScript/JS(x)>>"))),
        "scripts",
    ),
    "a pdf that starts a program": (lambda: ("a.pdf", pdf(CATALOG, b"<</S/Launch/F(cmd.exe)>>")), "scripts"),
    "a pdf with a file in it": (lambda: ("a.pdf", pdf(CATALOG, b"<</Type/EmbeddedFile>>")), "other files"),
    "a locked pdf": (lambda: ("a.pdf", pdf(CATALOG, b"<</Encrypt 9 0 R>>")), "protected"),
    "a pdf bomb": (
        lambda: ("a.pdf", pdf(CATALOG, stream(b"/Type/ObjStm", b"\0" * (60 * 1024 * 1024)))),
        "too large",
    ),
    "a zip": (lambda: ("a.zip", packed({"a.txt": b"x"})), "cannot be added"),
    "a zip named docx": (lambda: ("a.docx", packed({"a.txt": b"x"})), "cannot be added"),
    "a jar": (
        lambda: ("a.jar", packed({"META-INF/MANIFEST.MF": b"x", "A.class": b"\xca\xfe"})),
        "cannot be added",
    ),
    "an epub": (lambda: ("a.epub", packed({"mimetype": b"application/epub+zip"})), "cannot be added"),
    "a zip bomb": (lambda: ("a.docx", flate_bomb()), "too large when opened"),
    "a zip that lies": (lambda: ("a.docx", lying_zip()), "damaged|too large when"),
    "too many parts": (lambda: ("a.docx", many_parts()), "too many parts"),
    "a zip that climbs": (lambda: ("a.docx", slip()), "unsafe names"),
    "a zip with an absolute name": (lambda: ("a.docx", office(**{"/etc/passwd": b"x"})), "unsafe names"),
    "a zip with a drive": (lambda: ("a.docx", office(**{"C:\\x": b"x"})), "unsafe names"),
    "a cut document": (lambda: ("a.docx", office()[:-30]), "damaged"),
    "a document with macros": (lambda: ("a.docm", office(_MACRO_TYPES)), "macros"),
    "macros in disguise": (lambda: ("a.docx", office(**{"word/vbaProject.bin": b"x"})), "macros"),
    "an open document with macros": (
        lambda: (
            "a.odt",
            packed({"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/Standard/M.xml": b"x"}),
        ),
        "macros",
    ),
    "a program in a document": (lambda: ("a.docx", office(**{"word/embeddings/x.exe": b"MZ"})), "program"),
    "a locked document": (lambda: ("a.docx", locked(office())), "password"),
    "an old document": (lambda: ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "docx"),
    "rich text": (lambda: ("a.rtf", b"{\\rtf1 hello}"), "cannot be added"),
    "postscript": (lambda: ("a.ps", b"%!PS-Adobe-3.0\n"), "cannot be added"),
    "text with NUL": (lambda: ("a.txt", b"hello\0world"), "cannot be added"),
    "text with control signs": (lambda: ("a.txt", b"hello\x1b]0;x\x07"), "cannot be added"),
    "utf-16 without a mark": (lambda: ("a.txt", "hello".encode("utf-16-le")), "cannot be added"),
    "half a utf-16": (lambda: ("a.txt", b"\xff\xfeh\0e"), "cannot be added"),
    "noise": (lambda: ("a.bin", bytes(range(256)) * 4), "cannot be added"),
    "a tarball": (lambda: ("a.tar.gz", b"\x1f\x8b\x08" + b"\0" * 40), "cannot be added"),
    "a database": (lambda: ("a.db", b"SQLite format 3\0" + b"\0" * 100), "cannot be added"),
    "wasm": (lambda: ("a.wasm", b"\0asm\x01\0\0\0"), "Programs|cannot be added"),
    "flash": (lambda: ("a.swf", b"CWS\x0a" + b"\0" * 40), "cannot be added"),
}
