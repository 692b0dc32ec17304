"""Runs the checks and the whole suite, one part after the other, and says at the end how each went.

python -m tools.test          everything that must hold before a change is kept
python -m tools.test check    linters, types and fences only
python -m tools.test long     the slow jobs: crash and load
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools.postgres import cluster
from tools.system import BROWSER, POSTGRES, Need, provide

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
QUICK = "not browser and not crash and not long and not walk"
PROCESSES = str(max(2, min(4, os.cpu_count() or 2)))

CHECKS = {
    "ruff": [str(BIN / "ruff"), "check", "--quiet", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "rooms and layers": [str(BIN / "lint-imports"), "--no-logo"],
    "types": [str(BIN / "mypy"), "."],
    "documentation": [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-n",
        "-W",
        "--keep-going",
        "-b",
        "html",
        "docs",
        "docs/_build/html",
    ],
}


@dataclass
class Report:
    """What was run, how it went and how long it took."""

    lines: list[str] = field(default_factory=list)
    failed: bool = False

    def part(self, name: str, run: Callable[[], bool]) -> None:
        """Run one part under its own heading. The others go on whatever comes of it."""
        print(f"\n── {name} {'─' * max(1, 90 - len(name))}", flush=True)
        began = time.monotonic()
        well = run()
        self.failed |= not well
        self.lines.append(f"{'ok    ' if well else 'FAILED'}  {time.monotonic() - began:6.1f} s  {name}")

    def off(self, name: str, need: Need) -> None:
        """A part that a variable has turned off is said loudly, here and at the end."""
        line = f"OFF              {name}: TURNED OFF by {need.variable}=0"
        print(f"\n!! {line}", flush=True)
        self.lines.append(line)

    def close(self) -> int:
        """The closing summary; the exit code."""
        print(f"\n── summary {'─' * 83}")
        for line in self.lines:
            print("  " + line)
        print("  " + ("Something failed." if self.failed else "All is well."), flush=True)
        return int(self.failed)


def command(words: list[str], **variables: str) -> bool:
    """Run one command with an environment that holds none of the developer's own settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith("THROUGHLINE_TEST_") or not name.startswith(("THROUGHLINE_", "DATABASE_URL"))
    }
    kept.pop("PORT", None)
    with tempfile.TemporaryDirectory(prefix="throughline-var-") as var:
        environment = {**kept, "THROUGHLINE_VAR": var, "PYTHONUNBUFFERED": "1", **variables}
        return subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode == 0


def pytest(*arguments: str, **variables: str) -> bool:
    """Run pytest; that no test was found counts as a failure too."""
    return command(
        [sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", *arguments],
        **variables,
    )


def checks(report: Report) -> None:
    for name, words in CHECKS.items():
        report.part(name, lambda words=words: command(words))  # type: ignore[misc]


def quick(report: Report) -> None:
    """The unit suite on both engines."""
    arguments = ["-n", PROCESSES, "-m", QUICK]
    report.part("unit tests on SQLite", lambda: pytest(*arguments))
    with_postgres(report, "unit tests on PostgreSQL", lambda url: pytest(*arguments, DATABASE_URL=url))


def walks(report: Report) -> None:
    """Every address as every role, on both engines."""
    arguments = ["-n", PROCESSES, "-m", "walk", "tests/trust"]
    report.part("every address as every role on SQLite", lambda: pytest(*arguments))
    with_postgres(
        report, "every address as every role on PostgreSQL", lambda url: pytest(*arguments, DATABASE_URL=url)
    )


def with_postgres(report: Report, name: str, run: Callable[[str], bool]) -> None:
    """Run a part with DATABASE_URL, or with a server of its own."""

    def part() -> bool:
        with database() as (url, trouble):
            if trouble:
                print(trouble, flush=True)
                return False
            return run(url)

    if POSTGRES.turned_off:
        report.off(name, POSTGRES)
    else:
        report.part(name, part)


@contextmanager
def database() -> Iterator[tuple[str, str]]:
    """The address of a PostgreSQL server, or the sentence that says why there is none."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given, ""
        return
    trouble = provide(POSTGRES)
    if trouble:
        yield "", trouble
        return
    with cluster(durable=False) as made:
        yield made.url, ""


def browser(report: Report) -> None:
    """Whole stories in a real browser, against the real server."""
    if BROWSER.turned_off:
        report.off("browser tests", BROWSER)
        return

    def part() -> bool:
        trouble = provide(BROWSER)
        if trouble:
            print(trouble, flush=True)
            return False
        return pytest("-n", "2", "--dist", "loadgroup", "-m", "browser and not long")

    report.part("browser tests", part)


def processes(report: Report, name: str, marks: str) -> None:
    """Jobs that start and kill real servers; those on PostgreSQL bring their own one."""
    trouble = "" if POSTGRES.turned_off else provide(POSTGRES)
    if trouble:
        print(trouble, flush=True)
    if POSTGRES.turned_off:
        report.off(f"{name} on PostgreSQL", POSTGRES)
    report.part(name, lambda: pytest("-m", marks))


def main() -> int:
    """Run what was asked for."""
    asked = sys.argv[1] if len(sys.argv) > 1 else "all"
    report = Report()
    if asked == "long":
        processes(report, "long jobs", "long")
        return report.close()
    checks(report)
    if asked == "check":
        report.part("fences", lambda: pytest("tests/architecture", "-m", QUICK))
        return report.close()
    quick(report)
    walks(report)
    browser(report)
    processes(report, "crash tests", "crash and not long")
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
