"""Reading a large CASE package piece by piece, so that memory does not grow with what is not needed. No ORM.

What comes out is the same table that `json.loads` would give, with only the parts and fields that we read; the whole
text is kept compressed. Half a character, which the other reading refuses, is read as a question mark here. Too many values or levels are refused, whatever they are hidden in.
"""

import codecs
import json
import zlib
from collections.abc import Iterator
from typing import Any, Protocol

import ijson
from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case.reading import CasePackage, package_from
from throughline.frameworks.limits import MOST_ITEMS, MOST_NESTED, MOST_VALUES
from throughline.frameworks.unsupported_files import TELLING

_PIECE = 512 * 1024  # small pieces make one endless text slow
_ROWS = {
    "CFItems": (
        "identifier",
        "fullStatement",
        "abbreviatedStatement",
        "humanCodingScheme",
        "CFItemType",
        "listEnumeration",
        "lastChangeDateTime",
        "statusEndDate",
        "extensions",
    ),
    "CFAssociations": (
        "identifier",
        "associationType",
        "originNodeURI",
        "destinationNodeURI",
        "sequenceNumber",
        "lastChangeDateTime",
    ),
}
_WHOLE = ("CFDocument", "CFRubrics", "imsx_codeMajor")
_MOST_ROWS = {"CFItems": MOST_ITEMS, "CFAssociations": MOST_ITEMS * 10}
Table = dict[str, Any]


class Readable(Protocol):
    """What a file must be able to do."""

    def read(self, size: int = ..., /) -> bytes: ...

    def seek(self, place: int, /) -> int: ...


def stream_case(file: Readable) -> CasePackage:
    """The package in `file`. Raises `FrameworkProblem` as `read_case` does."""
    utf8 = _Utf8(file)
    try:
        told = _counted(ijson.basic_parse(utf8, buf_size=_PIECE, use_float=True))
        table = _slim(told)
        for _rest in told:  # so that what stands behind the package is seen too
            pass
    except UnicodeDecodeError:
        raise FrameworkProblem(_("This file is neither UTF-8 nor UTF-16 text.")) from None
    except (ijson.JSONError, ValueError) as error:
        raise FrameworkProblem(
            _("This is not JSON (%(why)s).") % {"why": str(error).split("\n")[0][:200]}
        ) from None
    return package_from(table, utf8.compressed())


class _Utf8:
    """A file as UTF-8 without its mark, whatever Unicode it is written in; what went through is kept compressed."""

    def __init__(self, file: Readable) -> None:
        file.seek(0)
        encoding = json.detect_encoding(file.read(4))
        file.seek(0)
        self._file = file
        self._decode = codecs.getincrementaldecoder(encoding)()
        self._pack = zlib.compressobj(6)
        self._packed: list[bytes] = []
        self._first = True

    def read(self, size: int = -1) -> bytes:
        if size == 0:
            return b""
        while True:
            piece = self._file.read(size)
            text = self._decode.decode(piece, final=not piece)
            if self._first and text:
                text, self._first = text.removeprefix("\ufeff"), False
            if text or not piece:
                break
        out = text.encode()
        self._packed.append(self._pack.compress(out))
        return out

    def compressed(self) -> bytes:
        """All that was read."""
        return b"".join([*self._packed, self._pack.flush()])


def _slim(told: Iterator[tuple[str, Any]]) -> Table:
    """The parts of a package that are read, from what a parser tells."""
    kind, value = next(told)
    if kind != "start_map":
        return _built(told, kind, value)  # type: ignore[no-any-return]
    return _object(told, within=True)


def _counted(events: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    deep = 0
    for count, (kind, value) in enumerate(events):
        if kind.startswith("start"):
            deep += 1
        elif kind.startswith("end"):
            deep -= 1
        if deep > MOST_NESTED:
            raise FrameworkProblem(_("This file is nested too deeply."))
        if count > MOST_VALUES:
            raise FrameworkProblem(
                _("This file contains more than %(limit)d values.") % {"limit": MOST_VALUES}
            )
        yield kind, value


def _object(told: Iterator[tuple[str, Any]], *, within: bool) -> Table:
    """An object that may be a package: its rows in short, its other parts whole or not at all."""
    table: Table = {}
    for kind, value in told:
        if kind == "end_map":
            break
        key = value
        kind, value = next(told)
        if key in _ROWS and kind == "start_array":
            table[key] = list(_rows(told, key))
        elif key in _ROWS or key in _WHOLE:
            table[key] = _built(told, kind, value)
        elif key == "CFPackage" and within and kind == "start_map":
            table[key] = _object(told, within=False)
        elif key == "CFDocuments" and kind == "start_array":
            table[key] = [None] * sum(1 for _row in _passed(told, kind))
        else:
            if key in TELLING:
                table[key] = None
            for _nothing in _passed(told, kind):
                pass
    return table


def _rows(told: Iterator[tuple[str, Any]], key: str) -> Iterator[Any]:
    for count, (kind, value) in enumerate(told):
        if kind == "end_array":
            return
        if count >= _MOST_ROWS[key]:
            raise FrameworkProblem(_("There are more than %(limit)d items.") % {"limit": _MOST_ROWS[key]})
        row = _built(told, kind, value)
        yield {name: row[name] for name in _ROWS[key] if name in row} if isinstance(row, dict) else row


def _passed(told: Iterator[tuple[str, Any]], kind: str) -> Iterator[None]:
    """Go past a value; one turn for each of its own rows."""
    deep = 1 if kind.startswith("start") else 0
    while deep:
        kind, _value = next(told)
        if deep == 1 and kind != "map_key" and not kind.startswith("end"):
            yield None
        deep += kind.startswith("start") - kind.startswith("end")


def _built(told: Iterator[tuple[str, Any]], kind: str, value: Any) -> Any:
    """A whole value."""
    builder = ijson.ObjectBuilder()
    builder.event(kind, value)
    deep = 1 if kind.startswith("start") else 0
    while deep:
        kind, value = next(told)
        builder.event(kind, value)
        deep += kind.startswith("start") - kind.startswith("end")
    return builder.value
