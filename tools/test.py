"""Runs the checks and the whole suite, two parts at a time, and says at the end how each went.

python -m tools.test          everything that must hold before a change is kept
python -m tools.test check    linters, types and fences only
python -m tools.test long     the slow jobs: crash and load

What is run on which engine, and why, stands in docs/decisions/0032-what-is-tested-where.md.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tools import budgets
from tools.parts import Part, run_all
from tools.postgres import cluster
from tools.system import BROWSER, POSTGRES, provide

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Two parts run at a time: while the processes of one wait for a server or a browser, those of the other compute.
PROCESSES = str(max(2, min(4, (os.cpu_count() or 2) // 2)))
IN_PROCESS = "not browser and not crash and not long"

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


@dataclass(frozen=True)
class Suite:
    """Runs pytest for one part after the other; what is dear to make is made once for all of them (`tests/once.py`)."""

    place: Path

    def part(self, name: str, *arguments: str) -> Part:
        """On SQLite, and with whatever servers the tests start themselves."""
        return Part(name, lambda out: self._pytest(name, out, arguments))

    def on_postgres(self, name: str, *arguments: str) -> Part:
        """With DATABASE_URL, or with a server of its own."""

        def run(out: IO[str]) -> bool:
            with database() as (url, trouble):
                if trouble:
                    print(trouble, file=out, flush=True)
                return bool(url) and self._pytest(name, out, arguments, DATABASE_URL=url)

        return Part(name, run, POSTGRES)

    def in_a_browser(self, name: str, *arguments: str) -> Part:
        """With Chromium, which is installed where it is missing."""

        def run(out: IO[str]) -> bool:
            trouble = provide(BROWSER)
            if trouble:
                print(trouble, file=out, flush=True)
            return not trouble and self._pytest(name, out, arguments)

        return Part(name, run, BROWSER)

    def _pytest(self, name: str, out: IO[str], arguments: tuple[str, ...], **variables: str) -> bool:
        """That no test was found counts as a failure too."""
        told = ["-q", "--tb=short", "-p", "no:cacheprovider", f"--junit-xml={self.place / name}.xml"]
        words = [sys.executable, "-m", "pytest", *told, *arguments]
        return command(words, out, THROUGHLINE_TEST_ONCE=str(self.place), **variables)


def command(words: list[str], out: IO[str], **variables: str) -> bool:
    """Run one command with an environment that holds none of the developer's own settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith("THROUGHLINE_TEST_") or not name.startswith(("THROUGHLINE_", "DATABASE_URL"))
    }
    kept.pop("PORT", None)
    # Tests are rewritten for pytest once and kept: else each of its processes does that anew, for 16 seconds of CPU.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="throughline-var-") as var:
        environment = {**kept, "THROUGHLINE_VAR": var, "PYTHONUNBUFFERED": "1", **variables}
        done = subprocess.run(
            words, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT, check=False
        )
        return done.returncode == 0


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


def checks() -> list[Part]:
    return [Part(name, lambda out, words=words: command(words, out)) for name, words in CHECKS.items()]  # type: ignore[misc]


def everything(suite: Suite) -> list[Part]:
    """What waits most comes first, so that what computes can run beside it."""
    side_by_side = ["-n", PROCESSES]
    in_groups = [*side_by_side, "--dist", "loadgroup"]
    unless_once = f"{IN_PROCESS} and database and not one_engine"
    return [
        *checks(),
        suite.on_postgres("tests on PostgreSQL", *side_by_side, "-m", unless_once, "tests", "throughline"),
        suite.part("servers that are killed", *in_groups, "-m", "crash and not long", "tests/crash", "tests/running"),
        suite.part("tests on SQLite", *side_by_side, "-m", IN_PROCESS, "tests", "throughline"),
        suite.in_a_browser("tests in a browser", *in_groups, "-m", "browser and not long", "tests/journeys", "tests/browser"),
    ]  # fmt: skip


def servers_off() -> list[Part]:
    """Tests that bring a PostgreSQL server themselves are skipped when it is turned off; that is said like of a part."""
    off = Part("servers on PostgreSQL that are killed", lambda out: False, POSTGRES)
    return [off] if off.is_off() else []


def main() -> int:
    """Run what was asked for."""
    asked = sys.argv[1] if len(sys.argv) > 1 else "all"
    place = Path(tempfile.mkdtemp(prefix="throughline-suite-"))
    try:
        suite = Suite(place)
        if asked == "check":
            return run_all([*checks(), suite.part("fences", "tests/architecture", "-m", IN_PROCESS)])
        for need in (
            POSTGRES,
            BROWSER,
        ):  # one after the other: packages are installed by one process at a time
            if not need.turned_off and (trouble := provide(need)):
                print(trouble, flush=True)
        if asked == "long":
            return run_all([*servers_off(), suite.part("long jobs", "-m", "long")])
        return run_all([*everything(suite), *servers_off()], closing=budgets.part(place))
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
