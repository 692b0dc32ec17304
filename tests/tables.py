"""The test database: migrated once in a run by the first process that needs it, copied by each."""

import os
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from tests.once import made_once


def copy_tables() -> Callable[[], None]:
    """Point the connection at a copy of the migrated database; the answer removes the copy again."""
    creation, told = connection.creation, connection.settings_dict
    plain = told["NAME"]
    shelf = made_once(f"tables-{connection.vendor}-{told['PORT']}", _migrate)
    _point_at(_source(shelf))
    suffix = str(os.getpid())
    creation.clone_test_db(suffix, verbosity=0)
    _point_at(creation.get_test_db_clone_settings(suffix)["NAME"])

    def remove() -> None:
        creation.destroy_test_db(plain, verbosity=0)

    return remove


def _migrate(shelf: Path) -> None:
    plain = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = _source(shelf)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    _point_at(plain)


def _source(shelf: Path) -> str:
    """A file on SQLite, as in production: threads of a test then share it by the real rules (WAL, one writer)."""
    return str(shelf / "tables.sqlite3") if connection.vendor == "sqlite" else "test_throughline"


def _point_at(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
