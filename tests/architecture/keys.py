"""Foreign keys as they really stand in the database."""

from dataclasses import dataclass
from itertools import groupby

from django.db.backends.base.base import BaseDatabaseWrapper

_POSTGRES = """
SELECT array(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY AS k(n, i)
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY k.i),
       c.confrelid::regclass::text,
       array(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY AS k(n, i)
             JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n ORDER BY k.i)
FROM pg_constraint c WHERE c.contype = 'f' AND c.convalidated AND c.conrelid = %s::regclass
"""


@dataclass(frozen=True)
class ForeignKeyFound:
    """`columns` of a table must be `targets` of a row in `table`."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


def foreign_keys_of(connection: BaseDatabaseWrapper, table: str) -> list[ForeignKeyFound]:
    """What the database itself says of a table's foreign keys."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES, [table])
            return [ForeignKeyFound(tuple(c), name.strip('"'), tuple(t)) for c, name, t in cursor.fetchall()]
        cursor.execute(f"PRAGMA foreign_key_list({connection.ops.quote_name(table)})")
        rows = sorted(cursor.fetchall())
    found = []
    for _number, parts in groupby(rows, key=lambda row: row[0]):
        columns = list(parts)
        found.append(
            ForeignKeyFound(
                tuple(row[3] for row in columns), columns[0][2], tuple(row[4] or "id" for row in columns)
            )
        )
    return found
