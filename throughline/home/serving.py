"""Server and worker run together: started, watched, and stopped as one, leaving nobody behind."""

import ctypes
import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

READY_WITHIN = 90
STOPS_WITHIN = 30
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One of the processes, in a group of its own so that its own children end with it."""

    name: str
    process: "subprocess.Popen[bytes]"

    @classmethod
    def start(cls, name: str, command: list[str], cwd: str) -> "Child":
        return cls(
            name,
            subprocess.Popen(  # noqa: S603  (our own commands)
                command,
                cwd=cwd,
                start_new_session=True,
                preexec_fn=_end_with_parent,
                stdin=subprocess.DEVNULL,
            ),
        )

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def ask_to_stop(self) -> None:
        if not self.ended:
            self.process.terminate()

    def wait_or_kill(self, seconds: float) -> None:
        """Wait for a clean end; then end whatever is left of its group."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=max(seconds, 0.1))
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _end_with_parent() -> None:
    """Linux tells the child to stop should the supervisor itself be killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def allow_many_connections() -> None:
    """Let this process and its children keep as many connections and files open as the system permits."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def port_is_free(host: str, port: int) -> bool:
    """Nobody listens there. (The server shares its port between processes, so it would not notice by itself.)"""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers_ready(host: str, port: int, name: str) -> bool:
    """`/readyz` says 200: the database and the worker do their work."""
    line = http.client.HTTPConnection({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port, timeout=5)  # noqa: S104
    try:
        line.request("GET", "/readyz", headers={"Host": name})
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


class Together:
    """Runs the children until a signal or until one of them ends."""

    def __init__(self, commands: dict[str, list[str]], cwd: str, say: Callable[[str], None]) -> None:
        self.commands = commands
        self.cwd = cwd
        self.say = say
        self.told_to_stop = False

    def run(self, is_ready: Callable[[], bool], when_ready: Callable[[], None]) -> bool:
        """True when it was asked to stop; False when something went wrong, which has been said."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        children: list[Child] = []
        try:
            children += [Child.start(name, command, self.cwd) for name, command in self.commands.items()]
            if self._wait_until_ready(children, is_ready):
                when_ready()
                while not self.told_to_stop and not self._one_ended(children):
                    time.sleep(0.2)
        finally:
            if self.told_to_stop:
                self.say("Stopping …")
            for child in children:
                child.ask_to_stop()
            end = time.monotonic() + STOPS_WITHIN
            for child in children:
                child.wait_or_kill(end - time.monotonic())
        return self.told_to_stop

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.told_to_stop = True

    def _one_ended(self, children: list[Child]) -> bool:
        for child in children:
            if child.ended and not self.told_to_stop:
                self.say(
                    f"The {child.name} ended by itself (code {child.process.returncode}); stopping everything."
                )
                return True
        return False

    def _wait_until_ready(self, children: list[Child], is_ready: Callable[[], bool]) -> bool:
        end = time.monotonic() + READY_WITHIN
        while not self.told_to_stop and not self._one_ended(children):
            if is_ready():
                return True
            if time.monotonic() > end:
                self.say(f"It was not ready within {READY_WITHIN} seconds; stopping everything.")
                return False
            time.sleep(0.1)
        return False
