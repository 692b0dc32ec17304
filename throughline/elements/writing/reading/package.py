"""A Word file as a package of parts: opened within limits, read without a network, without entities."""

import posixpath
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from throughline.elements.writing.reading.found import Unreadable

MOST_PARTS = 5_000
MOST_OF_A_PART = 40_000_000
MOST_OF_ALL = 120_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# The strict variant of the standard has other names for the same things.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
)
_OLD = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a relationship leads: to a part, or out of the file."""

    kind: str
    where: str
    outside: bool


class Package:
    """The parts of a .docx, by name. Raises `Unreadable`."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(_OLD):
            raise Unreadable("old-word")
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Unreadable("no-word") from None
        parts = self._zip.infolist()
        if len(parts) > MOST_PARTS:
            raise Unreadable("too-large")
        self._names = {part.filename.lower(): part for part in parts}
        self._left = MOST_OF_ALL
        self.main = self._main()

    def _main(self) -> str:
        for target in self.targets("").values():
            if target.kind == "officeDocument" and not target.outside and self.has(target.where):
                return target.where
        if self.has("word/document.xml"):
            return "word/document.xml"
        raise Unreadable("no-word")

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """A part, no larger than it may be: what the file says about its size is not believed."""
        most = min(MOST_OF_A_PART, self._left)
        try:
            with self._zip.open(self._names[name.lower()]) as opened:
                content = opened.read(most + 1)
        except RuntimeError:  # encrypted
            raise Unreadable("old-word") from None
        except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
            raise Unreadable("broken") from None
        except Exception as error:  # zlib says what is wrong with an exception of its own
            if type(error).__name__ in {"error", "LZMAError"}:
                raise Unreadable("broken") from None
            raise
        if len(content) > most:
            raise Unreadable("too-large")
        self._left -= len(content)
        return content

    def tree(self, name: str) -> Any:
        """A part as XML; None when there is none."""
        if not self.has(name):
            return None
        content = self.read(name)
        if (
            b"<!DOCTYPE" in content[:4096]
            or b"<!ENTITY" in content[:65536]
            or content[:2] in (b"\xff\xfe", b"\xfe\xff")
        ):
            raise Unreadable("broken")  # no word processor writes either
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            raise Unreadable("broken") from None

    def targets(self, part: str) -> dict[str, Target]:
        """Where the relationships of a part lead, by their id."""
        folder, name = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Target] = {}
        for each in tree if tree is not None else ():
            outside = each.get("TargetMode") == "External"
            where = each.get("Target") or ""
            if not outside:
                where = posixpath.normpath(posixpath.join("/", folder, where)).lstrip("/")
            found[each.get("Id") or ""] = Target((each.get("Type") or "").rsplit("/", 1)[-1], where, outside)
        return found
