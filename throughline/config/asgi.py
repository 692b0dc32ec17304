"""What the web server calls: what a browser sends is awaited whole, then the page is made (docs/decisions/0006).

granian speaks HTTP in Rust and hands each request to a coroutine. The coroutine waits for the body, which costs a
stalled phone's neighbors nothing, and runs Django, which is synchronous, once all of it is there. An answer leaves
through granian as well, so a reader who is slow holds up nobody either.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from contextvars import Context
from io import BytesIO
from pathlib import Path
from typing import IO, Any, TypeVar
from wsgiref.types import StartResponse, WSGIEnvironment

from throughline.config.body import IN_MEMORY, Body, NoRoom
from throughline.config.wsgi import application as django
from throughline.files.uploading import LARGEST_REQUEST
from throughline.kit.early import Early, may_be_kept
from throughline.kit.streams import Run, Stream

NOTHING_FOR = 20  # seconds without a byte
ALTOGETHER = 600  # seconds for a whole body: 20 MB over a slow line
HELD_AT_ONCE = 1024**3  # bytes of bodies that one process keeps at once, on disk most of them
SENT_FROM_MEMORY = 256 * 1024  # bytes of a file; a larger one is sent from disk as fast as it is read

Scope = Mapping[str, Any]  # what is asked, and the messages below: ASGI 3.0, HTTP 2.4
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Result = TypeVar("Result")


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
    """An ASGI application round Django's WSGI one. One page at a time; any number of bodies meanwhile."""

    def __init__(self) -> None:
        # One context for every page, so that what Django keeps for a thread (its database connection above all) is
        # found again by the next page as it would be in a thread of its own.
        self.context = Context()
        self.between_pages = BetweenPages(self.context)
        self.early = Early()
        self.held = 0
        self.busy = 0.0  # seconds during which pages were made, and no body could be attended to

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = self.early.key(scope)
        at_hand = self.early.answer(key, scope) if key else None
        if at_hand:
            await send({"type": "http.response.start", "status": at_hand[0], "headers": at_hand[1]})
            await send({"type": "http.response.body", "body": at_hand[2]})
            return
        try:
            async with self.body_of(scope, receive) as body:
                begun = asyncio.get_running_loop().time()
                status, headers, content, is_for_all = self.context.run(page, environ_of(scope, body))
                if key and is_for_all and isinstance(content, bytes):
                    self.early.keep(key, status, headers, content)
                self.busy += asyncio.get_running_loop().time() - begun
            if isinstance(content, Stream):
                await self.stay_open(content, receive, send, headers)
                return
        except Turned as turned:
            status, content = turned.status, turned.said.encode()
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if isinstance(content, str):
            await send({"type": "http.response.pathsend", "path": content})
        else:
            await send({"type": "http.response.body", "body": content})

    async def stay_open(self, stream: Stream, receive: Receive, send: Send, headers: Headers) -> None:
        """Send what an answer begins with, and what follows, until whoever listens leaves or nothing more follows."""
        await send({"type": "http.response.start", "status": stream.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": stream.first, "more_body": True})

        async def tell() -> None:
            async with aclosing(stream.follow(self.between_pages)) as parts:  # type: ignore[type-var]
                async for part in parts:
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})

        both = {asyncio.ensure_future(tell()), asyncio.ensure_future(until_left(receive))}
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in both:
                each.cancel()
            for each in both:
                with suppress(asyncio.CancelledError):
                    await each

    @asynccontextmanager
    async def body_of(self, scope: Scope, receive: Receive) -> AsyncIterator[IO[bytes]]:
        """All that is sent, from its beginning. Raises Turned when it is too much or comes too slowly."""
        announced = size_announced(scope)
        if not announced:
            yield BytesIO()
            return
        with Body() as body:
            try:
                await self.receive(receive, body)
            finally:
                self.held -= body.tell()
            if body.tell() != announced:
                raise Turned(400, "The connection broke before everything arrived. Nothing was saved.")
            body.rewind()
            yield body  # type: ignore[misc]

    async def receive(self, receive: Receive, body: Body) -> None:
        """Write down what is sent until it ends or breaks off. Raises Turned."""
        clock = asyncio.get_running_loop().time
        end, more = clock() + ALTOGETHER, True
        while more:
            message = await self.next_of(receive)
            chunk = message.get("body", b"")
            more = message["type"] == "http.request" and message.get("more_body", False)
            if body.tell() + len(chunk) > IN_MEMORY and self.held + len(chunk) > HELD_AT_ONCE:
                raise Turned(503, "Too much is being uploaded just now. Please try again in a minute.")
            keep(chunk, body)
            self.held += len(chunk)
            if clock() > end:
                raise Turned(408, "The upload took too long. Nothing was saved. Please try again.")

    async def next_of(self, receive: Receive) -> Message:
        """What comes next. Raises Turned when nothing does, unless it was we who had no time to look."""
        coming = asyncio.ensure_future(receive())
        try:
            while True:
                busy = self.busy
                await asyncio.wait({coming}, timeout=NOTHING_FOR)
                if coming.done():
                    return coming.result()
                if self.busy - busy < NOTHING_FOR / 2:
                    raise Turned(408, "The upload stopped on its way. Nothing was saved. Please try again.")
        finally:
            coming.cancel()


async def until_left(receive: Receive) -> None:
    """Until whoever asked closes the line."""
    while (await receive())["type"] != "http.disconnect":
        pass


class BetweenPages(Run):
    """Runs work as a page is made: in the pages' context, and with nothing awaited from its beginning to its end."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def __call__(self, work: Callable[[], Result]) -> Result:
        return self.context.run(without_loop, work)


def without_loop(work: Callable[[], Result]) -> Result:
    """As in a thread without an event loop. Django refuses to touch the database while it sees a running loop, lest two
    coroutines share a connection halfway; here none can come between."""
    loop = asyncio.get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return work()
    finally:
        asyncio._set_running_loop(loop)


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
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        raise Turned(411, "This server needs to be told beforehand how much is sent (Content-Length).")
    size = int(headers.get(b"content-length") or 0)
    if size > LARGEST_REQUEST:
        most = LARGEST_REQUEST // 1024**2
        raise Turned(413, f"That is too much at once: this server takes {most} MB. Nothing was saved.")
    return size


def environ_of(scope: Scope, body: IO[bytes]) -> WSGIEnvironment:
    """The request as WSGI wants it (PEP 3333): text as bytes read as Latin-1, headers as HTTP_NAME.

    A header with an underscore in its name is left out: it would pass for one with a hyphen, which the proxy sets.
    """
    server, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0].strip("[]").removeprefix("::ffff:"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FromFile,
    }
    for name, value in scope["headers"]:
        if b"_" in name:
            continue
        key, said = name.decode("latin-1").upper().replace("-", "_"), value.decode("latin-1")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            key = f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{said}" if key in environ else said
    return environ


def page(environ: WSGIEnvironment) -> tuple[int, Headers, bytes | str | Stream, bool]:
    """Have Django make the page whole: status, headers, and the content, or where the file lies that holds it, or what
    stays open; and whether everybody without a cookie gets the same for a moment."""
    begun: list[tuple[int, Headers]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
        told = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        begun[:] = [(int(status.split(" ", 1)[0]), told)]

    said: StartResponse = start_response

    def make() -> tuple[int, Headers, bytes | str | Stream, bool]:
        made: Iterable[bytes] = django(environ, said)
        try:
            if isinstance(made, Stream):
                return (*begun[0], made, False)
            place = made.path() if isinstance(made, FromFile) else None
            return (*begun[0], place or b"".join(made), may_be_kept(made))
        finally:
            close = getattr(made, "close", None)
            if close:
                close()

    return without_loop(make)


application = Server()
