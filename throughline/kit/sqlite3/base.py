"""Django's engine for SQLite, which does once what Django's does each time: putting the marks of a query's parameters
into SQLite's own form, and making a UUID of the text of a key."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.backends.sqlite3 import base, operations

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


class DatabaseOperations(operations.DatabaseOperations):
    """Remembers keys: a page reads some hundreds of them, mostly the same ones as the page before."""

    def convert_uuidfield_value(self, value: str | None, expression: Any, connection: Any) -> UUID | None:
        return None if value is None else _key(value)


_key = lru_cache(maxsize=4096)(UUID)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that remembers."""

    ops_class = DatabaseOperations

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
