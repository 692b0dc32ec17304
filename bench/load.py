"""Requests per second over real HTTP, against the server as `manage.py serve` starts it, on this machine only."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from bench.building import School
from bench.pages import rate_one
from throughline.testing import client_of
from tools.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = (1, 4)
READY_WITHIN = 90
TOKEN = "b" * 32  # the same in cookie and form: all that the server asks of a token
Ask = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Rate:
    """What some clients got together: requests per second, milliseconds that each waited, and failures."""

    per_second: float
    median: float
    p95: float
    failed: int

    def told(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return asdict(self)


@contextmanager
def served(*options: str, quiet: bool = False) -> Iterator[int]:
    """The port of a server that has just been started with these options; it is stopped again. `quiet`: nobody reads its log."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port)}
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if quiet else None,
    )
    try:
        _wait_until_ready(server, port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _wait_until_ready(server: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            if _answer(port, "", ("GET", "/readyz", None)) == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError("The server did not become ready.")


def measure_load(school: School, seconds: float) -> dict[str, dict[str, dict[str, Any]]]:
    """By page and number of clients. Every client is another person of the team."""
    competencies = [each.competency_id for each in school.items()]
    overview = school.address(f"journeys/{school.place.journey.id}/")
    asked: dict[str, Callable[[], list[Ask]]] = {
        "overview": lambda: [("GET", overview, None)],
        "rate: one competency": lambda: [("GET", rate_one(school, each), None) for each in competencies],
        "rate: save one": saving(school),
    }
    cookies = [cookie_of(school, number) for number in range(max(CLIENTS))]
    with served() as port:
        for _each in range(8):  # both processes of the server have filled their caches then
            _answer(port, cookies[0], ("GET", overview, None))
        return {
            name: {str(number): together(port, cookies[:number], asks, seconds).told() for number in CLIENTS}
            for name, asks in asked.items()
        }


def saving(school: School) -> Callable[[], list[Ask]]:
    """One rating of each competency."""
    form = urlencode({"csrfmiddlewaretoken": TOKEN, "step": "3", "comment": "I saw it in two classes."})
    competencies = [each.competency_id for each in school.items()]
    return lambda: [("POST", rate_one(school, each), form) for each in competencies]


def cookie_of(school: School, number: int) -> str:
    """The signed-in cookie of one of the team."""
    session = client_of(school.people[number]).cookies["sessionid"].value
    return f"sessionid={session}; csrftoken={TOKEN}"


def together(port: int, cookies: list[str], asks: Callable[[], list[Ask]], seconds: float) -> Rate:
    """What these people get done at once within so many seconds, each as fast as they are answered."""
    waited: list[float] = []
    failed: list[int] = []
    end = time.monotonic() + seconds

    def one(cookie: str) -> None:
        for ask in cycle(asks()):
            began = time.perf_counter()
            if began and time.monotonic() > end:
                return
            status = _answer(port, cookie, ask)
            waited.append((time.perf_counter() - began) * 1000)
            if status >= 400:
                failed.append(status)

    threads = [threading.Thread(target=one, args=(cookie,)) for cookie in cookies]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - start
    return Rate(len(waited) / took, median(waited), quantiles(waited, n=20)[-1], len(failed))


def _answer(port: int, cookie: str, ask: Ask) -> int:
    """One request on a connection of its own, read to the end."""
    method, address, body = ask
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        line.request(method, address, body=body, headers=headers)
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()
