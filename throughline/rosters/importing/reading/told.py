"""What reading a roster yields: rows, remarks about rows and about files, and why a file cannot be taken at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Told = dict[str, str]


class Table(StrEnum):
    """What rows are about; the names are those of OneRoster."""

    ORGS = "orgs"
    SESSIONS = "academicSessions"
    CLASSES = "classes"
    USERS = "users"
    ROLES = "roles"
    ENROLLMENTS = "enrollments"
    DEMOGRAPHICS = "demographics"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something amiss: a code (`words.py` says it), the column, and what its sentence names. A fault keeps its row out."""

    code: str
    column: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    is_fault: bool = False

    def kept(self) -> list[Any]:
        """As it is kept with its row."""
        return [self.column, self.code, dict(self.values), self.is_fault]

    @classmethod
    def again(cls, kept: list[Any]) -> "Remark":
        """What `kept` was made from."""
        column, code, values, is_fault = kept
        return cls(code, column, values, is_fault)


@dataclass(slots=True)
class Row:
    """A row: the columns that we use, as they stand there without blank edges; what is empty is not there."""

    table: str
    file: str
    line: int
    key: str
    told: Told
    remarks: list[Remark]


@dataclass(slots=True)
class About:
    """What is known of the files besides their rows. Filled while the rows are read, whole when they end."""

    kind: str = ""  # "oneroster" or "plain"
    version: str = ""
    modes: dict[str, str] = field(default_factory=dict)  # table: "bulk" or "delta"
    notes: list[tuple[str, int, Remark]] = field(default_factory=list)  # file, line (0: the file), what
    left_out: list[str] = field(default_factory=list)  # files that we do not need
    demographics: int = 0  # rows that were not read
    counts: dict[str, int] = field(default_factory=dict)

    def remark_on(
        self, file: str, code: str, column: str = "", /, line: int = 0, **values: str | int
    ) -> None:
        """Remember something about a file; of very many the first count."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append((file, line, Remark(code, column, values)))


class Unreadable(Exception):
    """This cannot be taken as a roster at all; `code` says why."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.values = code, values


MB = 1024 * 1024
MOST_MB = 50  # of what is sent
MOST_UNPACKED = 1024 * MB  # of a packed roster's tables
MOST_WORKBOOK = 120 * MB  # of what an XLSX unpacks to
MOST_ROWS = 5_000_000
MOST_PARTS = 200  # files in a packed roster
MOST_TIMES = 200  # how many times larger than packed a part may be, once it is large
LARGE = 8 * MB
LONGEST_LINE = 256 * 1024  # letters
LONGEST_CELL = 4_000
LONGEST_KEY = 255
MOST_NOTES = 300
