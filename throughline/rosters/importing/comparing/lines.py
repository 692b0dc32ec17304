"""What a row becomes, and what all rows share while they are compared."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from throughline.rosters.importing.days import is_local, read_day
from throughline.rosters.importing.reading.told import Remark, Told
from throughline.rosters.models import SchoolYear, Section

DELETED = "tobedeleted"


class Becomes(StrEnum):
    """What comes of a row. `ELSEWHERE` is about another school of the same file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ENDED = "ended"
    FLAGGED = "flagged"
    WRONG = "wrong"
    ELSEWHERE = "elsewhere"


@dataclass(slots=True)
class Staged:
    """A row as it was staged."""

    table: str
    file: str
    line: int
    key: str
    told: Told
    remarks: list[Remark]

    @property
    def deleted(self) -> bool:
        """A delta says that it is gone."""
        return self.told.get("status", "").casefold().replace(" ", "") == DELETED

    @property
    def is_wrong(self) -> bool:
        """Whether it is kept out."""
        return any(each.is_fault for each in self.remarks)

    def many(self, name: str) -> list[str]:
        """The ids in a cell that holds several."""
        return list(dict.fromkeys(filter(None, map(str.strip, self.told.get(name, "").split(",")))))

    def remark(self, code: str, column: str = "", *, fault: bool = False, **values: str | int) -> None:
        """Say what is amiss in it."""
        self.remarks.append(Remark(code, column, values, fault))

    def day(self, column: str, day_first: bool | None) -> date | None:
        """The day in a column; what cannot be read keeps the row out."""
        said = self.told.get(column, "")
        found = read_day(said, day_first=day_first)
        if said and found is None:
            asks = is_local(said) and day_first is None
            self.remark("day-order" if asks else "day-unknown", column, fault=True, said=said[:40])
        return found


@dataclass(slots=True)
class Line:
    """What a row becomes. `row` is None for what ends or is flagged because no row told of it."""

    table: str
    says: str
    becomes: Becomes
    row: Staged | None = None
    change: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(slots=True)
class HeldPerson:
    """A member, as far as rosters know."""

    id: UUID
    name: str
    roles: frozenset[str]
    has_left: bool
    keys: set[str] = field(default_factory=set)
    is_missing: bool = False


@dataclass(slots=True)
class HeldPlace:
    """Somebody is in a class."""

    id: UUID
    section: UUID
    member: UUID
    part: str
    from_on: date
    until_on: date | None
    key: str


@dataclass(slots=True)
class Held:
    """What the school has."""

    people: dict[UUID, HeldPerson] = field(default_factory=dict)
    by_key: dict[str, HeldPerson] = field(default_factory=dict)
    by_address: dict[str, HeldPerson] = field(default_factory=dict)
    # Addresses of the file that belong to somebody who is not of this school.
    known_elsewhere: set[str] = field(default_factory=set)
    sections: dict[str, Section] = field(default_factory=dict)
    years: dict[str, SchoolYear] = field(default_factory=dict)
    year_names: set[str] = field(default_factory=set)
    terms: dict[str, tuple[UUID, str, date, date]] = field(default_factory=dict)
    places: dict[str, HeldPlace] = field(default_factory=dict)
    open_places: dict[tuple[UUID, UUID, str], HeldPlace] = field(default_factory=dict)
    guardianships: dict[tuple[UUID, UUID], tuple[UUID, bool]] = field(default_factory=dict)


@dataclass(slots=True)
class Wanted:
    """Somebody of the file who is, or will be, of this school."""

    key: str
    name: str
    roles: set[str]
    held: HeldPerson | None = None
    row: Staged | None = None
    usable: bool = True


@dataclass(slots=True)
class Work:
    """All that comparing needs, and what it finds."""

    held: Held
    modes: dict[str, str]
    today: date
    org: str = ""  # empty: the file names no school, so everything in it is ours
    day_first: bool | None = None
    lines: list[Line] = field(default_factory=list)
    people: dict[str, Wanted] = field(default_factory=dict)
    # Keys of classes that there are or will be, and what becomes of those that are new.
    sections: dict[str, str] = field(default_factory=dict)
    years: dict[str, tuple[str, date, date]] = field(default_factory=dict)
    year_of_term: dict[str, str] = field(default_factory=dict)
    seen_places: set[str] = field(default_factory=set)

    def bulk(self, table: str) -> bool:
        """Whether a table says all there is, so that what is not in it is gone."""
        return self.modes.get(table) == "bulk"

    def is_ours(self, orgs: Iterable[str]) -> bool:
        """Whether something that names these schools is of this one; what names none is."""
        named = set(orgs)
        return not self.org or not named or self.org in named

    def add(self, row: Staged, says: str, becomes: Becomes, **change: Any) -> None:
        """What a row becomes, unless something is amiss that keeps it out."""
        if row.is_wrong:
            becomes, change = Becomes.WRONG, {}
        self.lines.append(Line(row.table, says, becomes, row, change, row.remarks))

    def without_row(self, table: str, says: str, becomes: Becomes, **change: Any) -> None:
        """What becomes of something that no row tells of."""
        self.lines.append(Line(table, says, becomes, None, change))
