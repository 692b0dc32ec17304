"""Rows into their table as they come: round the ORM, and never more of them in memory than a batch."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection

from throughline.kit.ids import time_ordered_id
from throughline.rosters.importing.reading.told import Row
from throughline.rosters.models import RosterFile, StagedRow

BATCH = 2_000
_TABLE = StagedRow._meta.db_table
_COLUMNS = ("id", "organisation_id", "roster_id", '"table"', "file", "line", '"key"', "told", "remarks")
_NAMES = ", ".join(_COLUMNS)


def stage(roster: RosterFile, rows: Iterable[Row]) -> int:
    """Write every row of a roster down; how many there were. Part of a transaction of whoever calls."""
    values = _values(roster, rows)
    if connection.vendor == "postgresql":
        return _copied(values)
    count = 0
    marks = ", ".join(["%s"] * len(_COLUMNS))
    with connection.cursor() as cursor:
        while batch := list(islice(values, BATCH)):
            cursor.executemany(f"INSERT INTO {_TABLE} ({_NAMES}) VALUES ({marks})", batch)  # noqa: S608  (our own names)
            count += len(batch)
    return count


def _copied(values: Iterator[tuple[Any, ...]]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {_TABLE} ({_NAMES}) FROM STDIN") as copy:
        for count, row in enumerate(values, start=1):  # noqa: B007
            copy.write_row(row)
    return count


def _values(roster: RosterFile, rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    hexed = connection.vendor != "postgresql"
    here = roster.organisation_id.hex if hexed else roster.organisation_id
    key = roster.pk.hex if hexed else roster.pk
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for row in rows:
        own = time_ordered_id()
        remarks = dumps([each.kept() for each in row.remarks]) if row.remarks else "[]"
        yield (
            own.hex if hexed else own,
            here,
            key,
            str(row.table),
            row.file[:100],
            row.line,
            row.key,
            dumps(row.told).replace("\\u0000", ""),
            remarks.replace("\\u0000", ""),
        )
