"""Links of a crosswalk as a table (CSV): written for a spreadsheet, read back with a word about every row. Pure."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.frameworks.tables.csv_reading import Problem, named_rows
from throughline.frameworks.tables.layout import unguarded
from throughline.kit.text import clean_line

COLUMNS = ("left", "left_name", "relation", "right", "right_name", "note")
RELATIONS = {"exactmatchof": "exactMatchOf", "isrelatedto": "isRelatedTo", "ispartof": "isPartOf"}
MOST_ROWS = 5000
NOTE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A link to be, by codes."""

    left: str
    right: str
    relation: str
    note: str = ""


def read(text: str, left: Mapping[str, str], right: Mapping[str, str]) -> tuple[list[Row], list[Problem]]:
    """Rows and problems. `left` and `right` give the code for each word that may name a competency, in small letters."""
    try:
        reader = named_rows(text)
        names = {clean_line(name or "").casefold(): name for name in reader.fieldnames or []}
        missing = [name for name in ("left", "right") if name not in names]
        if missing:
            said = _(
                "The first line must name the columns left and right. The columns relation and note are optional."
            )
            return [], [Problem(1, said)]
        rows: list[Row] = []
        problems: list[Problem] = []
        for number, raw in enumerate(reader, start=2):
            if number > MOST_ROWS + 1:
                too_many = _("There are more than %(most)s rows.") % {"most": MOST_ROWS}
                return [], [Problem(number, too_many)]
            told = {key: _bare(raw.get(name)) for key, name in names.items()}
            if any(told.values()):
                _take(number, told, left, right, rows, problems)
    except csv.Error as error:
        return [], [Problem(1, _("This is not a readable table (%(why)s).") % {"why": error})]
    return rows, problems


def _bare(cell: object) -> str:
    return unguarded(clean_line(cell)) if isinstance(cell, str) else ""


def _take(
    number: int,
    told: Mapping[str, str],
    left: Mapping[str, str],
    right: Mapping[str, str],
    rows: list[Row],
    problems: list[Problem],
) -> None:
    wrong = []
    for side, known in (("left", left), ("right", right)):
        if told[side].casefold() not in known:
            wrong.append(_("There is no competency “%(code)s” on this side.") % {"code": told[side]})
    relation = RELATIONS.get(told.get("relation", "").casefold() or "isrelatedto")
    if relation is None:
        wrong.append(_("The relation must be exactMatchOf, isRelatedTo or isPartOf."))
    note = told.get("note", "")
    if len(note) > NOTE_LIMIT:
        wrong.append(_("A note can have at most %(limit)d characters.") % {"limit": NOTE_LIMIT})
    if wrong or relation is None:
        problems.append(Problem(number, " ".join(wrong)))
        return
    rows.append(Row(left[told["left"].casefold()], right[told["right"].casefold()], relation, note))
