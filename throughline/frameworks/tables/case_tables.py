"""A table that a CASE tool wrote: one item in each row, its place told by a parent or by a number. No ORM.

Besides the items there may be facts above the headings (`#title`), and in a workbook the sheets CF Doc and CF Association.
"""

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import TITLE_LIMIT
from throughline.frameworks.case.schema import Table, is_uuid
from throughline.frameworks.tables.case_associations import take_associations
from throughline.frameworks.tables.case_package import (
    KEPT,
    TABLE,
    Item,
    Making,
    Tie,
    checked_dates,
    hang_by_place,
    is_outside,
    item_fields,
    listed,
    made_id,
)
from throughline.frameworks.tables.cells import Cells
from throughline.frameworks.tables.layout import TIES, bare, case_heading
from throughline.kit.text import clean_line, clean_text

Row = dict[str, str]
_WHERE = frozenset({"identifier", "parent", "whole", "place", "sequence", "license"})
_DAYS = frozenset({"lastChangeDateTime", "statusStartDate", "statusEndDate"})
# What a table says of the framework itself, as CASE calls it.
_DOCUMENT = {
    "identifier": "identifier",
    "title": "title",
    "creator": "creator",
    "author": "creator",
    "publisher": "publisher",
    "description": "description",
    "summary": "description",
    "version": "version",
    "language": "language",
    "officialsourceurl": "officialSourceURL",
    "source": "officialSourceURL",
    "adoptionstatus": "adoptionStatus",
    "subject": "subject",
    "notes": "notes",
    "statusstartdate": "statusStartDate",
    "statusenddate": "statusEndDate",
    "lastchangedatetime": "lastChangeDateTime",
    "lastchangedate": "lastChangeDateTime",
}


def case_columns(cells: Cells) -> dict[int, str]:
    """What each column is; a second one for the same thing is a column that CASE does not know."""
    columns: dict[int, str] = {}
    for place, cell in enumerate(cells.headings):
        name = case_heading(cell)
        columns[place] = "" if name in columns.values() else name
    return columns


def case_making(cells: Cells, title: str) -> Making:
    """What the table says, to be finished as a package; `title` is for one that does not say its own."""
    columns = case_columns(cells)
    cells.remarks = {at: said for at, said in cells.remarks.items() if columns.get(at[1]) not in _DAYS}
    rows = {
        number: {name: row[at] for at, name in columns.items() if name and at < len(row) and row[at].strip()}
        for number, row in cells.rows
    }
    outside = _outside(list(rows.values()))
    making = Making(_document(cells, list(rows.values()), title, outside))
    _tell_document(cells, making)
    making.columns = [(cells.name(at), columns[at] or KEPT) for at in range(len(cells.headings))]
    read = {at for at, name in columns.items() if name}
    code = next((at for at, name in columns.items() if name == "humanCodingScheme"), -1)
    for number, row in cells.rows:
        told = making.look_at(cells, number, row, read, code)
        more = {
            cells.name(at): clean_text(text)
            for at, text in enumerate(row[: len(cells.headings)])
            if not columns.get(at) and clean_text(text)
        }
        if not told.problem:
            _take(making, number, rows[number], more)
    _parents(making, rows, outside)
    if "associations" in cells.parts:
        take_associations(cells.parts["associations"], making)
    if hang_by_place(making):
        making.notes.append(_("The tree was built from the numbering (smartLevel)."))
    for item in making.items.values():
        _ties(making, item, rows[item.row], {name: cells.name(at) for at, name in columns.items()})
    return making


def _outside(rows: list[Row]) -> str:
    """The one parent outside the table, which then is the framework itself; empty when there are several."""
    known = {
        clean_line(row.get(name, "")).lower() for row in rows for name in ("identifier", "humanCodingScheme")
    }
    wanted = {each for row in rows if (each := clean_line(row.get("parent", "")))}
    strange = {each for each in wanted if each.lower() not in known}
    return strange.pop() if len(strange) == 1 and len(rows) > 1 else ""


def _document(cells: Cells, rows: list[Row], title: str, outside: str) -> Table:
    """What is said of the framework itself: in the sheet CF Doc, above the headings, or in every row alike."""
    said, more = _said(cells)
    name = clean_line(said.get("title", "") or title)[:TITLE_LIMIT] or _("A framework")
    wholes = {clean_line(row["whole"]).lower() for row in rows if row.get("whole")}
    whole = wholes.pop() if len(wholes) == 1 else ""
    guesses = [each.lower() for each in (whole, outside) if is_uuid(each)]
    document: Table = {
        "identifier": clean_line(said.pop("identifier", "")).lower() or next(iter(guesses), made_id(name)),
        "title": name,
        "caseVersion": "1.1",
    }
    languages = {clean_line(row["language"]).lower() for row in rows if row.get("language")}
    if len(languages) == 1 and "language" not in said:
        document["language"] = languages.pop()
    for key, text in said.items():
        if key == "subject":
            document[key] = listed(text)
        elif key != "title":
            document[key] = clean_text(text) if key in ("description", "notes") else clean_line(text)
    return document | ({"extensions": {TABLE: more}} if more else {})


def _said(cells: Cells) -> tuple[Row, Row]:
    """The facts that CASE knows, and others."""
    facts = {name: (name, text) for name, text in cells.facts.items()}
    sheet = cells.parts.get("document")
    if sheet is not None and len(sheet.rows) > 1:
        names, values = sheet.rows[0][1], sheet.rows[1][1]
        facts |= {bare(name): (clean_line(name), text) for name, text in zip(names, values, strict=False)}
    known = {
        _DOCUMENT[key]: text for key, (_name, text) in facts.items() if key in _DOCUMENT and text.strip()
    }
    more = {
        name: text for key, (name, text) in facts.items() if key not in _DOCUMENT and key and text.strip()
    }
    return known, more


def _tell_document(cells: Cells, making: Making) -> None:
    sheet = cells.parts.get("document")
    if "title" not in _said(cells)[0]:
        making.notes.append(_("The table has no title for the framework, so the file’s name was used."))
    if sheet is not None and len(sheet.rows) > 2:
        making.notes.append(
            _("The sheet “%(name)s” describes several frameworks. We used the first one.")
            % {"name": sheet.title}
        )


def _take(making: Making, number: int, row: Row, more: Row) -> None:
    fields = item_fields({name: text for name, text in row.items() if name not in _WHERE | TIES}, more)
    checked_dates(fields, making.of_row(number))
    words = fields.get("humanCodingScheme") or fields.get("fullStatement", "")
    if row.get("license"):
        fields["licenseURI"] = _license(making, clean_line(row["license"]))
    place = ".".join(part.strip() for part in row.get("place", "").strip(". ").split("."))
    identifier = clean_line(row.get("identifier", "")).lower() or making.free_id(words)
    making.add(Item(number, identifier, fields, place=place, sequence=row.get("sequence", "").strip()))


def _license(making: Making, name: str) -> Table:
    identifier = making.made_id("license", name)
    rows = making.definitions.setdefault("CFLicenses", [])
    if all(each["identifier"] != identifier for each in rows):
        rows.append({"identifier": identifier, "title": name, "licenseText": name})
    uri = name if "://" in name else f"urn:uuid:{identifier}"
    return {"title": name, "identifier": identifier, "uri": uri}


def _parents(making: Making, rows: dict[int, Row], outside: str) -> None:
    top = {making.document["identifier"], outside.lower()}
    for item in making.items.values():
        cell = clean_line(rows[item.row].get("parent", ""))
        for words in [cell] if making.named(cell) or cell.lower() in top else listed(cell):
            found = making.named(words)
            if found:
                item.parents.append(found)
            elif words.lower() not in top:
                making.of_row(item.row).problem = _("The parent %(it)s is not in the table.") % {
                    "it": words[:80]
                }


def _ties(making: Making, item: Item, row: Row, names: Row) -> None:
    """The associations that columns such as “Precedes” tell; what names nothing is not kept, and said."""
    for kind in TIES & set(row):
        for words in listed(row[kind]):
            target = making.named(words) or (words if is_outside(words) else "")
            if target:
                item.ties.append(Tie(kind, item.identifier, target))
            else:
                making.of_row(item.row).lost.append(
                    _("%(column)s: “%(words)s” is not an item in this table.")
                    % {"column": names.get(kind, kind), "words": words[:80]}
                )
