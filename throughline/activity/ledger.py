"""Append-only tables, kept so by the database itself on both engines.

Triggers refuse UPDATE and DELETE (and TRUNCATE on PostgreSQL). They are installed again after every migrate,
because SQLite drops them when it remakes a table. The one door is `actions.erasing(...)`, which leaves an event.
"""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import uuid4

from django.db import connections, models

Model = TypeVar("Model", bound=type[models.Model])

APPEND_ONLY: list[type[models.Model]] = []
DOOR_TABLE = "activity_erasuredoor"


def append_only(model: Model) -> Model:
    """Class decorator: rows of this model can be inserted and read, never changed."""
    APPEND_ONLY.append(model)
    return model


def trigger_names(table: str, vendor: str) -> list[str]:
    """The triggers that must stand on an append-only table."""
    acts = ["update", "delete"] + (["truncate"] if vendor == "postgresql" else [])
    return [f"{table}_no_{act}" for act in acts]


def _sqlite_statements(table: str) -> list[str]:
    made = []
    for act in ("update", "delete"):
        name = f"{table}_no_{act}"
        made.append(f'DROP TRIGGER IF EXISTS "{name}"')
        made.append(
            f'CREATE TRIGGER "{name}" BEFORE {act.upper()} ON "{table}" '
            f'WHEN NOT EXISTS (SELECT 1 FROM "{DOOR_TABLE}") '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    return made


_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION throughline_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM "{DOOR_TABLE}") THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _postgres_statements(table: str) -> list[str]:
    made = []
    for act in ("update", "delete", "truncate"):
        name = f"{table}_no_{act}"
        each = "STATEMENT" if act == "truncate" else "ROW"
        made.append(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
        made.append(
            f'CREATE TRIGGER "{name}" BEFORE {act.upper()} ON "{table}" '
            f"FOR EACH {each} EXECUTE FUNCTION throughline_append_only()"
        )
    return made


def install_triggers(using: str = "default") -> None:
    """Put the triggers of every append-only table in place; safe to repeat."""
    connection = connections[using]
    standing = set(connection.introspection.table_names())
    if DOOR_TABLE not in standing:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for model in APPEND_ONLY:
            table = model._meta.db_table
            if table not in standing:
                continue
            make = _postgres_statements if connection.vendor == "postgresql" else _sqlite_statements
            for statement in make(table):
                cursor.execute(statement)


def missing_triggers(using: str = "default") -> list[str]:
    """Triggers of append-only tables that do not stand, or do not say what they should."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            standing = dict(cursor.fetchall())
        else:
            cursor.execute(_POSTGRES_STANDING)
            standing = dict.fromkeys(name for (name,) in cursor.fetchall())
    wanted: dict[str, str | None] = {}
    for model in APPEND_ONLY:
        table = model._meta.db_table
        names = trigger_names(table, connection.vendor)
        wanted |= dict.fromkeys(names)
        if connection.vendor == "sqlite":
            wanted |= zip(names, _sqlite_statements(table)[1::2], strict=True)
    return [name for name, text in wanted.items() if standing.get(name, "") != text]


_POSTGRES_STANDING = """
SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND p.proname = 'throughline_append_only'
"""


def install_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """`post_migrate` receiver: once, after the last app."""
    if getattr(sender, "label", "") == "activity":
        install_triggers(using)


def through_door(statements: Iterable[str]) -> list[str]:
    """The same SQL with the door opened before and shut after; for emptying tables between tests, in one transaction."""
    opened = (
        f"INSERT INTO {DOOR_TABLE} (id, reason, shut_id) VALUES ('{uuid4().hex}', 'reset', '{uuid4().hex}')"
    )
    return [opened, *statements, f"DELETE FROM {DOOR_TABLE}"]
