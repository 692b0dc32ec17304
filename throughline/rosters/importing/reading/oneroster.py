"""A OneRoster 1.1 or 1.2 roster as it really comes: packed tables and a manifest that may contradict them."""

import re
import zipfile
from collections.abc import Iterator
from typing import IO

from throughline.rosters.importing.reading.archive import Part
from throughline.rosters.importing.reading.cells import rows_of
from throughline.rosters.importing.reading.headings import Columns, bare, columns_of, known_in
from throughline.rosters.importing.reading.told import (
    LONGEST_CELL,
    LONGEST_KEY,
    MOST_ROWS,
    About,
    Remark,
    Row,
    Table,
    Told,
    Unreadable,
)

# In this order, so that what is pointed at comes first.
TABLES = (
    Table.ORGS,
    Table.SESSIONS,
    Table.CLASSES,
    Table.USERS,
    Table.ROLES,
    Table.ENROLLMENTS,
    Table.DEMOGRAPHICS,
)
NOT_NEEDED = {
    bare(each)
    for each in (
        "courses", "categories", "classResources", "courseResources", "lineItems", "lineItemLearningObjectiveIds",
        "lineItemScoreScales", "resources", "results", "resultLearningObjectiveIds", "resultScoreScales", "scoreScales",
        "userProfiles", "userResources",
    )
}  # fmt: skip
_MISSPELT = {"enrolments": Table.ENROLLMENTS, "enrollment": Table.ENROLLMENTS, "user": Table.USERS}
_MISSPELT |= {"class": Table.CLASSES, "org": Table.ORGS, "sessions": Table.SESSIONS, "role": Table.ROLES}
_FORMULA = re.compile(r"[=@]|\+[^0-9 ]")
# What people read: a formula in one of these would be a name.
READ_ALOUD = ("givenName", "familyName", "preferredGivenName", "preferredFamilyName", "title", "name")
MODES = ("bulk", "delta", "absent")


def is_oneroster(parts: list[Part]) -> bool:
    """Whether any part has the name of one of its tables."""
    return any(_table(part) for part in parts)


def _table(part: Part) -> Table | None:
    stem = bare(part.name.rpartition(".")[0])
    found = {bare(table): table for table in TABLES}.get(stem) or _MISSPELT.get(stem)
    return found if part.name.casefold().endswith((".csv", ".txt")) else None


def read_oneroster(
    archive: zipfile.ZipFile, parts: list[Part], about: About, *, demographics: bool
) -> Iterator[Row]:
    """Every row of the tables that we use."""
    about.kind = "oneroster"
    told = _manifest(archive, parts, about)
    by_table: dict[Table, Part] = {}
    for part in parts:
        table, stem = _table(part), bare(part.name.rpartition(".")[0])
        if table and table in by_table:
            about.remark_on(part.name, "twice-in-zip")
        elif table:
            by_table[table] = part
            if part.name != f"{table}.csv":
                about.remark_on(part.name, "file-name", meant=f"{table}.csv")
        elif stem in NOT_NEEDED:
            about.left_out.append(part.name)
        elif stem != "manifest":
            about.remark_on(part.name, "file-unknown")
    _compare(told, by_table, about)
    for table in TABLES:
        if table not in by_table:
            continue
        if table == Table.DEMOGRAPHICS and not demographics:
            about.left_out.append(by_table[table].name)
            about.remark_on(by_table[table].name, "demographics-off")
            continue
        yield from _rows(archive, by_table[table], table, about)


def _manifest(archive: zipfile.ZipFile, parts: list[Part], about: About) -> dict[str, str]:
    """What the manifest says of each table, by its name in small letters."""
    found = next((part for part in parts if bare(part.name) == "manifestcsv"), None)
    if found is None:
        about.remark_on("manifest.csv", "manifest-missing")
        return {}
    said: dict[str, str] = {}
    rows = rows_of(
        lambda: archive.open(found.entry), found.name, about, lambda cells: int("propertyName" in cells)
    )
    for number, (_line, row) in enumerate(rows):
        if number > 200:
            break
        if len(row) > 1:
            said[row[0].strip().casefold()] = row[1].strip()[:100]
    about.version = said.get("oneroster.version", "")
    return {
        bare(name.removeprefix("file.")): value.casefold()
        for name, value in said.items()
        if name.startswith("file.")
    }


def _compare(told: dict[str, str], by_table: dict[Table, Part], about: About) -> None:
    """What the manifest says against what is there. Where it says nothing, nothing may end because it is missing."""
    if about.version and about.version not in ("1.1", "1.2"):
        about.remark_on("manifest.csv", "version-unknown", said=about.version)
    if about.version == "1.1" and Table.ROLES in by_table:
        about.remark_on("manifest.csv", "version-contradicts", file=by_table[Table.ROLES].name)
    for table in TABLES:
        mode = told.get(bare(table), "")
        there = table in by_table
        if there and mode == "absent":
            about.remark_on("manifest.csv", "absent-but-there", file=by_table[table].name)
        elif not there and mode in ("bulk", "delta"):
            about.remark_on("manifest.csv", "there-but-absent", file=f"{table}.csv")
        elif mode and mode not in MODES:
            about.remark_on("manifest.csv", "mode-unknown", file=f"{table}.csv", said=mode)
        if there:
            about.modes[table] = mode if mode in ("bulk", "delta") else "delta"


def _rows(archive: zipfile.ZipFile, part: Part, table: Table, about: About) -> Iterator[Row]:
    def opened() -> IO[bytes]:
        return archive.open(part.entry)

    rows = rows_of(opened, part.name, about, lambda cells: known_in(table, cells))
    first = next(rows, None)
    if first is None:
        about.remark_on(part.name, "file-empty")
        return
    columns = columns_of(table, first[1], part.name, about)
    if columns.missing:
        about.remark_on(part.name, "columns-missing", names=", ".join(columns.missing))
    if "sourcedId" not in columns.at:
        return
    yield from rows_with(columns, rows, part.name, table, about)


def rows_with(
    columns: Columns, rows: Iterator[tuple[int, list[str]]], file: str, table: Table, about: About
) -> Iterator[Row]:
    """Each row below the headings, with what is amiss in it."""
    at, width, count = list(columns.at.items()), columns.width, 0
    needed = [
        name for name in ("userSourcedId", "classSourcedId", "title", "familyName") if name in columns.at
    ]
    for line, cells in rows:
        count += 1
        if sum(about.counts.values()) + count > MOST_ROWS:
            raise Unreadable("too-many-rows", limit=MOST_ROWS)
        remarks: list[Remark] = []
        if len(cells) != width:
            cells = _evened(cells, width, remarks)
        told: Told = {}
        for name, place in at:
            if said := cells[place].strip():
                told[name] = said
        _check(told, needed, remarks)
        yield Row(table, file, line, told.pop("sourcedId", ""), told, remarks)
    about.counts[table] = count


def _evened(cells: list[str], width: int, remarks: list[Remark]) -> list[str]:
    """A ragged row: what is missing at its end is empty; what is too much keeps it out, as its cells may have moved."""
    if len(cells) > width and any(cells[width:]):
        remarks.append(Remark("cells-too-many", values={"has": len(cells), "of": width}, is_fault=True))
    elif len(cells) < width:
        remarks.append(Remark("cells-too-few", values={"has": len(cells), "of": width}))
    return (cells + [""] * width)[:width]


def _check(told: Told, needed: list[str], remarks: list[Remark]) -> None:
    key = told.get("sourcedId", "")
    if not key or len(key) > LONGEST_KEY:
        remarks.append(Remark("id-missing" if not key else "id-too-long", "sourcedId", is_fault=True))
        told["sourcedId"] = key[:LONGEST_KEY]
    remarks.extend(Remark("cell-missing", name, is_fault=True) for name in needed if name not in told)
    for name in READ_ALOUD:
        if name in told and _FORMULA.match(told[name]):
            remarks.append(Remark("formula", name, is_fault=True))
    for name, said in told.items():
        if len(said) > LONGEST_CELL:
            told[name] = said[:LONGEST_CELL]
            remarks.append(Remark("cell-too-long", name, {"limit": LONGEST_CELL}, is_fault=True))
