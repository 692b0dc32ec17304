"""Which row of a table names its columns: guessed carefully, because a row of data that is taken for headings is lost.

No ORM.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.tables.layout import LOOKED_AT, known_headings
from throughline.kit.text import clean_line

Rows = list[tuple[int, list[str]]]
_RULE = frozenset("-:=_ ")
FEWEST = 2  # headings that must be known where there are more columns than that


def place_of_headings(rows: Sequence[list[str]]) -> int | None:
    """Where the row of headings is, if there is one among the first rows."""
    widest = 0
    for place, row in enumerate(rows[:LOOKED_AT]):
        said = sum(bool(cell.strip()) for cell in row)
        known = known_headings(row)
        if known and (known == said or _is_likely(row, known, said, widest)):
            return place
        if not is_fact(row):
            widest = max(widest, said)
    return None


def _is_likely(row: list[str], known: int, said: int, widest: int) -> bool:
    """Whether a row that says other things too is one of headings: two must be known, below lines as wide at least half.

    One is enough when it stands first and nothing stands above.
    """
    if known < FEWEST:
        return not widest and bool(known_headings(row[:1]))
    return widest < said or known * 2 >= said


# The columns of a competency framework from Moodle, which names them in the language of whoever exported it.
MOODLE = (
    *("Parent ID number", "ID number", "Short name", "Description", "Description format", "Scale values"),
    *("Scale configuration", "Rule type (optional)", "Rule outcome (optional)", "Rule config (optional)"),
    *("Cross-referenced competency ID numbers", "Exported ID (optional)", "Is framework", "Taxonomy"),
)


def is_moodle(rows: Rows) -> bool:
    """Whether this is Moodle's table whatever its headings say: by the row of the framework itself and its scale."""
    if len(rows) < 2 or any(len(row) != len(MOODLE) for _number, row in rows[:2]):
        return False
    whole = rows[1][1]
    return whole[12].strip() == "1" and whole[6].lstrip().startswith("[{") and bool(whole[1].strip())


def refuse_rosters(rows: Rows) -> None:
    """Raise `FrameworkProblem` for a table of people and classes, whose columns are called much as ours are."""
    first = rows[0][1] if rows else []
    if any(clean_line(cell).casefold() == "sourcedid" for cell in first):
        raise FrameworkProblem(
            _("This is not a framework, it is a OneRoster table: a list of people, classes or schools.")
        )


def no_headings(rows: Rows) -> FrameworkProblem:
    """Why a table without a row of headings cannot be read."""
    first = next((row for _number, row in rows if any(cell.strip() for cell in row)), [])
    found = ", ".join(clean_line(cell)[:40] for cell in first[:6] if clean_line(cell)) or "–"
    return FrameworkProblem(
        _(
            "We found no row of headings. A row near the top must name the columns: at least “competency”, "
            "ideally “domain” and “competency”, or “kind” and “text” as in the template. The first row of "
            "this file says: %(found)s."
        )
        % {"found": found}
    )


@dataclass(slots=True)
class Above:
    """What stands above the headings: facts about the framework (`#title` …), and rows that are passed over."""

    facts: dict[str, str] = field(default_factory=dict)
    passed: Rows = field(default_factory=list)


def is_fact(row: list[str]) -> bool:
    """Whether this row tells a fact about the whole, such as `#title`."""
    return bool(row) and row[0].strip().startswith("#")


def facts_above(rows: Rows) -> Above:
    """Facts stand in two ways: `#title` with its text beside it, or a row of such names with their texts below."""
    above = Above()
    waiting: list[str] = []
    for number, row in rows:
        cells = [clean_line(cell) for cell in row]
        if not any(cells):
            continue
        if waiting:
            _keep(above, zip(waiting, cells, strict=False))
            waiting = []
        elif (
            is_fact(row) and all(cell.startswith("#") for cell in cells if cell) and len(row) > 1 and cells[1]
        ):
            waiting = cells
        elif is_fact(row):
            told = [cell for cell in cells[1:] if cell]
            _keep(above, [(cells[0], " | ".join(told))])
        else:
            above.passed.append((number, row))
    return above


def _keep(above: Above, pairs: "Sequence[tuple[str, str]] | zip[tuple[str, str]]") -> None:
    for name, text in pairs:
        key = re.sub(r"[\W_]+", "", name).casefold()
        if key and text:
            above.facts[key] = text


def repeats_of(headings: list[str]) -> Callable[[list[str]], bool]:
    """Tells of a row whether it says these headings again, as long printed lists do."""
    named = _bare([clean_line(cell).casefold() for cell in headings])
    first = next((place for place, name in enumerate(named) if name), 0)

    def repeats(row: list[str]) -> bool:
        if not set("".join(row)) - _RULE:
            return True  # the line that is drawn below the headings of a table in Markdown
        if len(row) < len(named) or clean_line(row[first]).casefold() != named[first]:
            return False
        return _bare([clean_line(cell).casefold() for cell in row]) == named

    return repeats


def _bare(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells
