"""Tables as bytes, CSV or XLSX, to rows of text below their headings, with whatever was noticed on the way. No ORM.

Nothing of a file is ever run: macros and links are never looked at, a bomb is found before it is opened.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.limits import MOST_COLUMNS, MOST_ROWS
from throughline.frameworks.tables.csv_reading import text_of, text_rows
from throughline.frameworks.tables.headings import (
    MOODLE,
    Rows,
    facts_above,
    is_moodle,
    no_headings,
    place_of_headings,
    refuse_rosters,
    repeats_of,
)
from throughline.frameworks.tables.layout import case_part
from throughline.frameworks.tables.xlsx_reading import Cell, Sheet, sheets_of
from throughline.frameworks.unsupported_files import ZIP, refuse_others
from throughline.kit.text import clean_line

SHOWN = 60
# A code that a spreadsheet took for a day, as it writes it into a CSV.
_DAY = re.compile(
    r"[0-9]{1,2}[-. /](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]*\.?(?:[-. /][0-9]{2,4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]*\.?[-. /][0-9]{1,4}"
    r"|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T]00:00(?::00)?)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Cells:
    """The rows below the headings with their numbers as a spreadsheet counts them, and what was noticed on the way.

    `wrong` says for a row why it cannot be read, `faults` for a cell, `remarks` how a cell was read; `facts` are told
    above the headings, `passed` are rows of no use. `parts` are the other sheets of a workbook of a CASE tool.
    """

    headings: list[str]
    rows: Rows
    at: int = 1
    facts: dict[str, str] = field(default_factory=dict)
    passed: Rows = field(default_factory=list)
    again: Rows = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    wrong: dict[int, str] = field(default_factory=dict)
    faults: dict[Cell, str] = field(default_factory=dict)
    remarks: dict[Cell, str] = field(default_factory=dict)
    parts: dict[str, Sheet] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def name(self, place: int) -> str:
        """What a column is called for people."""
        if not self.names:
            self.names = [clean_line(cell)[:SHOWN] for cell in self.headings]
        told = self.names[place] if place < len(self.names) else ""
        return told or _("Column %(number)d") % {"number": place + 1}

    def look(self, number: int, row: list[str], read: Container[int], code: int = -1) -> "Look":
        """What is amiss with a row of which these columns are read; `code` is the one that holds codes."""
        found = Look(self.wrong.get(number, ""))
        if not found.problem and any(text.strip() for text in row[len(self.headings) :]):
            found.problem = _("This row has more cells than there are headings.")
        for place in range(max(len(row), len(self.headings))):
            fault, remark = self.faults.get((number, place)), self.remarks.get((number, place))
            if fault and place in read:
                found.problem = found.problem or f"{self.name(place)}: {fault}"
            elif fault:
                found.lost.append(f"{self.name(place)}: {fault}")
            elif remark and place in read:
                found.remarks.append(f"{self.name(place)}: {remark}")
            elif place == code and place < len(row) and _DAY.fullmatch(row[place].strip()):
                said = _(
                    "This looks like a date. Spreadsheets turn codes such as 1-2 into dates. We read it as it is."
                )
                found.remarks.append(f"{self.name(place)}: {said}")
        return found


@dataclass(slots=True)
class Look:
    """Why a row cannot be taken, what of it is not kept, how it was read."""

    problem: str = ""
    lost: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def cells_of(raw: bytes) -> Cells:
    """The table in `raw`. Raises `FrameworkProblem` when there is none."""
    refuse_others(raw)
    told = Cells([], [])
    sheet = _sheet_in(raw, told)
    refuse_rosters(sheet.rows)
    place = _find_headings(sheet, told)
    _check_width(sheet.rows)
    above = facts_above(sheet.rows[:place])
    told.facts, told.passed = above.facts, above.passed
    repeats = repeats_of(told.headings)
    for at, row in sheet.rows[place + 1 :]:
        if at in told.wrong or any(cell.strip() for cell in row):
            (told.again if at not in told.wrong and repeats(row) else told.rows).append((at, row))
    told.wrong = {at: why for at, why in told.wrong.items() if at > told.at}
    told.faults = {cell: why for cell, why in sheet.faults.items() if cell[0] > told.at}
    told.remarks = {cell: why for cell, why in sheet.remarks.items() if cell[0] > told.at}
    _check_rows(told)
    return told


def _sheet_in(raw: bytes, told: Cells) -> Sheet:
    if not raw.startswith(ZIP):
        return Sheet(rows=text_rows(text_of(raw, told.notes), told.wrong))
    sheet, told.parts = _table_among(sheets_of(raw, _is_wanted), told.notes, told.doubts)
    return sheet


def _find_headings(sheet: Sheet, told: Cells) -> int:
    """Where the headings are; of a table of Moodle in another language they are put into the words that we know."""
    place = place_of_headings([row for _number, row in sheet.rows])
    if place is None and is_moodle(sheet.rows):
        told.at, told.headings = sheet.rows[0][0], list(MOODLE)
        told.names = [clean_line(cell)[:SHOWN] for cell in sheet.rows[0][1]]
        return 0
    if place is None:
        raise no_headings(sheet.rows)
    told.at, told.headings = sheet.rows[place]
    return place


def _check_width(rows: Rows) -> None:
    if max((len(row) for _number, row in rows), default=0) > MOST_COLUMNS:
        raise FrameworkProblem(_("There are more than %(limit)d columns.") % {"limit": MOST_COLUMNS})


def _check_rows(told: Cells) -> None:
    if len(told.rows) > MOST_ROWS:
        raise FrameworkProblem(_("There are more than %(limit)d rows.") % {"limit": MOST_ROWS})
    if not told.rows:
        raise FrameworkProblem(
            _(
                "There are headings in row %(row)d, and no rows below them. A framework needs at least one competency."
            )
            % {"row": told.at}
        )
    if told.passed:
        told.doubts.append(
            _("Row %(row)d was read as the headings. Anything above it is skipped.") % {"row": told.at}
        )


def _is_wanted(rows: list[list[str]]) -> bool:
    return place_of_headings(rows) is not None or any(case_part(row) for row in rows[:1])


def _table_among(sheets: list[Sheet], notes: list[str], doubts: list[str]) -> tuple[Sheet, dict[str, Sheet]]:
    """The first sheet with headings that are known (without any, the first with rows), and the parts around it."""
    tables = [
        sheet for sheet in sheets if place_of_headings([row for _number, row in sheet.rows]) is not None
    ]
    chosen = tables[0] if tables else next((sheet for sheet in sheets if sheet.rows), Sheet())
    parts: dict[str, Sheet] = {}
    rest = []
    for sheet in sheets:
        part = case_part(sheet.rows[0][1], sheet.title) if sheet is not chosen and sheet.rows else ""
        if part and part not in parts:
            parts[part] = sheet
        elif sheet is not chosen and sheet.rows:
            rest.append(sheet)
    also = [sheet.title for sheet in rest if sheet in tables]
    if also:
        doubts.append(
            _(
                "Only the sheet “%(name)s” was read. There are headings in %(others)s too: import each from a file of its "
                "own, or put all rows into one sheet."
            )
            % {"name": chosen.title, "others": _named(also)}
        )
    elif rest and tables:
        notes.append(
            _("Only the sheet “%(name)s” was read, not %(others)s.")
            % {"name": chosen.title, "others": _named([sheet.title for sheet in rest])}
        )
    return chosen, parts


def _named(titles: list[str]) -> str:
    return ", ".join(f"“{title[:SHOWN]}”" for title in titles)
