"""Django's engine for SQLite, which puts the marks of a query's parameters into SQLite's own form once and not each time."""

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

LONG = 8_000  # letters: longer ones list keys, and hardly come again


class Cursor(base.SQLiteCursorWrapper):
    """Remembers what it converted: searching a usual query for `%s` takes as long as answering it."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is None and len(query) < LONG:
            return _converted(query)
        return str(super().convert_query(query, param_names=param_names))  # type: ignore[misc]


@lru_cache(maxsize=512)
def _converted(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose cursors remember."""

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
