"""A PostgreSQL server of our own for as long as the tests last: made, started, stopped and removed again.

Needs the server's programs only (Debian: postgresql). As root the server runs as an unprivileged user.

    python -m tools.postgres CMD …      runs CMD with DATABASE_URL pointing at such a server
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# An automatic ANALYZE keeps VACUUM from removing rows for a moment; the worker then tries again, and a test does not wait.
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]


def server_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, newest version first; None when there is no server."""
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found.sort(key=lambda p: int(p.parent.name) if p.parent.name.isdigit() else 0, reverse=True)
    config = shutil.which("pg_config")
    if config:
        told = subprocess.run(
            [config, "--bindir"], capture_output=True, text=True, check=False
        ).stdout.strip()
        found.append(Path(told))
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    return next((p for p in found if (p / "initdb").exists() and (p / "pg_ctl").exists()), None)


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: the user to run it as then, None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise SystemExit("PostgreSQL cannot run as root, and there is neither a user 'postgres' nor 'nobody'.")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Cluster:
    """A temporary cluster: its programs, its folder, its port and the user that it runs as."""

    programs: Path
    place: Path
    port: int
    user: str | None
    server: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """The address for DATABASE_URL."""
        return f"postgresql://throughline@127.0.0.1:{self.port}/throughline"

    def _as_user(self) -> dict[str, Any]:
        return {
            "user": self.user,
            "group": pwd.getpwnam(self.user).pw_gid if self.user else None,
            "extra_groups": [] if self.user else None,
            "cwd": self.place,
            "env": {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            "stdin": subprocess.DEVNULL,
        }

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs as the right user; show what it said when it fails."""
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **self._as_user(),
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}\n{self.said()}")

    def said(self) -> str:
        """The end of the server's log."""
        log = self.place / "log"
        return log.read_text()[-4000:] if log.exists() else ""

    def make(self, settings: list[str], copied_from: Path | None) -> None:
        """Lay out the data folder, new and empty or as `keep` has kept it."""
        if copied_from:
            subprocess.run(["cp", "-a", copied_from, self.place / "data"], check=True)
        else:
            self.run("initdb", "-D", "data", "-U", "throughline", "-A", "trust", "-E", "UTF8",
                     "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        lines = [
            "listen_addresses='127.0.0.1'",
            f"port={self.port}",
            f"unix_socket_directories='{self.place}'",
            "max_connections=60",
            *settings,
        ]
        with (self.place / "data" / "postgresql.conf").open("a") as conf:
            conf.write("\n" + "\n".join(lines) + "\n")

    def start(self) -> None:
        """Start the server as our own child, also after a crash, and wait until it answers."""
        with (self.place / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", "data"], stdout=log, stderr=log, **self._as_user()
            )
        end = time.monotonic() + 60
        while not self._answers():
            if self.server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start:\n{self.said()}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        asked = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False).returncode == 0

    def create(self, name: str, *, template: str = "template1") -> None:
        """One more database."""
        self.run(
            "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "throughline", "-T", template, name
        )

    def keep(self, to: Path) -> None:
        """Stop the server in order and keep a copy of its data, for `cluster(copied_from=…)`."""
        assert self.server is not None
        self.server.send_signal(signal.SIGINT)
        self.server.wait(timeout=60)
        subprocess.run(["cp", "-a", self.place / "data", to], check=True)

    def stop(self) -> None:
        """Stop the server at once; its data is not wanted any more."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGQUIT)
            self.server.wait(timeout=30)

    def kill(self) -> None:
        """SIGKILL the server and every one of its processes, as a machine that falls over would."""
        assert self.server is not None
        main = self.server.pid
        os.kill(main, signal.SIGSTOP)  # so that it cannot make another process while they are counted
        children = [int(pid) for pid in Path(f"/proc/{main}/task/{main}/children").read_text().split()]
        for pid in [main, *children]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.server.wait()
        # A server starts again only when the last process of the old one has let go of its shared memory.
        end = time.monotonic() + 30
        while any(map(_lives, children)) and time.monotonic() < end:
            time.sleep(0.02)


def _lives(pid: int) -> bool:
    """Whether a process still holds anything: one that waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


@contextmanager
def cluster(*, durable: bool = True, copied_from: Path | None = None) -> Iterator[Cluster]:
    """A running server with a database `throughline`, empty or as it was kept. `durable=False` is for unit tests only."""
    programs = server_programs()
    if programs is None:
        raise RuntimeError("No PostgreSQL server here. On Debian: apt-get install postgresql")
    place = Path(tempfile.mkdtemp(prefix="throughline-pg-", dir="/tmp"))  # a socket's path must be short
    user = _unprivileged()
    if user:
        entry = pwd.getpwnam(user)
        os.chown(place, entry.pw_uid, entry.pw_gid)
    made = Cluster(programs, place, free_port(), user)
    try:
        made.make([] if durable else QUICK, copied_from)
        made.start()
        if not copied_from:
            made.create("throughline")
        yield made
    finally:
        try:
            made.stop()
        finally:
            shutil.rmtree(place, ignore_errors=True)


def main() -> int:
    """Run a command with a temporary server."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster(durable="--durable" in sys.argv[1:2]) as made:
        command = [word for word in sys.argv[1:] if word != "--durable"]
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": made.url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
