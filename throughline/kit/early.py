"""Pages that everyone reads alike, kept for one second by each process of the server and answered before anything is asked.

A view marks such a page (`keep_briefly`); `config/asgi.py` keeps what was sent, security headers and all, and gives it to
whoever brings no cookie that could change it. After a second the page is made anew: so whatever it shows – the plan, a
translation, the day, whether it is there at all – is at most a second late, in every process, and nothing has to be told to
anybody (docs/decisions/0043).
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http.response import HttpResponseBase

Headers = list[tuple[bytes, bytes]]
Key = tuple[bytes, ...]
Response = TypeVar("Response", bound=HttpResponseBase)
SECONDS = 1.0
MOST_BYTES = 4 * 1024**2  # of all that one process keeps
# A cookie that changes nothing on a page without a form.
HARMLESS_COOKIE = b"csrftoken="
# What else chooses the answer: language, packing, and what a proxy says of the outside.
_CHOOSING = (b"host", b"accept-language", b"accept-encoding", b"x-forwarded-proto")
# What comes with these is not for the next reader.
_OWN = frozenset({b"authorization", b"range", b"if-modified-since", b"if-match", b"hx-request"})
_KEPT_BY_304 = frozenset({b"etag", b"vary", b"cache-control", b"content-language", b"date", b"expires"})


def keep_briefly(response: Response) -> Response:
    """Mark an answer that everyone without a cookie gets alike."""
    response.kept_early = True  # type: ignore[attr-defined]
    return response


def may_be_kept(response: object) -> bool:
    """Whether the view has marked it."""
    return bool(getattr(response, "kept_early", False))


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent, and until when it is given."""

    until: float
    headers: Headers
    body: bytes
    etag: bytes

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + 500


class Early:
    """What one process keeps: the last that was asked for stays, up to so many bytes."""

    def __init__(
        self, *, seconds: float = SECONDS, most: int = MOST_BYTES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.seconds, self.most, self.clock = seconds, most, clock
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self.held = 0

    def key(self, scope: Mapping[str, Any]) -> Key | None:
        """What chooses the answer to a request; None for one whose answer may be its own."""
        if scope["method"] != "GET":
            return None
        told: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            if name in _OWN or (name == b"cookie" and not _harmless(value)):
                return None
            if name in _CHOOSING:
                if name in told:
                    return None
                told[name] = value
        path = scope.get("raw_path") or scope["path"].encode()
        return (path, scope["query_string"], *(told.get(name, b"") for name in _CHOOSING))

    def answer(self, key: Key, scope: Mapping[str, Any]) -> tuple[int, Headers, bytes] | None:
        """What is kept under a key and still fresh; nothing but its headers for whoever has it already."""
        kept = self.kept.get(key)
        if kept is None:
            return None
        if kept.until < self.clock():
            self._drop(key)
            return None
        if kept.etag and any(
            name == b"if-none-match" and kept.etag in _tags(value) for name, value in scope["headers"]
        ):
            return 304, [each for each in kept.headers if each[0] in _KEPT_BY_304], b""
        return 200, kept.headers, kept.body

    def keep(self, key: Key, status: int, headers: Headers, body: bytes) -> None:
        """Keep a whole answer that nobody's cookie comes with."""
        named = dict(headers)
        if status != 200 or b"set-cookie" in named:
            return
        kept = Kept(self.clock() + self.seconds, headers, body, named.get(b"etag", b""))
        self._drop(key)
        self.kept[key] = kept
        self.held += kept.size
        while self.held > self.most:
            self._drop(next(iter(self.kept)))

    def _drop(self, key: Key) -> None:
        gone = self.kept.pop(key, None)
        if gone is not None:
            self.held -= gone.size


def _harmless(cookies: bytes) -> bool:
    return all(each.strip().startswith(HARMLESS_COOKIE) for each in cookies.split(b";"))


def _tags(value: bytes) -> list[bytes]:
    return [each.strip() for each in value.split(b",")]
