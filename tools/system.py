"""Programs of the system that tests need: a PostgreSQL server and Chromium. Where one is missing it is installed from
Debian's packages when that is possible (as root), else the tests fail and say how to get it.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.postgres import server_programs

# The first has no windows at all, which costs less.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> Path | None:
    """The browser's program, or None."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return Path(found) if found else None


@dataclass(frozen=True, slots=True)
class Need:
    """Something of the system that a part of the tests stands on, and the variable that turns that part off."""

    name: str
    find: Callable[[], Path | None]
    package: str
    variable: str

    @property
    def turned_off(self) -> bool:
        return os.environ.get(self.variable, "1").lower() in {"0", "no", "false", "off"}


POSTGRES = Need("a PostgreSQL server", server_programs, "postgresql", "THROUGHLINE_TEST_POSTGRES")
BROWSER = Need("Chromium", chromium, "chromium-headless-shell", "THROUGHLINE_TEST_BROWSER")


def provide(need: Need) -> str:
    """Make sure that it is there; an empty answer, or the sentence that says why not and what to do."""
    if need.find():
        return ""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {need.name} from Debian's packages …", flush=True)
        _apt("update", "-qq")
        _apt("install", "-y", "-qq", "--no-install-recommends", need.package)
        if need.find():
            return ""
    return (
        f"{need.name} is missing. On Debian: apt-get install {need.package}. "
        f"{need.variable}=0 leaves out the tests that need it."
    )


def _apt(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["apt-get", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stdout[-2000:] + done.stderr[-2000:], flush=True)
