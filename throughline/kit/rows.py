"""Rows that are written without an object for each and without working out the SQL each time (`prepared` for writes).

For the few writes that thousands of people wait for on one morning; anything else goes through the ORM. No signal is
sent and no default is filled in: every column is named. Each row knows its own key.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model


def put(model: type[Model], *rows: Mapping[str, Any], unless_there: bool = False) -> int:
    """Write rows that all name every column (`attname` → value); how many were written. One query.

    `unless_there`: a row that breaks a unique rule is left out. PostgreSQL writes nothing of it into its log then.
    """
    columns = _columns(model)
    statement = _insert(model, connection.vendor, len(rows), unless_there)
    return _execute(statement, [_sent(columns[name], row[name]) for row in rows for name in columns])


def change(model: type[Model], key: Any, values: Mapping[str, Any]) -> int:
    """Change these columns of the row with this key; how many rows that were. One query."""
    columns = _columns(model)
    sent = [_sent(columns[name], value) for name, value in values.items()]
    pk: Any = model._meta.pk
    return _execute(_update(model, connection.vendor, tuple(values)), [*sent, _sent(pk, key)])


@lru_cache(maxsize=64)
def _columns(model: type[Model]) -> dict[str, "Field[Any, Any]"]:
    return {each.attname: each for each in model._meta.concrete_fields}


@lru_cache(maxsize=256)
def _insert(model: type[Model], _vendor: str, rows: int, unless_there: bool) -> str:
    quote = connection.ops.quote_name
    columns = [quote(each.column) for each in _columns(model).values()]
    marks = f"({', '.join(['%s'] * len(columns))})"
    table = quote(model._meta.db_table)
    ending = " ON CONFLICT DO NOTHING" if unless_there else ""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * rows)}{ending}"  # noqa: S608


@lru_cache(maxsize=64)
def _update(model: type[Model], _vendor: str, names: tuple[str, ...]) -> str:
    quote, columns = connection.ops.quote_name, _columns(model)
    pk: Any = model._meta.pk
    changes = ", ".join(f"{quote(columns[name].column)} = %s" for name in names)
    return f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {quote(pk.column)} = %s"  # noqa: S608


def _sent(field: "Field[Any, Any]", value: Any) -> Any:
    """The value as the driver of this database is given it."""
    wrapped: BaseDatabaseWrapper = connection
    return field.get_db_prep_save(value, wrapped)


def _execute(statement: str, params: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)
