"""What the web server hands over becomes a request as Django knows it; what cannot be taken gets a sentence."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from throughline.config import body, rsgi


class Headers(list[tuple[str, str]]):
    """As granian gives them: pairs, and a look-up by name."""

    def items(self) -> list[tuple[str, str]]:
        return list(self)

    def get(self, key: str, default: Any = None) -> Any:
        return dict(self).get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in dict(self)


class Line:
    """The server's end of a connection on which these parts arrive; `None` stands for silence without end."""

    def __init__(self, *parts: bytes | None) -> None:
        self.parts = parts
        self.answered: list[tuple[int, str]] = []

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            if part is None:
                await asyncio.sleep(60)
            else:
                yield part

    def response_str(self, status: int, headers: list[tuple[str, str]], said: str) -> None:
        self.answered.append((status, said))

    def response_bytes(self, status: int, headers: list[tuple[str, str]], said: bytes) -> None:
        self.answered.append((status, said.decode()))


def asked(
    *headers: tuple[str, str], method: str = "POST", path: str = "/", client: str = "10.0.0.7:999"
) -> Any:
    return SimpleNamespace(
        method=method, path=path, query_string="q=1", headers=Headers(headers), http_version="1.1",
        server="[::]:8000", client=client, scheme="http",
    )  # fmt: skip


def taken(monkeypatch: pytest.MonkeyPatch, scope: Any, line: Line) -> tuple[rsgi.Server, list[bytes]]:
    """Send it to a server whose Django only notes what it got."""
    got: list[bytes] = []

    def django(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        got.append(environ["wsgi.input"].read())
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"taken ", b"whole"]

    monkeypatch.setattr(rsgi, "django", django)
    server = rsgi.Server()
    asyncio.run(server.__rsgi__(scope, line))  # type: ignore[arg-type]
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
    monkeypatch.setattr(rsgi, "NOTHING_FOR", 0.05)
    line = Line(*parts)
    server, got = taken(monkeypatch, asked(*headers), line)
    assert (got, server.held) == ([], 0)
    assert line.answered[0][0] == status
    assert said in line.answered[0][1]


def test_a_trickle_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Trickle(Line):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                await asyncio.sleep(0.01)
                yield b"x"

    monkeypatch.setattr(rsgi, "ALTOGETHER", 0.1)
    line = Trickle()
    assert taken(monkeypatch, asked(("content-length", "100000")), line)[1] == []
    assert line.answered[0][0] == 408


def test_bodies_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsgi, "HELD_AT_ONCE", 10)
    line = Line(b"0123456", b"789012345")
    server, got = taken(monkeypatch, asked(("content-length", "16")), line)
    assert (got, line.answered[0][0], server.held) == ([], 503, 0)


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


def test_headers_and_addresses_are_as_wsgi_has_them() -> None:
    environ = rsgi.environ_of(
        asked(
            ("host", "school.example.org"),
            ("cookie", "a=1"),
            ("cookie", "b=2"),
            ("x-forwarded-proto", "http"),
            ("x_forwarded_proto", "https"),
            ("content-type", "text/plain"),
            path="/s/école/",
            client="[::ffff:10.0.0.7]:999",
        ),
        BytesIO(),
    )
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/s/école/"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    # With an underscore it would pass for what the proxy says, since WSGI has one name for both.
    assert environ["HTTP_X_FORWARDED_PROTO"] == "http"
    assert (environ["CONTENT_TYPE"], environ["REMOTE_ADDR"]) == ("text/plain", "10.0.0.7")


def test_a_large_file_is_left_to_the_server_and_a_small_one_is_not(tmp_path: Any) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"x")
    large.write_bytes(bytes(rsgi.SENT_FROM_MEMORY + 1))
    with small.open("rb") as little, large.open("rb") as much:
        assert rsgi.FromFile(little).path() is None
        assert b"".join(rsgi.FromFile(little)) == b"x"
        assert rsgi.FromFile(much).path() == str(large)
        much.seek(5)
        assert rsgi.FromFile(much).path() is None
    assert rsgi.FromFile(BytesIO(bytes(rsgi.SENT_FROM_MEMORY + 1))).path() is None
