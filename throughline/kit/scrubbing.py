"""Nothing that was deleted is left in the database's files: what SQL calls deleted still lies there as bytes.

On SQLite the file is written anew and its log emptied (`VACUUM`, then a checkpoint that truncates). On PostgreSQL the
tables are written anew (`VACUUM FULL`). Neither can run in a transaction, and both need a moment in which nobody reads an
older state: where there is none, nothing is lost and `scrub` says that it has to be called again.

On PostgreSQL a write that is still going on anywhere on the server, in another database too, keeps rows that were deleted
after it began: `VACUUM FULL` is itself a transaction that could see them. So those are waited for first.
"""

import re
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection

# Others wait meanwhile, so a moment that does not come soon is left for the next time.
PATIENCE = 3
IN_MEMORY_BELOW = 256 * 1024 * 1024


def scrub(tables: Iterable[str]) -> bool:
    """Write these tables anew (on SQLite the whole file); whether nothing that was deleted is left. Safe to repeat."""
    if connection.in_atomic_block:
        raise RuntimeError("A database cannot be scrubbed inside a transaction.")
    return _sqlite() if connection.vendor == "sqlite" else _postgresql(tables)


def size(tables: Iterable[str]) -> int:
    """How many bytes `scrub` would write anew."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        return path.stat().st_size if path.exists() else 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(each::regclass)) FROM unnest(%s::text[]) each", [[*tables]]
        )
        return int(cursor.fetchone()[0] or 0)


def _sqlite() -> bool:
    """Over a connection of its own, which asks for what Django's need not: to wait less, and to overwrite."""
    path = Path(connection.settings_dict["NAME"])
    if not path.exists():
        return True
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as raw:
        raw.execute("PRAGMA secure_delete=ON")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute(f"PRAGMA temp_store={'MEMORY' if path.stat().st_size < IN_MEMORY_BELOW else 'FILE'}")
        try:
            raw.execute("VACUUM")
            busy, _pages, _moved = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                return False
            raise
    return not busy


def _postgresql(tables: Iterable[str]) -> bool:
    """Rows that an older transaction could still see stay, and the server says how many: then it is not done."""
    left: list[int] = []

    def hear(told: Any) -> None:
        # "DETAIL: 0 dead row versions cannot be removed yet.", in whichever language the server speaks
        number = re.search(r"\d+", told.message_detail or "")
        if number:
            left.append(int(number.group()))

    connection.ensure_connection()
    if not _older_writes_ended():
        return False
    raw: Any = connection.connection
    raw.add_notice_handler(hear)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
            try:
                for done, table in enumerate(tables):
                    cursor.execute(f"VACUUM (FULL, VERBOSE) {connection.ops.quote_name(table)}")
                    if len(left) <= done:  # skipped without a word of rows: this user may not
                        return False
            except OperationalError:  # a lock that did not come in time
                return False
            finally:
                cursor.execute("RESET lock_timeout")
    finally:
        raw.remove_notice_handler(hear)
    return not any(left)


def _older_writes_ended() -> bool:
    """Wait until every transaction that has written by now, on the whole server, has ended; False where one goes on."""
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
        now = cursor.fetchone()[0]
        while True:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::xid8", [now])
            if cursor.fetchone()[0]:
                return True
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
