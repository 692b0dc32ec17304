"""The report of a roster, row by row, as its page shows it and as a table to take along."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from throughline.rosters.importing.comparing.compare import Compared
from throughline.rosters.importing.comparing.lines import Becomes, Line
from throughline.rosters.importing.reading.told import Remark
from throughline.rosters.importing.words import FILES, ROWS, in_words
from throughline.rosters.models import RosterFile

SHOWN = 200  # rows on a page; the table holds all
# What stands first is what somebody has to do something about.
_ORDER = (Becomes.WRONG, Becomes.FLAGGED, Becomes.ENDED, Becomes.CHANGED, Becomes.NEW)


@dataclass(slots=True)
class Said:
    """A row of the report."""

    file: str
    line: int
    says: str
    becomes: str
    word: str
    remarks: list[tuple[str, str, str]] = field(default_factory=list)  # column, what, what to do


def words_of(becomes: Becomes, table: str) -> str:
    """What becomes of a row, in words."""
    if becomes == Becomes.ENDED and table == "users":
        return _("leaves; kept")
    return {
        Becomes.NEW: _("new"),
        Becomes.CHANGED: _("changed"),
        Becomes.SAME: _("as it is"),
        Becomes.ENDED: _("ends"),
        Becomes.FLAGGED: _("flagged"),
        Becomes.WRONG: _("cannot be taken"),
        Becomes.ELSEWHERE: _("of another school"),
    }[becomes]


def said(line: Line) -> Said:
    """A line in words."""
    told = [(each.column, *in_words(each, ROWS)) for each in line.remarks]
    if line.becomes == Becomes.FLAGGED:
        told.append(("", _("The roster no longer has them."), _("They stay as they are until you decide.")))
    file, number = (line.row.file, line.row.line) if line.row else ("", 0)
    return Said(file, number, line.says, line.becomes, words_of(line.becomes, line.table), told)


def rows_of_report(compared: Compared) -> Iterator[Line]:
    """The lines worth a look: what changes and what something is said about, the most pressing first."""
    for becomes in _ORDER:
        yield from (line for line in compared.lines if line.becomes == becomes)
    yield from (line for line in compared.lines if line.becomes == Becomes.SAME and line.remarks)


def notes_of(roster: RosterFile) -> list[tuple[str, int, str, str, str]]:
    """What is said of whole files: file, line, column, what, what to do."""
    found = []
    for file, line, kept in roster.told.get("notes", []):
        remark = Remark.again(kept)
        found.append((file, line, remark.column, *in_words(remark, FILES)))
    return found


def left_of(roster: RosterFile) -> list[Said]:
    """The rows that were left out when a roster was applied."""
    return [
        Said(
            file,
            line,
            says,
            Becomes.WRONG,
            "",
            [(r.column, *in_words(r, ROWS)) for r in map(Remark.again, kept)],
        )
        for file, line, says, kept in roster.came.get("left", [])
    ]


def as_csv(roster: RosterFile, compared: Compared) -> bytes:
    """The whole report: file, row, column, who or what, what becomes of it, what is amiss, what to do."""
    out = io.StringIO()
    table = csv.writer(out)
    heads = (_("file"), _("row"), _("column"), _("about"), _("becomes"), _("what is amiss"), _("what to do"))
    table.writerow(heads)
    for file, line, column, what, todo in notes_of(roster):
        table.writerow([_guarded(cell) for cell in (file, line or "", column, "", "", what, todo)])
    for each in map(said, rows_of_report(compared)):
        for column, what, todo in each.remarks or [("", "", "")]:
            cells = (each.file, each.line or "", column, each.says, each.word, what, todo)
            table.writerow([_guarded(cell) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode()


def _guarded(cell: Any) -> str:
    """Text that a spreadsheet does not take for a formula."""
    text = str(cell).replace("\u2068", "").replace("\u2069", "")
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
