"""Writers that never give up, and someone who keeps killing the product under them.

Each write is a form posted over HTTP with an idempotency key. A writer whose line drops sends the same form again,
as a browser or a person would, until it is acknowledged. What was acknowledged is remembered here, outside.
"""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.conftest import wait_for_greeting
from tests.running.places import ROOT, manage, well
from tests.running.snippets import run_snippet
from tools.postgres import Cluster

CSRF = "c" * 32


@dataclass(frozen=True)
class Write:
    """A form to post: where, and what is in it besides the keys."""

    path: str
    fields: dict[str, str]


@dataclass
class Victim:
    """The running product, which can be killed as a whole and started again on the same data."""

    var: Path
    environment: dict[str, str]
    cluster: Cluster | None = None
    process: "subprocess.Popen[str] | None" = None

    @property
    def port(self) -> int:
        return int(self.environment["PORT"])

    def start(self) -> None:
        with (self.var / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        wait_for_greeting(self.process, self.var / "log")

    def kill(self, *, database_too: bool) -> None:
        """SIGKILL: supervisor, web processes, worker and, when asked, the whole database server."""
        assert self.process is not None
        for pid in [self.process.pid, *descendants(self.process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.communicate()
        if self.cluster and database_too:
            self.cluster.kill()
            self.cluster.start()

    def stop(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=120)

    def manage(self, *arguments: str) -> str:
        return well(manage(self.environment, *arguments))

    def shell(self, code: str) -> str:
        """What a few lines of Python in the product print."""
        return well(run_snippet(self.environment, code))


def descendants(pid: int) -> list[int]:
    """Every process below this one."""
    try:
        children = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return children + [below for child in children for below in descendants(child)]


@dataclass
class Storm:
    """`writers` threads post `total` forms while the victim is killed `kills` times."""

    victim: Victim
    session: str
    write: Callable[[int], Write]
    total: int
    kills: int
    writers: int = 4
    acknowledged: dict[int, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    sent_again: int = 0

    def run(self) -> None:
        """Until every write is acknowledged."""
        numbers = iter(range(self.total))
        lock = threading.Lock()
        threads = [threading.Thread(target=self._write_on, args=[numbers, lock]) for _ in range(self.writers)]
        for thread in threads:
            thread.start()
        try:
            for kill in range(self.kills):
                self._wait_for((kill + 1) * self.total // (self.kills + 1))
                time.sleep(random.random() * 0.05)
                self.victim.kill(database_too=kill % 2 == 1)
                self.victim.start()
        except BaseException as error:
            self.wrong.append(f"the product did not come back: {error}")
            raise
        finally:
            for thread in threads:
                thread.join()

    def _wait_for(self, acknowledged: int) -> None:
        while len(self.acknowledged) < acknowledged and not self.wrong:
            time.sleep(0.002)

    def _write_on(self, numbers: Iterator[int], lock: threading.Lock) -> None:
        with line_to(self.victim.port) as line:
            while not self.wrong:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                self._post_until_acknowledged(number, line)

    def _post_until_acknowledged(self, number: int, line: http.client.HTTPConnection) -> None:
        write = self.write(number)
        body = urlencode({**write.fields, "csrfmiddlewaretoken": CSRF, "_once": str(uuid.uuid4())})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
        }
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                line.request("POST", write.path, body, headers)
                answer = line.getresponse()
                said = answer.read()
            except (OSError, http.client.HTTPException):
                line.close()
                self.sent_again += 1
                time.sleep(0.05)
                continue
            if answer.status == 302:
                self.acknowledged[number] = answer.headers["Location"]
                return
            if answer.status < 500:
                self.wrong.append(f"{write.path}: {answer.status} {said[:300]!r}")
                return
            # The database is away just now: nothing was acknowledged, so it is sent again.
            time.sleep(0.05)
        self.wrong.append(f"{write.path} was not acknowledged within two minutes")


@contextmanager
def line_to(port: int) -> Iterator[http.client.HTTPConnection]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        yield line
    finally:
        line.close()
