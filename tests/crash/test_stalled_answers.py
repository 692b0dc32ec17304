"""Phones that stall while they send an answer hold up nobody who answers, and what arrived in part is not taken."""

import http.client
import json
import socket
import threading
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import running_product
from tests.crash.test_answering import QUESTIONS, SEE, SET_UP, Crowd, said_by

pytestmark = pytest.mark.crash

STALLED, ANSWERED, WRITERS = 200, 24, 4
FORM = "application/x-www-form-urlencoded"
NOBODY = 10_000  # whose steps nobody else has


def half_a_page(port: int, place: str, cookies: str) -> socket.socket:
    """A page of somebody who has begun, of which the last five bytes are missing."""
    steps = {f"q.{code}": str(step) for code, step in said_by(NOBODY).items()}
    body = urlencode({**steps, "w.open.culture": "Stalled for good", "do": "next"}).encode()
    head = (
        f"POST /v/{place}/answer/1/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {FORM}\r\n"
        f"Cookie: {cookies}\r\nContent-Length: {len(body) + 5}\r\n\r\n"
    )
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    line.sendall(head.encode() + body)
    return line


def begun(port: int, place: str, code: str) -> str:
    """The cookies of somebody who has begun with this code."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as line:
        line.request("POST", f"/v/{place}/", urlencode({"code": code}), {"Content-Type": FORM})
        answer = line.getresponse()
        answer.read()
        assert "/answer/1/" in answer.headers["Location"]
        return "; ".join(each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie") or [])


def test_people_answer_while_two_hundred_submissions_stand_still(tmp_path: Path) -> None:
    with running_product(tmp_path / "var") as product:
        told = json.loads(product.shell(SET_UP))
        port, place, codes = int(product.environment["PORT"]), told["place"], told["codes"]
        crowd = Crowd(port, place, codes, numbers=iter(range(ANSWERED)))
        cookies = begun(port, place, codes[-1])
        with ExitStack() as stack:
            for _each in range(STALLED):
                stack.enter_context(half_a_page(port, place, cookies))
            threads = [threading.Thread(target=crowd.answer_on) for _each in range(WRITERS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert crowd.wrong == [] and sorted(crowd.acknowledged) == list(range(ANSWERED))
        found = json.loads(product.shell(SEE.replace("CODES", repr(codes[:ANSWERED]))))
    expected = Counter(json.dumps(said_by(number), sort_keys=True) for number in range(ANSWERED))
    for when in ("open", "closed"):
        assert Counter(json.dumps(each, sort_keys=True) for each in found[when]) == expected
    assert Counter(found["words"]) == Counter(f"[{number}]" for number in range(ANSWERED))
    assert Counter(found["spent"]) == Counter(found["hashes"])
    assert set(said_by(NOBODY)) == set(QUESTIONS)
