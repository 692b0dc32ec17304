"""What somebody has who got hold of the database, and what they try with it: every join, every order, every byte."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import connection

ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
# What more rows than this have in common (the organization, a framework) says nothing about one of them.
COMMON = 120
# Where a row lies and which transaction wrote it: columns that no table names.
HIDDEN = {"sqlite": "rowid AS _place", "postgresql": "ctid AS _place, xmin AS _xmin, xmax AS _xmax"}

Row = dict[str, str]
Place = tuple[str, int]


@dataclass
class Loot:
    """Every row of every table as text, with its hidden columns, and the bytes of the files (as far as they can be read)."""

    tables: Mapping[str, Sequence[Row]]
    raw: bytes
    where: dict[str, list[tuple[Place, str]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for table, rows in self.tables.items():
            for number, row in enumerate(rows):
                for column, cell in row.items():
                    for token in tokens(column, cell):
                        self.where[token].append(((table, number), column))

    def row(self, place: Place) -> Row:
        """A row by where it was found."""
        return self.tables[place[0]][place[1]]

    def holding(self, text: str) -> Iterator[tuple[Place, str]]:
        """Every cell in which a text stands."""
        for table, rows in self.tables.items():
            for number, row in enumerate(rows):
                for column, cell in row.items():
                    if text in cell:
                        yield (table, number), column


def tokens(column: str, cell: str) -> set[str]:
    """What a cell can be joined by: the ids in it, or the transaction that wrote the row."""
    if column in ("_xmin", "_xmax"):
        return {f"transaction {cell}"} if cell != "0" else set()
    return {found.replace("-", "") for found in ID.findall(cell)}


def take_all() -> Loot:
    """The database as it lies there: its tables by introspection, and its files."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
            tables = _read(raw.cursor(), "SELECT name FROM sqlite_master WHERE type = 'table'")
        files = [path, path.with_name(path.name + "-wal")]
        return Loot(tables, b"".join(each.read_bytes() for each in files if each.exists()))
    with connection.cursor() as cursor:
        tables = _read(
            cursor, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        return Loot(tables, _relation_files(cursor))


def _read(cursor: Any, names: str) -> dict[str, list[Row]]:
    found = {}
    cursor.execute(names)
    for (table,) in cursor.fetchall():
        cursor.execute(f'SELECT {HIDDEN[connection.vendor]}, * FROM "{table}"')
        columns = [each[0] for each in cursor.description]
        found[table] = [
            {column: str(cell) for column, cell in zip(columns, row, strict=True) if cell is not None}
            for row in cursor.fetchall()
        ]
    return found


def files_but_of(table: str) -> bytes:
    """Every file of PostgreSQL but those of one table and its indexes, and what the planner remembers of the others.

    What it remembers of all tables lies in files together (pg_toast_2619): those are left out, and asked for as a view.
    """
    with connection.cursor() as cursor:
        return _relation_files(cursor, table)


def _relation_files(cursor: Any, but: str = "") -> bytes:
    """Every table and index of PostgreSQL as its file, written out first; and what the planner remembers of them."""
    cursor.execute("CHECKPOINT")
    cursor.execute(
        "SELECT pg_relation_filepath(c.oid) FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid "
        "WHERE relkind IN ('r', 't', 'i') AND relfilenode <> 0 AND pg_relation_size(c.oid) > 0 "
        "AND relnamespace <> 'pg_catalog'::regnamespace "
        "AND (%s = '' OR coalesce(i.indrelid, c.oid) NOT IN (to_regclass(%s), to_regclass('pg_toast.pg_toast_2619')))",
        [but, but],
    )
    found = []
    for (path,) in cursor.fetchall():
        cursor.execute("SELECT pg_read_binary_file(%s)", [path])
        found.append(bytes(cursor.fetchone()[0]))
    cursor.execute(
        "SELECT array_agg(s::text)::text FROM pg_stats s WHERE schemaname = 'public' AND tablename <> %s",
        [but],
    )
    return b"".join([*found, (cursor.fetchone()[0] or "").encode()])


@dataclass(frozen=True, slots=True)
class Suspect:
    """Somebody who rated, by everything that is theirs alone."""

    name: str
    known_by: frozenset[str]


def best_join(loot: Loot, said: Mapping[str, str], suspects: Sequence[Suspect], hops: int = 2) -> float:
    """How much of what was said the best chain of joins gives to the right person. `said`: words → who really said it.

    A chain (this column, that table's column, and so on) guesses where it leads from the words to one suspect alone.
    """
    right: dict[tuple[str, ...], int] = defaultdict(int)
    for words, who in said.items():
        guesses: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for place, column in loot.holding(words):
            _walk(loot, place, (place[0], column), suspects, hops, guesses)
        for chain_, names in guesses.items():
            right[chain_] += names == {who}
    return max(right.values(), default=0) / len(said)


def _walk(
    loot: Loot,
    place: Place,
    came: tuple[str, ...],
    suspects: Sequence[Suspect],
    hops: int,
    guesses: dict[tuple[str, ...], set[str]],
) -> None:
    row = loot.row(place)
    for column, cell in row.items():
        here = tokens(column, cell)
        guesses[*came, column] |= {each.name for each in suspects if each.known_by & here}
        if not hops:
            continue
        for token in here:
            others = loot.where[token]
            if len(others) > COMMON:
                continue
            for other, into in others:
                if other != place:
                    _walk(loot, other, (*came, column, other[0], into), suspects, hops - 1, guesses)


def best_order(loot: Loot, said: Iterable[Mapping[str, str]], orders: Sequence[Sequence[str]]) -> float:
    """How much is given to the right person by laying two orders on each other.

    `said`: for each competency, words → who said them. The words are put in order by every column of their rows, and
    by where they stand within a cell; people by every order that the attacker knows.
    """
    right: dict[tuple[str, int], int] = defaultdict(int)
    total = 0
    for group in said:
        total += len(group)
        for key, words in _orders_of(loot, group).items():
            for number, people in enumerate(chain(orders, [list(reversed(each)) for each in orders])):
                taking_part = [each for each in people if each in group.values()]
                right[key, number] += sum(
                    group[each] == person for each, person in zip(words, taking_part, strict=False)
                )
    return max(right.values(), default=0) / max(1, total)


def _orders_of(loot: Loot, group: Mapping[str, str]) -> dict[str, list[str]]:
    keys: dict[str, dict[str, Any]] = defaultdict(dict)
    for words in group:
        for place, column in loot.holding(words):
            row = loot.row(place)
            keys[f"{place[0]}.{column}: within"][words] = row[column].index(words)
            for other, cell in row.items():
                keys[f"{place[0]}.{other}"][words] = _sortable(cell)
    # equals are put in the order of the words themselves, which were made at random
    return {
        key: sorted(found, key=lambda words: (found[words], words))
        for key, found in keys.items()
        if len(found) == len(group)
    }


def _sortable(cell: str) -> list[Any]:
    """Numbers inside are compared as numbers: (2,10) comes after (2,9)."""
    return [(0, int(each), "") if each.isdigit() else (1, 0, each) for each in re.findall(r"\d+|\D+", cell)]


def near(loot: Loot, words: str, known_by: Iterable[str], within: int = 300) -> bool:
    """Whether some id of a person lies in the files close to these words, as in a row of both (as text or as bytes)."""
    needles = [needle for each in known_by for needle in (each.encode(), bytes.fromhex(each))]
    for found in re.finditer(re.escape(words.encode()), loot.raw):
        around = loot.raw[max(0, found.start() - within) : found.end() + within]
        if any(needle in around for needle in needles):
            return True
    return False


def in_the_files(loot: Loot, key: str) -> bool:
    """Whether an id lies anywhere in the files, as text, with dashes, or as bytes."""
    dashed = f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
    return any(each in loot.raw for each in (key.encode(), dashed.encode(), bytes.fromhex(key)))
