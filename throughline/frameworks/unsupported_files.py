"""What a file is that is neither a table nor a CASE package: one sentence that names it and says what to do. No ORM.

Told by the content alone: a name is easily wrong, as of a sign-in page that was saved as .csv.
"""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

import filetype
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.frameworks.blueprint import FrameworkProblem

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_HEAD = 16_384
_UNSEEN = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_PAGE = re.compile(
    r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|^<(?:table|div|p|meta|style|title|center|font|script)[\s>]",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(r"accounts\.google\.com|servicelogin|sign in|log ?in|password", re.IGNORECASE)
Sentence = str | Promise

EMPTY = gettext_lazy("This file is empty. Choose the file that holds your framework.")
_DOCUMENT = gettext_lazy(
    "This is not a table or a CASE package, it is a text document. Put its list into a spreadsheet, one row for each "
    "competency, and save that as XLSX or CSV."
)
_SLIDES = gettext_lazy(
    "This is not a table or a CASE package, it is a presentation. Put its list into a spreadsheet, one row for each "
    "competency, and save that as XLSX or CSV."
)
_OTHER_SHEET = gettext_lazy(
    "This is a spreadsheet of another kind. Open it, save it as XLSX or CSV and import that."
)
_OLD_FILE = gettext_lazy(
    "This is an old or protected Office file. Save it as XLSX or CSV, without a password."
)
_PDF = gettext_lazy(
    "This is not a table or a CASE package, it is a PDF. Put its list into a spreadsheet, one row for each competency, "
    "and save that as XLSX or CSV."
)
_PICTURE = gettext_lazy(
    "This is not a table or a CASE package, it is a picture. Type its list into a spreadsheet and save that as XLSX or CSV."
)
_RECORDING = gettext_lazy(
    "This is not a table or a CASE package, it is a recording. Choose the file that holds your framework."
)
_ARCHIVE = gettext_lazy(
    "This is not a table or a CASE package, it is a compressed archive. Unpack it and import the file inside."
)
_ROSTER = gettext_lazy(
    "This is not a framework, it is a OneRoster package: lists of people and classes. Choose the file that holds your "
    "framework."
)
_COURSE = gettext_lazy(
    "This is not a framework, it is a course or a test package for a learning platform. Ask the platform for its "
    "outcomes or competencies as CSV and import that."
)
_BOOK = gettext_lazy(
    "This is not a table or a CASE package, it is an e-book. Put its list into a spreadsheet, one row for each "
    "competency, and save that as XLSX or CSV."
)
_PROGRAM = gettext_lazy(
    "This is not a table or a CASE package, it is a program. Choose the file that holds your framework."
)
_DATABASE = gettext_lazy(
    "This is not a table or a CASE package, it is a database. Export its list as CSV and import that."
)
_WEB_PAGE = gettext_lazy(
    "This is not a table or a CASE package, it is a web page. Look for a download as CSV, XLSX or JSON on that page, "
    "and import what it gives you."
)
_SIGN_IN_PAGE = gettext_lazy(
    "This is not a table, it is a web page that asks somebody to sign in. Sign in, open the sheet itself, and download "
    "it as CSV or XLSX (in Google Sheets: File, Download)."
)
_SHORTCUT = gettext_lazy(
    "This is only a link to a file. Open what it points at, and download it as CSV or XLSX (in Google Sheets: File, "
    "Download)."
)
_XML = gettext_lazy(
    "This is not a table or a CASE package, it is an XML file. CASE packages are JSON; ask for that, or for CSV or XLSX."
)
_CONTACTS = gettext_lazy(
    "This is not a table or a CASE package, it is a calendar or an address card. Choose the file that holds your "
    "framework."
)
UNKNOWN = gettext_lazy(
    "This is not a table: it is neither text (CSV) nor XLSX. Save it as XLSX or CSV and import that."
)
_WIDER = gettext_lazy("This text is in UTF-32, which is rarely used. Save it as CSV in UTF-8.")

_ARCHIVES = {
    "zip",
    "tar",
    "rar",
    "gz",
    "bz2",
    "7z",
    "xz",
    "Z",
    "lz",
    "lz4",
    "lzo",
    "zst",
    "br",
    "cab",
    "ar",
    "deb",
    "rpm",
}
_PROGRAMS = {"exe", "elf", "wasm", "swf", "crx", "nes"}


def refuse_others(raw: bytes) -> None:
    """Raise `FrameworkProblem` when `raw` is neither text (a table, JSON) nor a workbook."""
    sentence = other_kind(raw)
    if sentence:
        raise FrameworkProblem(sentence)


def refuse_all_but_text(raw: bytes) -> None:
    """The same for a place where a CSV of ours is expected, and nothing else."""
    refuse_others(raw)
    if raw.startswith(ZIP):
        raise FrameworkProblem(
            _("This is an XLSX workbook, and a CSV is expected here. Save its sheet as CSV and choose that.")
        )
    if begins_as_json(raw):
        if b'"CFItems"' in raw or b'"CFDocument"' in raw:
            raise FrameworkProblem(
                _(
                    "This is not a table, it is a CASE package. You can import it under Frameworks, “Import from "
                    "a file”."
                )
            )
        raise FrameworkProblem(_("This is not a table, it is JSON. A CSV is expected here."))


_JSON = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*(?:\{(?!\\rtf)|\[[\s\x00]*[\[{\"\]])")


def begins_as_json(raw: bytes) -> bool:
    """Whether this looks like JSON, as far as its beginning tells."""
    return bool(_JSON.match(raw))


def other_kind(raw: bytes) -> Sentence:
    """The sentence about a file of another kind; nothing for text and for workbooks, sound or not."""
    head = raw[:_HEAD]
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return EMPTY
    if b"%PDF-" in head[:1024]:
        return _PDF
    if raw.startswith(OLD_OFFICE):
        return _OLD_FILE
    if raw.startswith(ZIP):
        return _in_archive(raw)
    text = _as_text(head)
    return _other_text(text) if text is not None else _other_bytes(head)


def _in_archive(raw: bytes) -> Sentence:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = archive.namelist()
            kind = _begin(archive, "mimetype", names).decode("ascii", "replace")
            types = _begin(archive, "[Content_Types].xml", names)
    except Exception:  # whatever a damaged archive raises: whoever opens it says so
        return ""
    low = {name.lower() for name in names}
    if any(name.startswith("xl/") for name in low) and b"sheet.binary" not in types:
        return ""
    if b"sheet.binary" in types or "spreadsheet" in kind or "index/tables" in " ".join(sorted(low)):
        return _OTHER_SHEET
    if any(name.startswith("word/") for name in low) or "opendocument.text" in kind:
        return _DOCUMENT
    if any(name.startswith("ppt/") for name in low) or "presentation" in kind:
        return _SLIDES
    if "epub" in kind:
        return _BOOK
    last = {name.rpartition("/")[2] for name in low}
    if "manifest.csv" in last and last & {"orgs.csv", "users.csv", "academicsessions.csv", "classes.csv"}:
        return _ROSTER
    if last & {"imsmanifest.xml", "moodle_backup.xml"}:
        return _COURSE
    useful = [name for name in names if name.lower().endswith((".csv", ".xlsx", ".json", ".tsv"))]
    if useful:
        return _(
            "This is not a table or a CASE package, it is a ZIP archive that holds %(names)s. Unpack it and import the "
            "one you mean."
        ) % {"names": _listed(useful)}
    return _ARCHIVE


def _begin(archive: zipfile.ZipFile, name: str, names: list[str]) -> bytes:
    """The beginning of a part, however large it would grow."""
    if name not in names:
        return b""
    with archive.open(name) as part:
        return part.read(_HEAD)


def _listed(names: Iterable[str]) -> str:
    short = ["".join(c for c in name.rpartition("/")[2] if c.isprintable())[:60] for name in names]
    return ", ".join(short[:3]) + (" …" if len(short) > 3 else "")


def _as_text(head: bytes) -> str | None:
    """The beginning of a file as text, if it is text in an encoding that somebody uses."""
    for mark, encoding in ((b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if head.startswith(mark):
            return (
                head[: len(head) // 4 * 4].decode(encoding, "ignore") if encoding == "utf-16" else "\x00wide"
            )
    zeros = head[1:200:2].count(0), head[0:200:2].count(0)
    if max(zeros) > len(head[:200]) // 4:
        text = head.decode("utf-16-le" if zeros[0] > zeros[1] else "utf-16-be", "ignore")
        return None if _UNSEEN.search(text) or "\x00" in text else text
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        whole = head[: error.start].decode("utf-8-sig", "ignore") if error.start > len(head) - 4 else None
        text = head.decode("cp1252", "replace") if whole is None else whole
    return None if _UNSEEN.search(text) else text


def _other_text(text: str) -> Sentence:
    begin = text.lstrip("\ufeff \t\r\n").lower()
    if text == "\x00wide":
        return _WIDER
    if begin.startswith("{\\rtf"):
        return _DOCUMENT
    if begin.startswith("<") and (_PAGE.search(begin[:4096]) or begin.startswith("<!--")):
        return _SIGN_IN_PAGE if _SIGN_IN.search(text) else _WEB_PAGE
    if begin.startswith("<svg") or (begin.startswith("<?xml") and "<svg" in begin[:2048]):
        return _PICTURE
    if begin.startswith("<?xml") and "excel.sheet" in begin[:2048]:
        return _OTHER_SHEET
    if re.match(r"<(?:\?xml|!doctype|[a-z][\w:.-]*[\s/>])", begin):
        return _XML
    if begin.startswith("%!ps"):
        return _PDF
    if begin.startswith(("begin:vcalendar", "begin:vcard")):
        return _CONTACTS
    if begin.startswith(("[internetshortcut]", "[desktop entry]")):
        return _SHORTCUT
    return _PROGRAM if begin.startswith("#!/") else ""


def _other_bytes(head: bytes) -> Sentence:
    found = filetype.guess(head)
    if found is None:
        return UNKNOWN
    sort, ending = found.mime.partition("/")[0], found.extension
    if sort == "image":
        return _PICTURE
    if sort in ("audio", "video"):
        return _RECORDING
    if ending in _ARCHIVES:
        return _ARCHIVE
    if ending in _PROGRAMS:
        return _PROGRAM
    return _DATABASE if ending == "sqlite" else UNKNOWN


_ROSTER_PARTS = frozenset({"users", "orgs", "enrollments", "academicSessions", "classes"})
# Names of parts by which JSON of another kind is known.
TELLING = _ROSTER_PARTS | {
    *("doc_id", "url", "resource_key", "@context", "credentialSubject", "type", "@type", "badge", "features"),
    *("cells", "nbformat", "fullStatement", "CFDocumentURI"),
}


def other_json(names: Iterable[str]) -> str:
    """The sentence about an object in JSON that is no CASE package, by the names of its parts; nothing for most."""
    known = set(names)
    if {"doc_id", "url"} <= known or {"doc_id", "resource_key"} <= known:
        return str(_SHORTCUT)
    if known & _ROSTER_PARTS:
        return _("This is not a CASE package, it is OneRoster data: lists of people and classes.")
    if "@context" in known and known & {"credentialSubject", "type", "@type", "badge"}:
        return _(
            "This is not a CASE package, it is a digital badge or linked data. Ask its publisher for the framework as a "
            "CASE package."
        )
    if {"type", "features"} <= known or {"cells", "nbformat"} <= known:
        return _(
            "This is JSON of another kind, not a CASE package. Choose the file that holds your framework."
        )
    if known & {"fullStatement", "CFDocumentURI"}:
        return _(
            "This is a single item of a CASE framework, not the whole package. Fetch the package (its address has "
            "CFPackages/ in it) and import that."
        )
    return ""
