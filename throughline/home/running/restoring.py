"""Putting a backup back: everything is checked before anything is touched, and what was there is kept aside.

Database first (on PostgreSQL in one transaction), then the folders of files, each by one rename.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from throughline.activity import pulse
from throughline.activity.versions import NEWER, is_migrated, unknown_here
from throughline.home.running import about_database, about_files, engines
from throughline.home.running.archive import DATABASES, Broken, Manifest, Reader, opened
from throughline.home.running.backing_up import MOMENT, in_words, storage_folders, stored_paths, sync
from throughline.home.running.findings import Finding, fail, some, well
from throughline.home.serving import port_is_free

# What tells that somebody already works here; the shipped frameworks alone do not.
OF_PEOPLE = ("people_person", "schools_organisation")
CHECKS = (
    about_database.migrations, about_database.integrity, about_database.foreign_keys,
    about_database.append_only, about_database.records, about_files.files,
)  # fmt: skip

LOGS = ("-wal", "-shm")  # of SQLite, beside its file
REPLACED, STAGED, BESIDE = "replaced-", ".restoring-", ".{}.restoring"

Say = Callable[[str], None]


def checked(archive: Reader) -> Manifest:
    """Read the whole archive; raises a sentence unless all of it is whole and this program can use it."""
    faults = archive.faults()
    if faults:
        raise Broken(f"It is damaged: {some(faults)}.")
    told = archive.manifest
    if told.engine != connection.vendor:
        raise Broken(
            f"It holds a database of {told.engine_version}, and the settings name {engines.version_of_engine()} "
            "(DATABASE_URL). A backup goes back into the same kind of database."
        )
    unknown = unknown_here(told.migrations)
    if unknown:
        raise Broken(NEWER.format(names=some(unknown)))
    return told


def restore(file: Path, *, overwrite: bool, say: Say) -> Manifest:
    """Put a backup back. Raises `Broken` (nothing was touched) or CommandError with a sentence."""
    with opened(file) as archive:
        told = checked(archive)
        say(f"The backup is whole: {len(told.members)} files, each with the hash that was written down.")
        _refuse_while_running()
        held = holds_something()
        if held and not overwrite:
            raise CommandError(
                "Nothing was changed: there is data here already. `--overwrite` puts the backup in its place and keeps "
                "what was here aside."
            )
        keeping = _aside(say) if held else nullcontext()
        with _staged(archive) as stage, keeping as aside:
            _put_database(stage, aside)
            _put_files(stage, aside)
    return told


def _refuse_while_running() -> None:
    if not port_is_free("127.0.0.1", settings.PORT):
        raise CommandError(
            f"Nothing was changed: a server is running on port {settings.PORT}. Stop the service first."
        )
    if "activity_heartbeat" in connection.introspection.table_names() and _worker_goes_on():
        raise CommandError("Nothing was changed: the worker is running on this data. Stop the service first.")


def _worker_goes_on() -> bool:
    """Whether it says once more that it lives. One that was stopped just now has left a sign of life too."""
    last = pulse.last_beat()
    while pulse.is_alive():
        time.sleep(1)
        if pulse.last_beat() != last:
            return True
    return False


def holds_something() -> bool:
    """Somebody's data is here: a person, an organisation, or an uploaded file."""
    standing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in standing.intersection(OF_PEOPLE):
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                return True
    return any(next(stored_paths(folder), None) for folder in storage_folders().values())


@contextmanager
def _staged(archive: Reader) -> Iterator[Path]:
    """Everything of the archive laid out beside the data, on the same disk."""
    place = Path(tempfile.mkdtemp(prefix=STAGED, dir=settings.VAR))
    try:
        for name in archive.manifest.members:
            archive.take_out(name, place / name)
        yield place
    except OSError as error:
        raise CommandError(f"The restore failed. {in_words(error, place)}") from None
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _aside(say: Say) -> Iterator[Path]:
    """The folder for what was here. However the restore ends, it is said where that lies."""
    place = Path(settings.VAR) / f"{REPLACED}{datetime.now(UTC).strftime(MOMENT)}"
    place.mkdir(mode=0o700)
    try:
        yield place
    except BaseException:
        with suppress(OSError):
            place.rmdir()  # only if nothing has been put there
        if place.exists():
            say(
                f"The restore did not finish. Look for what was here before in {place}; what is not there is still in "
                "its place."
            )
        else:
            say("The restore did not finish. Nothing of what was here has been touched.")
        raise
    say(f"What was here before lies in {place}; delete it when you are sure.")


def _put_database(stage: Path, aside: Path | None) -> None:
    if connection.vendor != "sqlite":
        _put_postgres(stage, aside)
        return
    connection.close()
    target = Path(connection.settings_dict["NAME"])
    with _brought_beside(stage / DATABASES["sqlite"], target) as beside:
        sync(beside)
        for ending in ("", *LOGS):
            old = Path(f"{target}{ending}")
            if aside and old.exists():
                _keep(old, aside / f"{DATABASES['sqlite']}{ending}", stage)
        for ending in LOGS:  # before the rename: SQLite would play an old log into the new file
            Path(f"{target}{ending}").unlink(missing_ok=True)
        beside.replace(target)
    sync(target.parent)


@contextmanager
def _brought_beside(new: Path, target: Path) -> Iterator[Path]:
    """On another disk this is a copy, for which there may be no room: it comes before anything is touched."""
    beside = target.with_name(BESIDE.format(target.name))
    _remove(beside)
    try:
        shutil.move(new, beside)
        yield beside
    finally:
        _remove(beside)


def _keep(old: Path, kept: Path, stage: Path) -> None:
    """Under a second name, or as a copy: the old one stays in its place until the new one takes it."""
    try:
        os.link(old, kept)
    except OSError:  # another disk, or one that knows no second names
        copy = stage / kept.name
        shutil.copy2(old, copy)
        sync(copy)
        copy.rename(kept)


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)


def _put_postgres(stage: Path, aside: Path | None) -> None:
    """In one transaction: all tables go, and those of the backup come. If that fails, nothing has changed."""
    if aside:
        before = stage / "before.pgdump"
        engines.call_postgres("pg_dump", "-Fc", "-f", str(before))
        before.rename(aside / DATABASES["postgresql"])
    script, dump = stage / "restore.sql", stage / DATABASES["postgresql"]
    engines.call_postgres("pg_restore", "--no-owner", "--no-privileges", "-f", str(script), str(dump))
    tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    connection.close()
    clear = [f"DROP TABLE IF EXISTS {', '.join(tables)} CASCADE"] if tables else []
    clear.append("DROP FUNCTION IF EXISTS throughline_append_only()")
    engines.call_postgres(
        "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction",
        *[word for each in clear for word in ("-c", each)], "-f", str(script),
    )  # fmt: skip


def _put_files(stage: Path, aside: Path | None) -> None:
    for name, folder in storage_folders().items():
        (stage / name).mkdir(mode=0o700, exist_ok=True)
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _brought_beside(stage / name, folder) as beside:
            if folder.exists():
                if aside:
                    shutil.move(folder, aside / name)
                else:
                    shutil.rmtree(folder)
            beside.rename(folder)


def left_by_restores() -> list[Path]:
    """What restores have put aside, and what one that was killed left lying: each may hold a whole database."""
    places = [place for kind in (REPLACED, STAGED) for place in Path(settings.VAR).glob(f"{kind}*")]
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        places.append(target.with_name(BESIDE.format(target.name)))
    return sorted(place for place in places if place.exists())


def compared(told: Manifest) -> Finding:
    """Whether every table holds what the manifest counted."""
    found = {name: (each.rows, each.content) for name, each in engines.tallied().items()}
    wrong = sorted(
        name for name in told.tables.keys() | found.keys() if told.tables.get(name) != found.get(name)
    )
    if wrong:
        return fail("tables", f"Not as they were when the backup was made: {some(wrong)}.")
    return well("tables", f"All {told.rows} rows in {len(told.tables)} tables are back.")


def verified(say: Say) -> Iterator[Finding]:
    """Everything that a restored installation promises. Brings an older backup up to date first."""
    if not is_migrated():
        say("The backup is of an older version. Bringing it up to date …")
        call_command("migrate", verbosity=0)
    for check in CHECKS:
        yield from check()


def summary(told: Manifest) -> str:
    """What is back."""
    with connection.cursor() as cursor:
        counted = []
        for table in OF_PEOPLE:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            counted.append(cursor.fetchone()[0])
    moment = datetime.fromisoformat(told.made_at)
    return (
        f"Restored the backup of {moment:%Y-%m-%d %H:%M:%S} UTC from {told.address}: {counted[1]} organizations, "
        f"{counted[0]} people, {len(told.files)} uploaded files, {told.rows} rows. What came after that moment is not in it."
    )
