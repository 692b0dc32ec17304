"""Work in a process apart: the memory it takes goes with it, and what it chokes on takes nobody along.

    papers = Apart("throughline.records.paper.typesetting", seconds=60)      in the web server
    told, content = papers.ask({"layout": "…"})

    if __name__ == "__main__":                                               in that module
        serve(typeset, megabytes=1024)

The process is started anew, not forked from the large one, with nothing of its settings and secrets, and loads what its
module imports: so such a module leaves Django alone. Everything passes through pipes, nothing through files. It stays
for the next piece of work, and goes by itself when none comes for a while, when it has grown, or when we are gone.
"""

import json
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

IDLE = 30.0  # seconds without work
GROWN = 160  # megabytes that it may hold between two pieces of work
_SIZES = struct.Struct(">QQ")
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")
# One thread and one heap: it does one thing at a time, and each more takes memory.
_SET = {"PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "1", "RAYON_NUM_THREADS": "1"}

Told = dict[str, Any]
Work = Callable[[Told, bytes], tuple[Mapping[str, Any], bytes]]


class Broke(RuntimeError):
    """The process ended, or was ended, before it had answered."""


class Apart:
    """A process that does one kind of work, for as long as there is some."""

    def __init__(self, module: str, *, seconds: float) -> None:
        self._module, self._seconds = module, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._one_at_a_time = threading.Lock()

    def ask(self, told: Mapping[str, Any], content: bytes = b"") -> tuple[Told, bytes]:
        """Have it done. Raises `Broke` when that takes too long or too much memory."""
        with self._one_at_a_time:
            waiting = self._waiting()
            # One that waited may have gone to rest this very moment: then another one does it.
            said = (waiting and self._said(waiting, told, content)) or self._said(self._new(), told, content)
            if said is None:
                assert self._process
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(1)  # so that it tells itself how it ended
                raise Broke(f"{self._module} ended with {self._ended()} before it had answered.")
            return said

    def __enter__(self) -> "Apart":
        return self

    def __exit__(self, *_: object) -> None:
        self._ended()

    def _waiting(self) -> "subprocess.Popen[bytes] | None":
        if self._owner != os.getpid():  # we were forked since: it belongs to the other one
            self._process, self._owner = None, os.getpid()
        if self._process and self._process.poll() is not None:
            self._ended()
        return self._process

    def _new(self) -> "subprocess.Popen[bytes]":
        self._ended()
        self._process = subprocess.Popen(  # noqa: S603  (our own module)
            [sys.executable, "-P", "-s", "-m", self._module],
            cwd="/",
            env=_SET | {name: os.environ[name] for name in _KEPT if name in os.environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        return self._process

    def _said(
        self, process: "subprocess.Popen[bytes]", told: Mapping[str, Any], content: bytes
    ) -> tuple[Told, bytes] | None:
        """What it answers; None when it has gone. Raises `Broke` when it takes too long."""
        assert process.stdin and process.stdout
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, end)
        timer.start()
        try:
            _send(process.stdin, told, content)
            said = _received(process.stdout)
        except OSError:
            said = None
        finally:
            timer.cancel()
        if said is None and late.is_set():
            self._ended()
            raise Broke(f"{self._module} was ended after {self._seconds:.0f} seconds.")
        return said

    def _ended(self) -> int | None:
        """Make sure that it has ended and nothing of it is left; how it ended."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        process.communicate()
        return process.returncode


def serve(work: Work, *, megabytes: int, idle: float = IDLE) -> None:
    """Do what is asked on the standard input, one after the other, within so much memory."""
    _limit(megabytes)
    asked, answers = os.fdopen(0, "rb", 0), os.fdopen(os.dup(1), "wb", 0)
    os.dup2(2, 1)  # what a library prints is no answer
    while select.select([asked], [], [], idle)[0]:
        said = _received(asked)
        if said is None:
            return
        _send(answers, *work(*said))
        if _held() > GROWN:
            return


def _held() -> float:
    """Megabytes that this process holds now, where the system tells (Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() / 1024**2


def _limit(megabytes: int) -> None:
    """So much memory and no more; nothing of it on disk when it falls. Who interrupts the server does not mean it."""
    most = megabytes * 1024**2
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _send(line: IO[bytes], told: Mapping[str, Any], content: bytes) -> None:
    words = json.dumps(told).encode()
    for part in (_SIZES.pack(len(words), len(content)), words, content):
        rest = memoryview(part)
        while rest:
            rest = rest[line.write(rest) :]


def _received(line: IO[bytes]) -> tuple[Told, bytes] | None:
    """A whole message, or None at the end."""
    head = _exactly(line, _SIZES.size)
    if head is None:
        return None
    words, content = (_exactly(line, size) for size in _SIZES.unpack(head))
    return None if words is None or content is None else (json.loads(words), content)


def _exactly(line: IO[bytes], size: int) -> bytes | None:
    found = bytearray()
    while len(found) < size:
        part = line.read(min(size - len(found), 2**20))
        if not part:
            return None
        found += part
    return bytes(found)
