"""The two databases as wholes: how each is copied while people write, counted, and put back."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from throughline.kit import unkept

# Every row as text, hashed, and the hashes added up: the same sum in whatever order the rows lie.
_CONTENT = "SELECT count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint), 0)::text FROM {} AS t"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


@dataclass(frozen=True, slots=True)
class Tally:
    """How much is in a table: its rows, and on PostgreSQL a sum over their content (an SQLite file is hashed whole)."""

    rows: int
    content: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the database at one moment, and what was in it."""

    file: Path
    tables: dict[str, Tally]
    migrations: list[str]
    stored: dict[str, str]  # path of an uploaded file → its SHA-256


class Unreadable(Exception):
    """The database, or a copy of it, is not whole; the sentence says how."""


def version_of_engine() -> str:
    """Its name and version, for people."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    major, minor = divmod(server_version(), 10_000)
    return f"PostgreSQL {major}.{minor}"


_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
_STORED = "SELECT path, sha256 FROM files_storedfile"


def copy_into(folder: Path) -> Copy:
    """Copy the database into this folder while the service runs."""
    if connection.vendor == "sqlite":
        return _copied_sqlite(folder / "database.sqlite3")
    with transaction.atomic(), connection.cursor() as cursor:
        return _dumped(folder / "database.pgdump", cursor)


def _copied_sqlite(file: Path) -> Copy:
    connection.ensure_connection()
    with closing(sqlite3.connect(file, isolation_level=None, uri=True)) as copy:
        _fill(copy, Path(connection.settings_dict["NAME"]).absolute().as_uri())
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        said = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        if said != ["ok"]:
            raise Unreadable(f"SQLite finds faults in the database: {'; '.join(said[:3])}")
        migrations = [f"{app}.{name}" for app, name in copy.execute(_MIGRATIONS)]
        return Copy(file, tallied_sqlite(copy), migrations, dict(copy.execute(_STORED)))


# What SQLite makes by itself, of which it lets nobody write the definition.
_OF_SQLITE = ("sqlite_sequence", "sqlite_stat1")


def _fill(copy: sqlite3.Connection, live: str) -> None:
    """Copy the running database at one moment, table by table. What no backup holds is never read, so that it lies in no
    file beside the backup either, not for a moment and not when this is killed."""
    copy.execute("PRAGMA synchronous=OFF")  # who makes the archive syncs that
    copy.execute("PRAGMA journal_mode=OFF")
    copy.execute("PRAGMA ignore_check_constraints=ON")
    copy.execute("ATTACH ? AS live", [f"{live}?mode=ro"])
    for name in ("page_size", "user_version", "application_id"):
        ((value,),) = copy.execute(f"PRAGMA live.{name}")
        copy.execute(f"PRAGMA main.{name}={value}")
    copy.execute("BEGIN")
    made = copy.execute("SELECT type, name, sql FROM live.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
    schema = [row for row in made.fetchall() if not row[1].startswith("sqlite_")]
    tables = [(name, sql) for kind, name, sql in schema if kind == "table"]
    for name, sql in tables:
        copy.execute(sql)
        if name not in unkept.tables:
            copy.execute(f'INSERT INTO main."{name}" SELECT * FROM live."{name}"')  # noqa: S608
    for kind, _name, sql in schema:
        if kind != "table":
            copy.execute(sql)
    _copy_what_sqlite_keeps(copy)
    copy.execute("COMMIT")


def _copy_what_sqlite_keeps(copy: sqlite3.Connection) -> None:
    """The last number of each table that counts up, and what the planner knows."""
    there = {name for (name,) in copy.execute("SELECT name FROM live.sqlite_schema")}
    if "sqlite_stat1" in there:
        copy.execute("ANALYZE main.sqlite_schema")  # makes the table
    for table, column in zip(_OF_SQLITE, ("name", "tbl"), strict=True):
        if table not in there:
            continue
        copy.execute(f"DELETE FROM main.{table}")  # noqa: S608
        rows = copy.execute(f"SELECT * FROM live.{table}").fetchall()  # noqa: S608
        names = [each[0] for each in copy.execute(f"SELECT * FROM live.{table}").description]  # noqa: S608
        at = names.index(column)
        marks = ", ".join("?" * len(names))
        kept = [row for row in rows if row[at] not in unkept.tables]
        copy.executemany(f"INSERT INTO main.{table} VALUES ({marks})", kept)  # noqa: S608


def tallied_sqlite(copy: sqlite3.Connection) -> dict[str, Tally]:
    """How many rows each table of this SQLite file has."""
    names = [name for (name,) in copy.execute(_TABLES)]
    return {name: Tally(copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}  # noqa: S608


def _dumped(file: Path, cursor: CursorWrapper) -> Copy:
    """What is dumped and what is counted are one moment: a snapshot that `pg_dump` shares with this transaction."""
    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    cursor.execute("SELECT pg_export_snapshot()")
    (snapshot,) = cursor.fetchone()
    left_out = [f"--exclude-table-data={name}" for name in unkept.tables]
    call_postgres(
        "pg_dump",
        "-Fc",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
        *left_out,
        "-f",
        str(file),
    )
    cursor.execute(_MIGRATIONS)
    migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
    cursor.execute(_STORED)
    stored = dict(cursor.fetchall())
    tables = _tallied_postgres(cursor)
    return Copy(
        file,
        {name: Tally(0, "0") if name in unkept.tables else each for name, each in tables.items()},
        migrations,
        stored,
    )


def _tallied_postgres(cursor: CursorWrapper) -> dict[str, Tally]:
    tallies = {}
    for name in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(_CONTENT.format(connection.ops.quote_name(name)))
        rows, content = cursor.fetchone()
        tallies[name] = Tally(rows, content)
    return tallies


def tallied() -> dict[str, Tally]:
    """What is in the tables of the live database."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return tallied_sqlite(connection.connection)
    with transaction.atomic(), connection.cursor() as cursor:
        return _tallied_postgres(cursor)


# The programs of PostgreSQL.


def server_version() -> int:
    """150004 for PostgreSQL 15.4."""
    connection.ensure_connection()
    version: int = connection.pg_version  # type: ignore[attr-defined]
    return version


def postgres_program(name: str) -> str:
    """`pg_dump` and its sisters, of the server's own version or newer. Raises a sentence that says what to install."""
    wanted = server_version() // 10_000
    own = Path(f"/usr/lib/postgresql/{wanted}/bin/{name}")
    found = str(own) if own.exists() else shutil.which(name)
    how = f"On Debian: apt-get install postgresql-client-{wanted}"
    if not found:
        raise CommandError(f"The program {name} is missing; the server is PostgreSQL {wanted}. {how}")
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    number = re.search(r"\) (\d+)", told)
    if not number or int(number[1]) < wanted:
        raise CommandError(
            f"{found} is of version {number[1] if number else '?'}, which cannot work with a server of "
            f"PostgreSQL {wanted}. {how}"
        )
    return found


def call_postgres(name: str, *arguments: str) -> str:
    """Run one of them on the database of the settings; the password goes by the environment, which others cannot read."""
    done = subprocess.run(  # noqa: S603
        [postgres_program(name), *arguments],
        env={**os.environ, **_address()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{name} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def _address() -> dict[str, str]:
    told: Mapping[str, Any] = connection.settings_dict
    names = {
        "HOST": "PGHOST",
        "PORT": "PGPORT",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "NAME": "PGDATABASE",
    }
    given = {variable: str(told[name]) for name, variable in names.items() if told[name]}
    options = told.get("OPTIONS", {})
    secure = {
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
        "sslcert": "PGSSLCERT",
        "sslkey": "PGSSLKEY",
    }
    return given | {variable: str(options[name]) for name, variable in secure.items() if name in options}
