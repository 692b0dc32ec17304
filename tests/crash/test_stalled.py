"""A phone that stalls holds up nobody: not while it sends, not while it reads. What arrives in part is never taken."""

import http.client
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

from tests.conftest import running_product
from tests.installations import prepared
from tests.running.places import well
from tests.running.snippets import run_snippet

pytestmark = pytest.mark.crash

CSRF = "c" * 32
FORM = "application/x-www-form-urlencoded"
RATERS = 30
STALLED = 200
LARGE = 40 * 1024 * 1024

SET_UP = f"""
import json
from bench.building import build
from bench.pages import rate_one
from bench.sizes import Size
from throughline.testing import client_of
school = build(Size({RATERS}, 1, 4))
print(json.dumps({{
    "sessions": [client_of(each).cookies["sessionid"].value for each in school.people],
    "rate": [rate_one(school, item.competency_id) for item in school.items()],
}}))
"""

COUNT = """
import json
from throughline.journeys.models import Rating
print(json.dumps(sorted(Rating.objects.exclude(comment="").values_list("comment", flat=True))))
"""


@dataclass
class Raters:
    """The running product, and thirty people of one team whose round is open."""

    port: int
    environment: dict[str, str]
    sessions: list[str]
    rate: list[str]

    def head(self, rater: int) -> dict[str, str]:
        return {"Content-Type": FORM, "Cookie": f"sessionid={self.sessions[rater]}; csrftoken={CSRF}"}

    def save(self, rater: int, comment: str, item: int = 0) -> int:
        """Save one rating through HTTP; the status of the answer."""
        body = urlencode({"csrfmiddlewaretoken": CSRF, "step": "2", "comment": comment})
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            line.request("POST", self.rate[item], body, self.head(rater))
            return line.getresponse().status
        finally:
            line.close()

    def status(self, path: str = "/healthz") -> int:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            line.request("GET", path)
            return line.getresponse().status
        finally:
            line.close()

    def comments(self) -> list[str]:
        return list(json.loads(well(run_snippet(self.environment, COUNT))))

    def open(self, request: bytes) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        line.sendall(request)
        return line


@pytest.fixture(scope="module")
def raters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Raters]:
    var = shutil.copytree(prepared(), tmp_path_factory.mktemp("stalled") / "var")
    (var / "assets" / "large.bin").write_bytes(bytes(LARGE))
    with running_product(var) as product:
        told = json.loads(product.shell(SET_UP))
        yield Raters(int(product.environment["PORT"]), product.environment, **told)
    shutil.rmtree(var, ignore_errors=True)


def half_a_form(raters: Raters, comment: str, *, promised: int | None = None) -> bytes:
    """A form of which the end is missing, with all that the server would otherwise ask of it."""
    body = urlencode({"csrfmiddlewaretoken": CSRF, "step": "2", "comment": comment}).encode()
    cookie = raters.head(0)["Cookie"]
    head = (
        f"POST {raters.rate[1]} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nContent-Type: {FORM}\r\n"
        f"Content-Length: {promised or len(body) + 5}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def stalled(raters: Raters, request: bytes, how_many: int = STALLED) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        yield [stack.enter_context(raters.open(request)) for _ in range(how_many)]


def test_thirty_people_save_while_two_hundred_uploads_stand_still(raters: Raters) -> None:
    answers: list[int] = []

    def save(rater: int) -> None:
        answers.extend(raters.save(rater, f"Rater {rater} saw it", item) for item in (2, 3))

    with stalled(raters, half_a_form(raters, "Stalled for good")):
        assert raters.status() == 200
        threads = [threading.Thread(target=save, args=[rater]) for rater in range(RATERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert raters.status("/readyz") == 200
    assert answers == [302] * RATERS * 2
    said = raters.comments()
    assert [said.count(f"Rater {rater} saw it") for rater in range(RATERS)] == [2] * RATERS
    assert "Stalled for good" not in said


def test_an_upload_that_stands_still_is_told_so_and_ended(raters: Raters) -> None:
    with stalled(raters, half_a_form(raters, "Never finished"), 1) as (line,):
        said = line.recv(4096)
        assert said.startswith(b"HTTP/1.1 408 ")
        assert b"Nothing was saved" in said
        assert line.recv(4096) == b""
    assert "Never finished" not in raters.comments()


def test_a_form_whose_line_breaks_is_not_taken_in_part(raters: Raters) -> None:
    raters.open(half_a_form(raters, "Cut off")).close()
    with stalled(raters, half_a_form(raters, "Half closed"), 1) as (line,):
        line.shutdown(socket.SHUT_WR)
        said = line.recv(4096)
        assert not said or b" 400 " in said.splitlines()[0]
    assert raters.save(0, "Whole", item=1) == 302
    comments = raters.comments()
    assert "Whole" in comments
    assert {"Cut off", "Half closed"} & set(comments) == set()


def test_what_is_too_much_or_of_unknown_size_is_refused_before_it_is_sent(raters: Raters) -> None:
    with stalled(raters, half_a_form(raters, "Large", promised=5 * 1024**3), 1) as (line,):
        assert line.recv(4096).startswith(b"HTTP/1.1 413 ")
    chunked = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    with stalled(raters, chunked, 1) as (line,):
        assert line.recv(4096).startswith(b"HTTP/1.1 411 ")


def test_readers_who_stand_still_hold_up_nobody(raters: Raters) -> None:
    fetch = b"GET /static/large.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with stalled(raters, fetch, 20) as lines:
        assert raters.status() == 200
        assert raters.save(1, "Beside slow readers") == 302
        got = 0
        while got < LARGE:
            part = lines[0].recv(1024 * 1024)
            assert part, f"it ended after {got} bytes"
            got += len(part)
    assert raters.status() == 200


def test_a_long_form_and_a_foreign_cookie_arrive_whole(raters: Raters) -> None:
    """Longer than what is kept in memory, and beside a cookie of another site that is no ASCII."""
    body = urlencode(
        {"csrfmiddlewaretoken": CSRF, "padding": "ö" * 90_000, "step": "3", "comment": "At the end"}
    )
    assert len(body) > 512 * 1024
    head = raters.head(2)
    line = http.client.HTTPConnection("127.0.0.1", raters.port, timeout=120)
    try:
        line.putrequest("POST", raters.rate[0])
        line.putheader("Content-Type", FORM)
        line.putheader("Content-Length", str(len(body)))
        line.putheader("Cookie", f"site=José; {head['Cookie']}".encode())
        line.endheaders(body.encode())
        assert line.getresponse().status == 302
    finally:
        line.close()
    assert "At the end" in raters.comments()
