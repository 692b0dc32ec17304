"""What the web server hands over becomes a request as Django knows it; what cannot be taken gets a sentence."""

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIRequest

from throughline.config import asgi, body


class Line:
    """The server's end of a connection on which these parts arrive; `None` stands for silence without end."""

    def __init__(self, *parts: bytes | None, broken: bool = False) -> None:
        self.parts = list(parts)
        self.broken = broken
        self.answered: list[tuple[int, str]] = []
        self.status = 0

    async def receive(self) -> dict[str, Any]:
        if not self.parts:
            return {"type": "http.disconnect"}
        part = self.parts.pop(0)
        if part is None:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": part, "more_body": bool(self.parts) or self.broken}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.answered.append((self.status, message.get("body", b"").decode()))


def asked(
    *headers: tuple[str, str], method: str = "POST", path: str = "/", client: str = "10.0.0.7"
) -> dict[str, Any]:
    told = [(name.encode(), value.encode()) for name, value in headers]
    return {
        "type": "http", "method": method, "path": path, "query_string": b"q=1", "headers": told,
        "http_version": "1.1", "server": ("[::]", 8000), "client": (client, 999), "scheme": "http",
    }  # fmt: skip


def taken(
    monkeypatch: pytest.MonkeyPatch, scope: dict[str, Any], line: Line
) -> tuple[asgi.Server, list[bytes]]:
    """Send it to a server whose Django only notes what it got."""
    got: list[bytes] = []

    def django(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        got.append(environ["wsgi.input"].read())
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"taken ", b"whole"]

    monkeypatch.setattr(asgi, "django", django)
    server = asgi.Server()
    asyncio.run(server(scope, line.receive, line.send))
    return server, got


def test_a_body_is_handed_over_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(b"step=2&", b"comment=seen")
    server, got = taken(monkeypatch, asked(("content-length", "19")), line)
    assert (got, line.answered, server.held) == ([b"step=2&comment=seen"], [(200, "taken whole")], 0)


def test_without_a_body_nothing_is_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(None)
    assert taken(monkeypatch, asked(method="GET"), line)[1] == [b""]


@pytest.mark.parametrize(
    ("headers", "parts", "status", "said"),
    [
        ([("content-length", "19")], [b"step=2&", None], 408, "stopped on its way"),
        ([("content-length", "19")], [b"step=2&"], 400, "broke before everything arrived"),
        ([("content-length", "5")], [b"step=2&"], 400, "broke before everything arrived"),
        ([("content-length", str(10**12))], [None], 413, "this server takes 200 MB"),
        ([("transfer-encoding", "chunked")], [b"step=2&"], 411, "Content-Length"),
    ],
)
def test_what_is_not_whole_never_reaches_a_page(
    monkeypatch: pytest.MonkeyPatch,
    headers: list[tuple[str, str]],
    parts: list[bytes | None],
    status: int,
    said: str,
) -> None:
    monkeypatch.setattr(asgi, "NOTHING_FOR", 0.05)
    line = Line(*parts, broken=True)
    server, got = taken(monkeypatch, asked(*headers), line)
    assert (got, server.held) == ([], 0)
    assert line.answered[0][0] == status
    assert said in line.answered[0][1]


def test_a_trickle_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Trickle(Line):
        async def receive(self) -> dict[str, Any]:
            await asyncio.sleep(0.01)
            return {"type": "http.request", "body": b"x", "more_body": True}

    monkeypatch.setattr(asgi, "ALTOGETHER", 0.1)
    line = Trickle()
    assert taken(monkeypatch, asked(("content-length", "100000")), line)[1] == []
    assert line.answered[0][0] == 408


def test_bodies_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "HELD_AT_ONCE", 10)
    monkeypatch.setattr(asgi, "IN_MEMORY", 8)
    line = Line(b"0123456", b"789012345")
    server, got = taken(monkeypatch, asked(("content-length", "16")), line)
    assert (got, line.answered[0][0], server.held) == ([], 503, 0)


def test_a_short_form_is_taken_whatever_others_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "HELD_AT_ONCE", 10)
    line = Line(b"comment=seen by all")
    assert taken(monkeypatch, asked(("content-length", "19")), line)[1] == [b"comment=seen by all"]


def test_an_upload_is_not_blamed_for_a_page_that_took_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server was busy for all of the time in which it should have looked."""

    class Late(Line):
        async def receive(self) -> dict[str, Any]:
            server.busy += 0.05
            await asyncio.sleep(0.12)
            return await super().receive()

    server = asgi.Server()
    monkeypatch.setattr(asgi, "NOTHING_FOR", 0.1)
    line = Late(b"step=2")
    busy_from = server.busy

    async def upload() -> bytes:
        async with server.body_of(asked(("content-length", "6")), line.receive) as kept:
            return kept.read()

    assert asyncio.run(upload()) == b"step=2"
    assert server.busy > busy_from


class Full(BytesIO):
    """A file that, as the system itself says, has no room."""

    def __init__(self, **_kept: Any) -> None:
        super().__init__()

    def write(self, data: Any) -> int:
        with Path("/dev/full").open("wb", buffering=0) as out:
            return out.write(data)


def test_where_the_disk_is_full_a_body_arrives_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "TemporaryFile", Full)
    monkeypatch.setattr(body, "IN_MEMORY", 3)
    line = Line(b"012", b"3456", b"789")
    assert taken(monkeypatch, asked(("content-length", "10")), line)[1] == [b"0123456789"]
    assert body.Body.without_room == 0


def test_a_full_disk_and_a_full_memory_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "TemporaryFile", Full)
    monkeypatch.setattr(body, "IN_MEMORY", 3)
    monkeypatch.setattr(body, "AFTER_FULL", 5)
    line = Line(b"012", b"3456789")
    assert taken(monkeypatch, asked(("content-length", "10")), line)[1] == []
    assert line.answered[0][0] == 507
    assert "disk is full" in line.answered[0][1]
    assert body.Body.without_room == 0


def test_a_long_body_waits_on_disk_and_is_read_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "IN_MEMORY", 10)
    with body.Body() as kept:
        for number in range(50):
            kept.write(b"%03d" % number)
        kept.rewind()
        assert len(kept._parts) == 2 and kept.tell() == 150
        assert kept.read() == b"".join(b"%03d" % number for number in range(50))
        # Django asks for all of a form at once, by its length.
        for asked_for in (150, 7):
            kept.rewind()
            assert kept.read(asked_for) == b"".join(b"%03d" % number for number in range(50))[:asked_for]


def test_a_long_form_reaches_django_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = urlencode({f"text-{number}": "wörter " * 300 for number in range(200)}).encode()
    pieces = [sent[at : at + 60_000] for at in range(0, len(sent), 60_000)]
    assert len(sent) > 2 * body.IN_MEMORY
    got: list[int] = []

    def django(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        got.append(len(WSGIRequest(environ).POST))
        start_response("200 OK", [])
        return []

    monkeypatch.setattr(asgi, "django", django)
    headers = [("content-length", str(len(sent))), ("content-type", "application/x-www-form-urlencoded")]
    line = Line(*pieces)
    asyncio.run(asgi.Server()(asked(*headers), line.receive, line.send))
    assert got == [200]


def test_headers_and_addresses_are_as_wsgi_has_them() -> None:
    environ = asgi.environ_of(
        asked(
            ("host", "school.example.org"),
            ("cookie", "a=1"),
            ("cookie", "b=José"),
            ("x-forwarded-proto", "http"),
            ("x_forwarded_proto", "https"),
            ("content-type", "text/plain"),
            path="/s/école/",
            client="::ffff:10.0.0.7",
        ),
        BytesIO(),
    )
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/s/école/"
    # What is no ASCII, as another site of the school may set it, does not take the rest along.
    assert environ["HTTP_COOKIE"].encode("latin-1").decode() == "a=1; b=José"
    # With an underscore it would pass for what the proxy says, since WSGI has one name for both.
    assert environ["HTTP_X_FORWARDED_PROTO"] == "http"
    assert (environ["CONTENT_TYPE"], environ["REMOTE_ADDR"]) == ("text/plain", "10.0.0.7")


def test_a_large_file_is_left_to_the_server_and_a_small_one_is_not(tmp_path: Any) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"x")
    large.write_bytes(bytes(asgi.SENT_FROM_MEMORY + 1))
    with small.open("rb") as little, large.open("rb") as much:
        assert asgi.FromFile(little).path() is None
        assert b"".join(asgi.FromFile(little)) == b"x"
        assert asgi.FromFile(much).path() == str(large)
        much.seek(5)
        assert asgi.FromFile(much).path() is None
    assert asgi.FromFile(BytesIO(bytes(asgi.SENT_FROM_MEMORY + 1))).path() is None


def test_a_page_for_all_is_made_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    class Made(list[bytes]):
        kept_early = True

    def django(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        made.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Security-Policy", "none")])
        return Made([b"for all"]) if "all" in environ["PATH_INFO"] else [b"for one"]

    monkeypatch.setattr(asgi, "django", django)
    server = asgi.Server()
    for path in ("/all/", "/all/", "/one/", "/one/"):
        line = Line()
        asyncio.run(server(asked(method="GET", path=path), line.receive, line.send))
        assert line.status == 200
    assert made == ["/all/", "/one/", "/one/"]
