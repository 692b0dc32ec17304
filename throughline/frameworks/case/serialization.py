"""Keeping the package that a version was imported from, and finding out which edition it is. No ORM."""

import json
import zlib
from typing import Any

from throughline.frameworks.case.schema import SHAPES, Table

_MORE_IN_1_1 = ("caseVersion", "frameworkType", "extensions")


def kept(raw: bytes) -> bytes:
    """The text of a package for the database: what stood in the file, as UTF-8, compressed."""
    text = raw.decode(json.detect_encoding(raw)).removeprefix("\ufeff")
    return zlib.compress(text.encode("utf-8"), 6)


def package_in(held: bytes) -> Table:
    """The package that was kept, as plain values in the order of the file."""
    table: Any = json.loads(zlib.decompress(held), parse_constant=lambda _name: None)
    inner = table.get("CFPackage")
    return inner if "CFDocument" not in table and isinstance(inner, dict) else table


def only_objects(package: Table) -> Table:
    """The package with nothing but objects in its lists: what we do not read ourselves, nobody has checked."""
    definitions = package.get("CFDefinitions")
    if isinstance(definitions, dict):
        lists = {name for name, kind in SHAPES["CFDefinitions"].fields.items() if kind in SHAPES}
        package["CFDefinitions"] = {
            name: _objects(rows) if name in lists else rows
            for name, rows in definitions.items()
            if rows is not None
        }
    elif "CFDefinitions" in package:
        del package["CFDefinitions"]
    if package.get("CFAssociations", ()) is None:
        del package["CFAssociations"]
    if "CFRubrics" in package:
        package["CFRubrics"] = _objects(package["CFRubrics"])
    return package


def _objects(rows: Any) -> list[Table]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def in_bytes(package: Any) -> bytes:
    """JSON text. The same package always gives the same bytes; half a character stays the escape it came as."""
    text = json.dumps(package, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", errors="backslashreplace")


def edition_of(package: Table) -> str:
    """The edition of CASE a package was written in. Few say it, so the fields and addresses decide."""
    document = package["CFDocument"]
    if document.get("caseVersion") == "1.1":
        return "1.1"
    rows = [row for row in package.get("CFItems") or () if isinstance(row, dict)]
    if "CFPackageURI" in document or any("CFDocumentURI" in row for row in rows):
        return "1.0"
    if "/v1p0/" in str(document.get("uri")):
        return "1.0"
    if "extensions" in package or any(name in document for name in _MORE_IN_1_1):
        return "1.1"
    if "/v1p1/" in str(document.get("uri")) or any("extensions" in row or "subject" in row for row in rows):
        return "1.1"
    return "1.0"


def timeless(value: Any) -> Any:
    """The same without any time of change."""
    if isinstance(value, dict):
        return {key: timeless(each) for key, each in value.items() if key != "lastChangeDateTime"}
    return [timeless(each) for each in value] if isinstance(value, list) else value
