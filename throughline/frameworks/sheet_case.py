"""A table that a CASE tool wrote: one item in each row, its place told by a parent or by a number. No ORM."""

from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case_reading import CasePackage
from throughline.frameworks.case_tree import CaseNode, Links, natural, plant
from throughline.frameworks.limits import LONGEST_TEXT, MOST_ITEMS
from throughline.frameworks.sheet_cells import Cells
from throughline.frameworks.sheet_layout import case_heading
from throughline.frameworks.statements import flattened
from throughline.kit.text import clean_line, clean_text

Row = dict[str, str]


@dataclass(slots=True)
class CaseTable:
    """The package, when no row is wrong; each row's number, words and problem; remarks."""

    lines: list[tuple[int, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    package: CasePackage | None = None


def case_package(cells: Cells, title: str) -> CaseTable:
    """The items of the table as a package named `title`, which the file does not say itself."""
    if len(cells.rows) > MOST_ITEMS:
        raise FrameworkProblem(_("There are more than %(limit)d items.") % {"limit": MOST_ITEMS})
    name = clean_line(title)[:300] or _("A framework")
    root = CaseNode(str(uuid5(NAMESPACE_URL, f"throughline:case-table:{name}")), "", name, name, "")
    columns = {place: case_heading(cell) for place, cell in enumerate(cells.headings)}
    rows = {
        number: {name: row[place] for place, name in columns.items() if name and place < len(row)}
        for number, row in cells.rows
    }
    found = CaseTable()
    items: dict[str, CaseNode] = {}
    given: dict[str, Row] = {}
    at: dict[str, int] = {}
    wrong = dict(cells.wrong)
    for number, row in rows.items():
        identifier = clean_line(row.get("identifier", "")).lower()
        problem = wrong.get(number) or _problem(row, identifier, at)
        if problem:
            wrong[number] = problem
        else:
            at[identifier], given[identifier] = number, row
            items[identifier] = _node(identifier, row)
    links = _links(root.identifier, items, given, at, wrong, found.notes)
    for number, row in rows.items():
        said = flattened(row.get("short") or row.get("statement", ""), 120)
        found.lines.append((number, said, wrong.get(number, "")))
    if not wrong:
        plant(root, items, links, found.notes)
        found.package = _package(root, list(given.values()))
        found.notes.append(
            _("The table does not say what the framework is called; the file’s name was taken.")
        )
    return found


def _problem(row: Row, identifier: str, at: dict[str, int]) -> str:
    if not identifier or len(identifier) > 200:
        return _("The identifier must have between 1 and 200 characters.")
    if identifier in at:
        return _("The identifier stands in row %(row)d already.") % {"row": at[identifier]}
    if not clean_text(row.get("statement", "") or row.get("short", "")):
        return _("A text is missing.")
    if any(len(text) > LONGEST_TEXT for text in row.values()):
        return _("A text is longer than %(limit)d characters.") % {"limit": LONGEST_TEXT}
    return ""


def _node(identifier: str, row: Row) -> CaseNode:
    short = clean_text(row.get("short", ""))
    return CaseNode(
        identifier=identifier,
        code=clean_line(row.get("code", "")),
        statement=clean_text(row.get("statement", "")) or short,
        short=short,
        kind=clean_line(row.get("kind", "")),
    )


def _links(
    root: str,
    items: dict[str, CaseNode],
    given: dict[str, Row],
    at: dict[str, int],
    wrong: dict[int, str],
    notes: list[str],
) -> Links:
    """Each item's parent: the one that it names, or the one whose place in the numbering is one shorter."""
    by_code = {node.code.casefold(): identifier for identifier, node in items.items() if node.code}
    by_place = {_place(row): identifier for identifier, row in given.items() if _place(row)}
    by_name = any(row.get("parent", "").strip() for row in given.values())
    document = _document(items, given, by_code) if by_name else ""
    links: Links = {}
    for identifier, row in given.items():
        order = (
            natural(row.get("sequence", "")),
            natural(row.get("enumeration", "")) if by_name else (1,),
            natural(_place(row) or items[identifier].code),
            at[identifier],
        )
        parent = by_place.get(_place(row).rpartition(".")[0], "")
        if by_name:
            wanted = clean_line(row.get("parent", ""))
            parent = _named(wanted, items, by_code)
            if wanted and not parent and wanted != document:
                wrong[at[identifier]] = _("The parent %(it)s is not in the table.") % {"it": wanted[:80]}
        links[identifier] = [(parent or root, order)]
    if by_place and not by_name:
        notes.append(_("The tree was made from the numbering (smartLevel)."))
    return links


def _named(wanted: str, items: dict[str, CaseNode], by_code: dict[str, str]) -> str:
    return wanted.lower() if wanted.lower() in items else by_code.get(wanted.casefold(), "")


def _document(items: dict[str, CaseNode], given: dict[str, Row], by_code: dict[str, str]) -> str:
    """The one parent outside the table, which then is the framework itself; empty when there are several."""
    wanted = {clean_line(row.get("parent", "")) for row in given.values()} - {""}
    outside = {each for each in wanted if not _named(each, items, by_code)}
    return outside.pop() if len(outside) == 1 and len(items) > 1 else ""


def _place(row: Row) -> str:
    return ".".join(part.strip() for part in row.get("place", "").strip(". ").split("."))


def _package(root: CaseNode, rows: list[Row]) -> CasePackage:
    languages = {clean_line(row.get("language", ""))[:2].lower() for row in rows} - {""}
    days = [row.get("changed", "")[:10] for row in rows]
    return CasePackage(
        identifier=root.identifier,
        title=root.statement,
        language=languages.pop() if len(languages) == 1 else "en",
        version="",
        changed=max((day for day in days if len(day) == 10 and day[4] == day[7] == "-"), default=""),
        summary="",
        attribution="",
        source_url="",
        root=root,
        notes=[],
    )
