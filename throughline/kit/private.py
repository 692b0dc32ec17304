"""What the product keeps is for its own user alone, whatever umask the machine is set to.

The settings call this before anything is made, so every process does: server, worker and each command.
"""

import os
import pwd
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600


def make_private(folder: Path) -> None:
    """Make the folder, shut it for others, and have whatever this process makes from now on shut too."""
    os.umask(0o077)
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    close(folder)


def close(place: Path) -> None:
    """Take away what group and others may do. A place of somebody else stays as it is; `doctor` tells of it."""
    mode = place.lstat().st_mode & 0o7777
    if mode & 0o077 and not place.is_symlink():
        with suppress(PermissionError):
            place.chmod(mode & 0o700)


def close_all(folder: Path) -> None:
    """The same for everything below, as an older version may have made it."""
    for place in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):  # SQLite takes its -wal and -shm away when the last process ends
            close(place)


def open_to_others(folder: Path) -> list[Path]:
    """What others could read: the folder itself, or something in it while the folder does not shut them out."""
    places = [folder, *folder.rglob("*")] if folder.stat().st_mode & 0o077 else []
    return [place for place in places if not place.is_symlink() and place.lstat().st_mode & 0o077]


def somebody_elses(folder: Path) -> str:
    """For root: the name of the user whom the folder belongs to. What root made in it, that user could not read."""
    owner = folder.stat().st_uid
    if os.geteuid() != 0 or owner == 0:
        return ""
    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return f"number {owner}"
