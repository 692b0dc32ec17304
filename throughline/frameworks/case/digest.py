"""What tells one kept package from another, found piece by piece: memory does not grow with the package. No ORM.

The digest is the one of `fingerprint_of(timeless(package_in(held)))`, which would need the whole package at once.
"""

import codecs
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator

from throughline.frameworks.case.serialization import timeless

_PIECE = 256 * 1024
_LISTS = 3  # levels of objects that are taken apart: the package, what it may be wrapped in, its definitions
_SPACE = re.compile(r"[ \t\n\r]*")
_AFTER = ",:]}"
_DECODER = json.JSONDecoder(parse_constant=lambda _name: None)
Sink = Callable[[bytes], object]


def digest_of(held: bytes) -> str:
    """Tells packages apart by what they say; when each part was last changed does not count."""
    scan = _Scan(held)
    if scan.peek() != "{":
        raise ValueError("A kept package is an object.")
    members = _members(scan, 1)
    digest = hashlib.sha256()
    inner = members.get("CFPackage")
    if "CFDocument" not in members and inner is not None and inner.begins_with(b"{"):
        inner.into(digest.update)
    else:
        _joined(members, digest.update)
    return digest.hexdigest()


class _Scan:
    """JSON text that is unpacked as far as it is needed; it is known to be sound."""

    def __init__(self, held: bytes) -> None:
        self._pieces = _text_of(held)
        self._text, self._place = "", 0

    def peek(self) -> str:
        """The next character that is no space; it is not taken."""
        while True:
            self._place = _SPACE.match(self._text, self._place).end()  # type: ignore[union-attr]
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more(_PIECE):
                raise ValueError("The text ends too early.")

    def take(self) -> str:
        """The next character that is no space."""
        found = self.peek()
        self._place += 1
        return found

    def key(self) -> str:
        """The next name of an object, and its colon."""
        key = self.value()
        self.take()
        return str(key)

    def value(self) -> object:
        """The next value, whole. Only what stands before a comma, colon or bracket is known to be whole."""
        self.peek()
        wanted = _PIECE
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except json.JSONDecodeError:
                if not self._more(wanted):
                    raise
            else:
                behind = _SPACE.match(self._text, end).end()  # type: ignore[union-attr]
                if behind < len(self._text) and self._text[behind] in _AFTER:
                    self._place = end
                    return value
                if not self._more(wanted):
                    raise ValueError("The text ends too early.")
            wanted *= 2  # so that one endless value is not begun too often

    def _more(self, wanted: int) -> bool:
        """Unpack more and let go of what was read; whether there was any."""
        parts, length = [self._text[self._place :]], 0
        while length < wanted and (piece := next(self._pieces, "")):
            parts.append(piece)
            length += len(piece)
        self._text, self._place = "".join(parts), 0
        return length > 0


def _text_of(held: bytes) -> Iterator[str]:
    unpack, decode = zlib.decompressobj(), codecs.getincrementaldecoder("utf-8")()
    waiting = held
    while waiting or not unpack.eof:
        piece = unpack.decompress(waiting, _PIECE)
        waiting = unpack.unconsumed_tail
        if not piece and not waiting:  # the last of it was given out
            return
        if text := decode.decode(piece):
            yield text


class _Fragment:
    """The text of one part, compressed until it is its turn."""

    def __init__(self) -> None:
        self._pack, self._parts = zlib.compressobj(1), list[bytes]()
        self._first = b""

    def add(self, text: bytes) -> None:
        self._first = self._first or text[:1]
        self._parts.append(self._pack.compress(text))

    def begins_with(self, text: bytes) -> bool:
        return self._first == text

    def into(self, sink: Sink) -> None:
        """Give out what was added."""
        unpack = zlib.decompressobj()
        for part in [*self._parts, self._pack.flush()]:
            while part:
                sink(unpack.decompress(part, _PIECE))
                part = unpack.unconsumed_tail
        sink(unpack.flush())


def _members(scan: _Scan, level: int) -> dict[str, _Fragment]:
    """What an object holds; of a name that stands there twice the last counts."""
    scan.take()
    found: dict[str, _Fragment] = {}
    while scan.peek() != "}":
        key = scan.key()
        found[key] = _Fragment()
        _tell(scan, level, found[key].add)
        if scan.peek() == ",":
            scan.take()
    scan.take()
    found.pop("lastChangeDateTime", None)
    return found


def _tell(scan: _Scan, level: int, sink: Sink) -> None:
    """The next value as the text that is counted."""
    kind = scan.peek()
    if kind == "{" and level < _LISTS:
        _joined(_members(scan, level + 1), sink)
    elif kind == "[":
        scan.take()
        between = b"["
        while scan.peek() != "]":
            sink(between + _as_text(scan.value()))
            between = b", "
            if scan.peek() == ",":
                scan.take()
        scan.take()
        sink(b"[]" if between == b"[" else b"]")
    else:
        sink(_as_text(scan.value()))


def _joined(members: dict[str, _Fragment], sink: Sink) -> None:
    """An object of these members, in the order of their names."""
    between = b"{"
    for key in sorted(members):
        sink(between + _as_text(key) + b": ")
        members.pop(key).into(sink)
        between = b", "
    sink(b"{}" if between == b"{" else b"}")


def _as_text(value: object) -> bytes:
    """As `blueprint.fingerprint_of` writes it."""
    text = json.dumps(timeless(value), sort_keys=True, ensure_ascii=False)
    return text.encode(errors="backslashreplace")
