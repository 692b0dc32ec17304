"""What is dear to make and alike for every test is made once in a run, by whichever process needs it first."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

FOLDER = "THROUGHLINE_TEST_ONCE"


def open_shelf() -> Path | None:
    """A folder for all processes of this run, if there is none yet; whoever opened it removes it."""
    if FOLDER in os.environ:
        return None
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="throughline-once-")
    return Path(os.environ[FOLDER])


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` filled. Nobody changes what is in it: copy it first."""
    shelf = Path(os.environ[FOLDER])
    place = shelf / name
    with (shelf / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            unfinished = shelf / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir(mode=0o700)
            make(unfinished)
            unfinished.rename(place)
    return place
