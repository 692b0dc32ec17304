"""Tries to tell which slip an answer came by, with everything that is left: a closed listening, its backups, the files.

Every order that slips have (as they lie, by each column) is laid on every order of answers, forwards and backwards;
slips are looked for beside answers in the raw bytes; and what came between two backups is put in the order of backups.
"""

import re
import sqlite3
import tarfile
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from pathlib import Path

from tests.trust.loot import HIDDEN, Row, _sortable
from throughline.home.running.engines import call_postgres

SLIPS, ANSWERS, WORDS = "voices_slip", "voices_answer", "voices_words"
COPY = re.compile(r'^COPY public\."?(\w+)"? \((.*)\) FROM stdin;$')

Tables = Mapping[str, Sequence[Row]]
Order = Sequence[int]


@dataclass(frozen=True, slots=True)
class Respondent:
    """What is true of one who answered, by which a guess is judged: their slip, their steps, their words."""

    code_hash: str
    token_hash: str
    steps: str
    words: str


@dataclass(frozen=True, slots=True)
class Try:
    """What one way of linking got: how many slips it gave the right answer, and how alike the two orders are."""

    name: str
    hits: int
    alike: float


def steps_in(row: Row) -> str:
    """The steps of an answer in any spelling of its JSON, as one word."""
    return "".join(re.findall(r"'?\"?q\d+\"?'?: (-?\d)", row["content"]))


def tries(people: Sequence[Respondent], tables: Tables, came: Sequence[Order] = ()) -> Iterator[Try]:
    """Lay orders on each other. `came`: orders of people that the attacker knows from elsewhere."""
    of_slip = {each.code_hash: number for number, each in enumerate(people)}
    of_steps = {each.steps: number for number, each in enumerate(people)}
    of_words = {each.words: number for number, each in enumerate(people)}
    slips = [("known", order) for order in came]
    slips += [
        (name, [of_slip[row["code_hash"]] for row in rows if row["code_hash"] in of_slip])
        for name, rows in _orders(SLIPS, tables[SLIPS])
    ]
    answers = [
        (name, [of_steps[steps_in(row)] for row in rows]) for name, rows in _orders(ANSWERS, tables[ANSWERS])
    ]
    answers += [
        (name, [of_words[row["text"]] for row in rows]) for name, rows in _orders(WORDS, tables[WORDS])
    ]
    for slip_name, slip_order in slips:
        for name, order in answers:
            yield laid(f"{slip_name} on {name}", slip_order, order)


def laid(name: str, one: Order, other: Order) -> Try:
    """One order of people laid on another, forwards or backwards, whichever hits more."""
    there = set(other)
    one = [each for each in one if each in there]
    hits = max(sum(a == b for a, b in zip(one, way, strict=False)) for way in (other, list(reversed(other))))
    return Try(name, hits, rank_correlation(one, other))


def rank_correlation(one: Order, other: Order) -> float:
    """Spearman's, of two orders of the same people."""
    place = {each: number for number, each in enumerate(other)}
    n = len(one)
    apart = sum((number - place[each]) ** 2 for number, each in enumerate(one))
    return 1 - 6 * apart / (n * (n * n - 1))


def by_nearness(people: Sequence[Respondent], raw: bytes) -> Try:
    """Give each answer's words (and on SQLite its steps) the slip whose hash lies next to them in the files."""
    number = {each.code_hash.encode(): n for n, each in enumerate(people)}
    slips = [
        (found.start(), number[found[0]])
        for found in re.finditer(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", raw)
        if found[0] in number
    ]
    places = [place for place, _n in slips]
    texts = {each.words.encode(): n for n, each in enumerate(people)}
    right: set[int] = set()
    for found in re.finditer(rb"zq[0-9a-f]{12}zq", raw):
        at = bisect_left(places, found.start())
        near = min(slips[max(0, at - 1) : at + 1], key=lambda each: abs(each[0] - found.start()))
        if texts.get(found[0]) == near[1]:
            right.add(near[1])
    return Try("next to each other in the files", len(right), 0)


def order_of_backups(people: Sequence[Respondent], backups: Sequence[Tables], last: Tables) -> list[int]:
    """Answers by the backup in which they first stand, and there as they lie: the nearest to an order of coming."""
    of_steps = {each.steps: number for number, each in enumerate(people)}
    seen: dict[int, None] = {}
    for tables in (*backups, last):
        for row in tables[ANSWERS]:
            seen.setdefault(of_steps[steps_in(row)])
    return list(seen)


def came_between(backups: Sequence[Tables]) -> list[int]:
    """How many answers more each backup holds than the one before."""
    sizes = [0, *(len(tables[ANSWERS]) for tables in backups)]
    return [after - before for before, after in pairwise(sizes)]


def best_by_chance(n: int, beyond: float = 1e-8) -> int:
    """More hits than this come by chance less often than `beyond`: hits of a random order are Poisson, with mean 1."""
    assert n > 100
    hits, left, part = 0, 1 - exp(-1), exp(-1)
    while left > beyond:
        hits += 1
        part /= hits
        left -= part
    return hits


def _orders(table: str, rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    yield f"{table} as read", list(rows)
    for column in rows[0] if rows else ():
        if len({row.get(column) for row in rows}) > len(rows) // 2:
            yield f"{table}.{column}", sorted(rows, key=lambda row: _sortable(row[column]))


def tables_of(backup: Path) -> tuple[Tables, bytes]:
    """The tables of listenings in a backup that our command made, and the bytes of its database."""
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(backup) as tar:
            name = next(each for each in tar.getnames() if each.startswith("database."))
            tar.extract(name, place, filter="data")
        file = Path(place) / name
        raw = file.read_bytes()
        if name.endswith(".sqlite3"):
            return _of_sqlite(file), raw
        script = call_postgres("pg_restore", "-f", "-", str(file))
        return _of_script(script), script.encode()


def _of_sqlite(file: Path) -> Tables:
    found = {}
    with closing(sqlite3.connect(file)) as copy:
        names = copy.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'voices!_%' ESCAPE '!' AND type = 'table'"
        )
        for (table,) in names.fetchall():
            rows = copy.execute(f'SELECT {HIDDEN["sqlite"]}, * FROM "{table}"')
            columns = [each[0] for each in rows.description]
            found[table] = [dict(zip(columns, map(str, row), strict=True)) for row in rows]
    return found


def _of_script(script: str) -> Tables:
    found: dict[str, list[Row]] = {}
    lines = iter(script.splitlines())
    for line in lines:
        begun = COPY.match(line)
        if not begun:
            continue
        columns = [each.strip('"') for each in begun[2].split(", ")]
        rows = found.setdefault(begun[1], [])
        for row in lines:
            if row == "\\.":
                break
            rows.append(dict(zip(columns, row.split("\t"), strict=True)))
    return found
