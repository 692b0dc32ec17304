"""The sheet of a CASE workbook that lists associations, one in each row. No ORM."""

from django.utils.translation import gettext as _

from throughline.frameworks.case.schema import ASSOCIATIONS, NEW_ASSOCIATIONS, Table, is_uuid
from throughline.frameworks.tables.case_package import TABLE, Making, Tie, Told, is_outside
from throughline.frameworks.tables.layout import bare
from throughline.frameworks.tables.xlsx_reading import Sheet
from throughline.kit.text import clean_line, clean_text

_KINDS = {bare(kind): kind for kind in (*ASSOCIATIONS, *NEW_ASSOCIATIONS)}
_KNOWN = frozenset(
    {
        "identifier",
        "associationtype",
        "sequencenumber",
        "notes",
        "annotation",
        "lastchangedatetime",
        "lastchangedate",
    }
    | {"associationgroupidentifier", "associationgroupname"}
    | {
        f"{end}node{part}"
        for end in ("origin", "destination")
        for part in ("identifier", "uri", "humancodingscheme")
    }
)
Row = dict[str, str]


def take_associations(sheet: Sheet, making: Making) -> None:
    """Take every row of the sheet; one that names no item is told as not kept."""
    headings = sheet.rows[0][1]
    for number, cells in sheet.rows[1:]:
        given = {bare(name): text for name, text in zip(headings, cells, strict=False) if text.strip()}
        more = {
            clean_line(name): clean_text(text)
            for name, text in zip(headings, cells, strict=False)
            if text.strip() and bare(name) not in _KNOWN and clean_line(name)
        }
        told = Told(number, kind="association")
        said = clean_line(given.get("associationtype", ""))
        kind = _KINDS.get(bare(said), said)
        origin, destination = _end(given, "origin", making), _end(given, "destination", making)
        told.says = f"{sheet.title}: {_short(making, origin, given, 'origin')} · {kind} · {_short(making, destination, given, 'destination')}"
        faults = [why for (at, _place), why in sheet.faults.items() if at == number]
        if faults:
            told.problem = faults[0]
        elif not kind or not origin or not destination:
            told.lost.append(_("This link names an item that is not in the table."))
        else:
            _keep(making, given, more, kind, origin, destination)
        making.also.append(told)


def _keep(making: Making, given: Row, more: Row, kind: str, origin: str, destination: str) -> None:
    tie = Tie(
        kind,
        origin,
        destination,
        clean_line(given.get("identifier", "")).lower(),
        _fields(making, given, more),
    )
    making.ties.append(tie)
    item = making.items.get(origin)
    if kind == "isChildOf" and item is not None and destination in making.items and not item.parents:
        item.parents.append(destination)
        item.sequence = item.sequence or given.get("sequencenumber", "").strip()


def _end(given: Row, end: str, making: Making) -> str:
    """The item that an end of an association names, or what stands outside of this table."""
    outside = ""
    for part in ("identifier", "uri", "humancodingscheme"):
        words = clean_line(given.get(f"{end}node{part}", ""))
        low = words.lower()
        if words and making.document["identifier"] in (low, low.rstrip("/").rpartition("/")[2]):
            return str(making.document["identifier"])
        found = making.named(words) if words else ""
        if found:
            return found
        if part != "humancodingscheme" and is_outside(words):
            outside = outside or words
    return outside


def _short(making: Making, found: str, given: Row, end: str) -> str:
    item = making.items.get(found)
    if item is not None:
        return str(item.fields.get("humanCodingScheme") or item.said)
    names = (
        clean_line(given.get(f"{end}node{part}", "")) for part in ("humancodingscheme", "identifier", "uri")
    )
    return (found or next((name for name in names if name), "–"))[:80]


def _fields(making: Making, given: Row, more: Row) -> Table:
    fields: Table = {}
    note = clean_text(given.get("notes", "") or given.get("annotation", ""))
    if note:
        fields["notes"] = note
    changed = clean_line(given.get("lastchangedatetime", "") or given.get("lastchangedate", ""))
    if changed:
        fields["lastChangeDateTime"] = changed
    if given.get("sequencenumber", "").strip().isdecimal():
        fields["sequenceNumber"] = int(given["sequencenumber"])
    name = clean_line(given.get("associationgroupname", ""))
    identifier = clean_line(given.get("associationgroupidentifier", "")).lower()
    if name or identifier:
        fields["CFAssociationGroupingURI"] = _grouping(making, identifier, name)
    if more:
        fields["extensions"] = {TABLE: more}
    return fields


def _grouping(making: Making, identifier: str, name: str) -> Table:
    identifier = identifier if is_uuid(identifier) else making.made_id("grouping", identifier or name)
    name = name or identifier
    rows = making.definitions.setdefault("CFAssociationGroupings", [])
    if all(each["identifier"] != identifier for each in rows):
        rows.append({"identifier": identifier, "title": name})
    return {"title": name, "identifier": identifier, "uri": f"urn:uuid:{identifier}"}
