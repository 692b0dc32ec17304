"""One backup while the service runs: first the database at one moment, then the files that it may name.

A file that goes away between those two moments (the sweep deletes what nothing cites) makes it begin again.
"""

import errno
import json
import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import CommandError
from django.db import Error, connection

from throughline.home.running import engines
from throughline.home.running.archive import FOLDERS, Manifest, Writer

NAME = "throughline-{}.tar"
MOMENT = "%Y%m%d-%H%M%S"
OURS = re.compile(r"^throughline-\d{8}-\d{6}\.tar$")
UNFINISHED = ".unfinished-"
LEFT_BEHIND_AFTER = 24 * 3600
TRIES = 5


class _Moved(Exception):
    """A file went away or changed while the backup was made."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was made."""

    file: Path
    manifest: Manifest
    unremembered: str = ""  # why the doctor will not know of it


def storage_folders() -> dict[str, Path]:
    """Where uploaded files and waiting framework files lie, by their names in the archive."""
    return {
        name: Path(storages["default" if name == "files" else name].path("")).resolve() for name in FOLDERS
    }


def stored_paths(folder: Path) -> Iterator[str]:
    """Every file below, as its path in the storage."""
    for place in sorted(folder.rglob("*")) if folder.exists() else []:
        if place.is_file() and not place.is_symlink():
            yield place.relative_to(folder).as_posix()


def back_up(to: Path) -> Backup:
    """Make a backup in this folder: the whole file under its name, or nothing. Raises CommandError with a sentence."""
    try:
        file, moment, manifest = _made(to)
    except engines.Unreadable as error:
        raise CommandError(f"No backup was made. {error}") from None
    except (Error, sqlite3.Error) as error:
        raise CommandError(f"No backup was made. The database says: {error}") from None
    except OSError as error:
        raise CommandError(f"No backup was made. {in_words(error, to)}") from None
    return Backup(file, manifest, _remember(file, moment))


def _made(to: Path) -> tuple[Path, datetime, Manifest]:
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear_what_was_left(to)
    _need_room(to)
    moment = datetime.now(UTC)
    file = to / NAME.format(moment.strftime(MOMENT))
    for attempt in range(TRIES):
        place = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=to))
        try:
            manifest = _write(place, place / file.name, moment)
            if file.exists():
                raise CommandError(f"{file} is there already. Try again in a second.")
            (place / file.name).replace(file)
            sync(to)
        except _Moved:
            if attempt + 1 == TRIES:
                raise CommandError("Files kept changing while they were copied. Try again later.") from None
            continue
        finally:
            shutil.rmtree(place, ignore_errors=True)
        return file, moment, manifest
    raise AssertionError("unreachable")


def in_words(error: OSError, place: Path) -> str:
    """What went wrong and where; not every OSError comes from the system and has both."""
    return f"{error.strerror or error}: {error.filename or place}"


def _write(place: Path, archive: Path, moment: datetime) -> Manifest:
    folders = storage_folders()
    before = {name: set(stored_paths(folder)) for name, folder in folders.items()}
    copy = engines.copy_into(place)
    with os.fdopen(os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        writer = Writer(out)
        writer.add(copy.file.name, copy.file)
        copy.file.unlink()
        for name, folder in folders.items():
            for path in sorted(before[name] | set(stored_paths(folder))):
                try:
                    writer.add(f"{name}/{path}", folder / path)
                except OSError as error:
                    if isinstance(error, FileNotFoundError) or not (folder / path).exists():
                        raise _Moved from None
                    if error.errno is None:  # tarfile's own: there is less in it than its size says
                        raise OSError(errno.EIO, str(error), str(folder / path)) from None
                    raise
        kept = {path.removeprefix("files/"): each.sha256 for path, each in writer.members.items()}
        manifest = Manifest(
            made_at=moment.isoformat(timespec="seconds"),
            engine=connection.vendor,
            engine_version=engines.version_of_engine(),
            address=settings.SITE_ADDRESS,
            migrations=copy.migrations,
            tables={name: (tally.rows, tally.content) for name, tally in copy.tables.items()},
            missing=sorted(path for path, sha256 in copy.stored.items() if kept.get(path) != sha256),
        )
        writer.close(manifest)
        out.flush()
        os.fsync(out.fileno())
    return manifest


def sync(place: Path) -> None:
    """What stands in this file, or which names stand in this folder, outlasts a loss of power."""
    held = os.open(place, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _clear_what_was_left(folder: Path) -> None:
    """What a backup that was killed left behind."""
    for place in folder.glob(f"{UNFINISHED}*"):
        if time.time() - place.stat().st_mtime > LEFT_BEHIND_AFTER:
            shutil.rmtree(place, ignore_errors=True)


def room_needed() -> int:
    """Bytes that a backup needs while it is made: the database twice (where it is a file), the files once."""
    size = 0
    if connection.vendor == "sqlite":
        for ending in ("", "-wal"):  # what was written last may lie in the log alone
            with suppress(FileNotFoundError):
                size += 2 * Path(f"{connection.settings_dict['NAME']}{ending}").stat().st_size
    for folder in storage_folders().values():
        for path in stored_paths(folder):
            with suppress(FileNotFoundError):
                size += (folder / path).stat().st_size
    return size * 11 // 10


def _need_room(folder: Path) -> None:
    needed, free = room_needed(), shutil.disk_usage(folder).free
    if free < needed:
        raise CommandError(
            f"No backup was made: it needs about {needed / 1e6:.0f} MB in {folder}, where {free / 1e6:.0f} MB are free."
        )


def thin_out(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest backups of this folder; answers which. Nothing but our own files is touched."""
    ours = sorted((file for file in folder.iterdir() if OURS.match(file.name)), key=lambda file: file.name)
    gone = ours[: max(0, len(ours) - keep)]
    for file in gone:
        file.unlink()
    return gone


# When the last backup was made, for the doctor.


def _remembered() -> Path:
    return Path(settings.VAR) / "prepared" / "last-backup.json"


def _remember(file: Path, moment: datetime) -> str:
    """The backup is made whether or not this can be written down; answers what kept it from that."""
    place = _remembered()
    new = place.with_suffix(".new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps({"at": moment.isoformat(), "file": str(file.resolve())}))
        new.replace(place)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        return in_words(error, place)
    return ""


def last_backup() -> tuple[datetime, str] | None:
    """When the last one was made from this data folder, and where it was put."""
    try:
        told = json.loads(_remembered().read_text())
        return datetime.fromisoformat(told["at"]), told["file"]
    except (OSError, ValueError, KeyError):
        return None
