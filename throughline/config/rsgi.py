"""What the web server calls: what a browser sends is awaited whole, then the page is made (docs/decisions/0006).

granian speaks HTTP in Rust and hands each request to a coroutine. The coroutine waits for the body, which costs a
stalled phone's neighbors nothing, and runs Django, which is synchronous, once all of it is there. An answer leaves
through granian as well, so a reader who is slow holds up nobody either.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from contextvars import Context
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from wsgiref.types import StartResponse, WSGIEnvironment

from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]

from throughline.config.body import Body, NoRoom
from throughline.config.wsgi import application as django
from throughline.files.uploading import LARGEST_REQUEST

NOTHING_FOR = 20  # seconds without a byte
ALTOGETHER = 600  # seconds for a whole body: 20 MB over a slow line
HELD_AT_ONCE = 1024**3  # bytes of bodies that one process keeps at once, on disk most of them
SENT_FROM_MEMORY = 256 * 1024  # bytes of a file; a larger one is sent from disk as fast as it is read

Headers = list[tuple[str, str]]


class Turned(Exception):
    """The request cannot be taken: status and a sentence for whoever sent it."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status
        self.said = said


class FromFile:
    """`wsgi.file_wrapper`: marks an answer that is a file, so that a large one need not pass through Python."""

    def __init__(self, file: IO[bytes], block_size: int = 65536) -> None:
        self.file = file

    def path(self) -> str | None:
        """Where the file lies, when all of it is to be sent and it is too large to be sent from memory."""
        place = getattr(self.file, "path", None) or getattr(self.file, "name", None)
        try:
            here = os.fstat(self.file.fileno())
            whole = self.file.tell() == 0 and here.st_size > SENT_FROM_MEMORY
            if whole and isinstance(place, str) and os.path.samestat(Path(place).stat(), here):
                return place
        except (AttributeError, OSError, ValueError):
            return None
        return None

    def __iter__(self) -> "FromFile":
        return self

    def __next__(self) -> bytes:
        read = self.file.read(65536)
        if read:
            return read
        raise StopIteration

    def close(self) -> None:
        self.file.close()


class Server:
    """An RSGI application round Django's WSGI one. One page at a time; any number of bodies meanwhile."""

    def __init__(self) -> None:
        # One context for every page, so that what Django keeps for a thread (its database connection above all) is
        # found again by the next page as it would be in a thread of its own.
        self.context = Context()
        self.held = 0

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        try:
            async with self.body_of(scope, proto) as body:
                self.context.run(self.page, proto, environ_of(scope, body))
        except Turned as turned:
            headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
            proto.response_str(turned.status, headers, turned.said)

    def page(self, proto: HTTPProtocol, environ: WSGIEnvironment) -> None:
        """Make a page as in a thread without an event loop: nothing is awaited from its beginning to its end.

        Django refuses to touch the database while it sees a running loop, lest two coroutines share a connection halfway;
        here none can come between.
        """
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        try:
            answer(proto, environ)
        finally:
            asyncio._set_running_loop(loop)

    @asynccontextmanager
    async def body_of(self, scope: Scope, proto: HTTPProtocol) -> AsyncIterator[IO[bytes]]:
        """All that is sent, from its beginning. Raises Turned when it is too much or comes too slowly."""
        announced = size_announced(scope)
        if not announced:
            yield BytesIO()
            return
        with Body() as body:
            try:
                await self.receive(proto, body)
            finally:
                self.held -= body.tell()
            if body.tell() != announced:  # the chunks simply end when a line breaks
                raise Turned(400, "The connection broke before everything arrived. Nothing was saved.")
            body.rewind()
            yield body  # type: ignore[misc]

    async def receive(self, proto: HTTPProtocol, body: Body) -> None:
        """Write down what is sent until it ends. Raises Turned."""
        clock = asyncio.get_running_loop().time
        end = clock() + ALTOGETHER
        try:
            async with asyncio.timeout(NOTHING_FOR) as patience:
                async for chunk in proto:
                    if self.held + len(chunk) > HELD_AT_ONCE:
                        raise Turned(
                            503, "Too much is being uploaded just now. Please try again in a minute."
                        )
                    keep(chunk, body)
                    self.held += len(chunk)
                    patience.reschedule(min(end, clock() + NOTHING_FOR))
        except TimeoutError:
            raise Turned(408, "The upload stopped on its way. Nothing was saved. Please try again.") from None


def keep(chunk: bytes, body: Body) -> None:
    """Write down a part of what is sent. Raises Turned when there is room neither on disk nor in memory."""
    try:
        body.write(chunk)
    except NoRoom:
        raise Turned(
            507, "This server's disk is full, and nothing was saved. Please tell whoever runs it."
        ) from None


def size_announced(scope: Scope) -> int:
    """Bytes that will be sent, as the request says. Raises Turned when it does not say, or it is too much."""
    if "transfer-encoding" in scope.headers:
        raise Turned(411, "This server needs to be told beforehand how much is sent (Content-Length).")
    size = int(scope.headers.get("content-length") or 0)
    if size > LARGEST_REQUEST:
        most = LARGEST_REQUEST // 1024**2
        raise Turned(413, f"That is too much at once: this server takes {most} MB. Nothing was saved.")
    return size


def environ_of(scope: Scope, body: IO[bytes]) -> WSGIEnvironment:
    """The request as WSGI wants it (PEP 3333): text as bytes read as Latin-1, headers as HTTP_NAME.

    A header with an underscore in its name is left out: it would pass for one with a hyphen, which the proxy sets.
    """
    server, _, port = scope.server.rpartition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]").removeprefix("::ffff:"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FromFile,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            key = f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    return environ


def answer(proto: HTTPProtocol, environ: WSGIEnvironment) -> None:
    """Have Django make the page and hand it over whole."""
    begun: list[tuple[int, Headers]] = []

    def start_response(status: str, headers: Headers, exc_info: Any = None, /) -> Any:
        begun[:] = [(int(status.split(" ", 1)[0]), [(name.lower(), value) for name, value in headers])]

    said: StartResponse = start_response
    made: Iterable[bytes] = django(environ, said)
    try:
        place = made.path() if isinstance(made, FromFile) else None
        content = b"" if place else b"".join(made)
        status, headers = begun[0]
        if place:
            proto.response_file(status, headers, place)
        else:
            proto.response_bytes(status, headers, content)
    finally:
        close = getattr(made, "close", None)
        if close:
            close()


application = Server()
