"""A table of another program as a CASE package, so that everything in it is kept for the export. No ORM.

What becomes of it is decided as for any package (`case.mapping`). What CASE has no field for goes along in `extensions`.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case.item_tree import natural
from throughline.frameworks.case.reading import CasePackage, package_from
from throughline.frameworks.case.schema import Table, is_date, is_uuid
from throughline.frameworks.case.serialization import in_bytes, kept
from throughline.frameworks.limits import LONGEST_TEXT, MOST_ITEMS
from throughline.frameworks.markup import flattened
from throughline.frameworks.tables.cells import Cells
from throughline.frameworks.tables.row_result import SAID
from throughline.kit.text import clean_line, clean_text

KEPT = "kept"  # of a column that means nothing here, but goes along
TABLE = "table"  # our name in `extensions` for columns that CASE does not know
LISTS = ("educationLevel", "conceptKeywords", "subject")
DATES = ("statusStartDate", "statusEndDate")
_BETWEEN = re.compile(r"\s*[,;|\n]\s*")


@dataclass(slots=True)
class Tie:
    """An association to be, from an item to what a cell or a row names; `identifier` if the file says one."""

    kind: str
    origin: str
    target: str
    identifier: str = ""
    fields: Table = field(default_factory=dict)


@dataclass(slots=True)
class Item:
    """An item to be, and where it belongs: under a parent that it names, or by its place in a numbering."""

    row: int
    identifier: str
    fields: Table
    parents: list[str] = field(default_factory=list)
    place: str = ""
    sequence: str = ""
    ties: list[Tie] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Its words in short."""
        words = self.fields.get("abbreviatedStatement") or self.fields.get("fullStatement", "")
        return flattened(words, SAID)


@dataclass(slots=True)
class Told:
    """What became of one row: its words, why it cannot be taken, what of it is not kept, how it was read."""

    row: int
    says: str = ""
    problem: str = ""
    lost: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    item: str = ""
    kind: str = "item"


@dataclass(slots=True)
class Making:
    """A package being made. `told` has every row of the file by its number in its sheet."""

    document: Table
    items: dict[str, Item] = field(default_factory=dict)
    told: dict[int, Told] = field(default_factory=dict)
    also: list[Told] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    rubrics: list[Table] = field(default_factory=list)
    definitions: Table = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)  # headings, and what each means
    codes: dict[str, str] = field(
        default_factory=dict
    )  # items by their code; of a code that several have, the first

    def of_row(self, row: int) -> Told:
        """What is told of a row."""
        return self.told.setdefault(row, Told(row))

    def look_at(
        self, cells: Cells, number: int, row: list[str], read: Container[int], code: int = -1
    ) -> Told:
        """What is told of a row of which these columns are read, before anything becomes of it."""
        told, look = self.of_row(number), cells.look(number, row, read, code)
        told.problem, told.lost, told.remarks = look.problem, look.lost, look.remarks
        return told

    def made_id(self, *parts: str) -> str:
        """An identifier for something that has none: always the same for the same words in the same framework."""
        return made_id(self.document["identifier"], *parts)

    def add(self, item: Item) -> None:
        """Take an item, or say on its row why not."""
        told = self.of_row(item.row)
        told.says, told.item = item.said, item.identifier
        known = self.items.get(item.identifier)
        if len(item.identifier) > 200:
            told.problem = _("The identifier must have between 1 and 200 characters.")
        elif known is not None:
            told.problem = _("This identifier is already in row %(row)d.") % {"row": known.row}
        elif item.identifier == self.document["identifier"].lower():
            told.problem = _("This row has the identifier of the framework itself.")
        elif not item.fields.get("fullStatement"):
            told.problem = _("Text is missing here.")
        elif any(len(text) > LONGEST_TEXT for text in item.fields.values() if isinstance(text, str)):
            told.problem = _("A text is longer than %(limit)d characters.") % {"limit": LONGEST_TEXT}
        else:
            self.items[item.identifier] = item
            if item.fields.get("humanCodingScheme"):
                self.codes.setdefault(item.fields["humanCodingScheme"].lower(), item.identifier)
        if len(self.items) > MOST_ITEMS:
            raise FrameworkProblem(_("There are more than %(limit)d items.") % {"limit": MOST_ITEMS})

    def named(self, words: str) -> str:
        """The identifier of the item that these words name: by identifier, by the end of an address, by code."""
        low = words.strip().lower()
        for each in (low, low.rstrip("/").rpartition("/")[2]):
            if each in self.items:
                return each
        return self.codes.get(low, "")

    def free_id(self, words: str) -> str:
        """An identifier for a new item that is called so."""
        found, times = self.made_id(words), 1
        while found in self.items:
            times += 1
            found = self.made_id(words, str(times))
        return found

    @property
    def is_sound(self) -> bool:
        """Whether no row has a problem."""
        return not any(told.problem for told in [*self.told.values(), *self.also])


def made_id(*parts: str) -> str:
    """A UUID that is the same for the same words, on every installation."""
    return str(uuid5(NAMESPACE_URL, "throughline:case-table:" + ":".join(parts)))


def listed(cell: str) -> list[str]:
    """The parts of a cell that lists several; unlike `layout.several` with a bar between them too, and quotes are text."""
    return [part for part in (clean_line(each) for each in _BETWEEN.split(cell)) if part]


def item_fields(row: dict[str, str], more: dict[str, str]) -> Table:
    """The fields of an item from the cells of its row; `more` are columns that CASE does not know."""
    fields: Table = {}
    for name, cell in row.items():
        text = clean_text(cell)
        if not text:
            continue
        if name in LISTS:
            fields[name] = listed(text)
        elif name in ("fullStatement", "abbreviatedStatement", "notes", "alternativeLabel"):
            fields[name] = text
        else:
            fields[name] = clean_line(text)
    if fields.get("abbreviatedStatement"):
        fields.setdefault("fullStatement", fields["abbreviatedStatement"])
    if more:
        fields["extensions"] = {TABLE: more}
    return fields


def finish(making: Making) -> CasePackage | None:
    """The package, when every row is sound."""
    if not making.is_sound:
        return None
    if not making.items:
        raise FrameworkProblem(_("A framework needs at least one competency."))
    package: Table = {
        "CFDocument": making.document,
        "CFItems": [{"identifier": each.identifier, **each.fields} for each in making.items.values()],
        "CFAssociations": list(_associations(making)),
    }
    if making.definitions:
        package["CFDefinitions"] = making.definitions
    if making.rubrics:
        package["CFRubrics"] = making.rubrics
    found = package_from(package, kept(in_bytes(package)))
    found.notes = [*making.notes, *found.notes]
    return found


def _associations(making: Making) -> list[Table]:
    """The tree, then every other tie. Of a tie that is said twice the first counts."""
    document = making.document
    said = {(tie.origin, tie.target): tie for tie in making.ties if tie.kind == "isChildOf"}
    rows: dict[tuple[str, str, str], Table] = {}
    for parent, children in _children(making).items():
        whole = all(re.fullmatch(r"[0-9]{1,9}", item.sequence) for item in children)
        for place, item in enumerate(children, start=1):
            tie = said.get((item.identifier, parent)) or Tie("isChildOf", item.identifier, parent)
            made = _association(making, tie)
            made["sequenceNumber"] = int(item.sequence) if whole else place
            rows[("isChildOf", item.identifier, parent)] = made
    for tie in [*making.ties, *(tie for item in making.items.values() for tie in item.ties)]:
        if tie.kind == "isChildOf" and tie.target == document["identifier"]:
            continue
        rows.setdefault((tie.kind, tie.origin, tie.target), _association(making, tie))
    return list(rows.values())


def _association(making: Making, tie: Tie) -> Table:
    identifier = tie.identifier or making.made_id("association", tie.kind, tie.origin, tie.target)
    return {
        "identifier": identifier,
        "associationType": tie.kind,
        "originNodeURI": _end(making, tie.origin),
        "destinationNodeURI": _end(making, tie.target),
        **tie.fields,
    }


def _end(making: Making, target: str) -> Table:
    if target == making.document["identifier"]:
        return {"title": making.document["title"], "identifier": target, "uri": f"urn:uuid:{target}"}
    item = making.items.get(target)
    title = item.fields.get("humanCodingScheme") or item.said if item else ""
    if "://" in target:
        return {"title": title, "identifier": target.rstrip("/").rpartition("/")[2], "uri": target}
    return {"title": title, "identifier": target, "uri": f"urn:uuid:{target}"}


def _children(making: Making) -> dict[str, list[Item]]:
    """The items below each parent, in order: by their sequence, their numbering, their code, their row."""
    found: dict[str, list[Item]] = {}
    for item in making.items.values():
        for parent in item.parents or [making.document["identifier"]]:
            found.setdefault(parent, []).append(item)
    numbered = any(item.parents for item in making.items.values())
    for children in found.values():
        children.sort(
            key=lambda item: (
                natural(item.sequence),
                natural(item.fields.get("listEnumeration", "")) if numbered and not item.place else (1,),
                natural(item.place or item.fields.get("humanCodingScheme", "")),
                item.row,
            )
        )
    return found


def hang_by_place(making: Making) -> bool:
    """Give every item that names no parent the one whose place in the numbering is one shorter. Whether there was one."""
    by_place = {item.place: identifier for identifier, item in making.items.items() if item.place}
    hung = False
    for item in making.items.values():
        if item.place and not item.parents:
            parent = by_place.get(item.place.rpartition(".")[0], "")
            if parent:
                item.parents, hung = [parent], True
    return hung


def is_outside(words: str) -> bool:
    """Whether these words can name something in another framework: an identifier or an address."""
    return is_uuid(words) or bool(re.match(r"https?://\S+$", words))


def checked_dates(fields: Table, told: Told) -> None:
    """Take out days that are none, and say so."""
    for name in DATES:
        day = fields.get(name)
        if day is not None and not is_date(day):
            if re.match(r"\d{4}-\d\d-\d\d[T ]", day) and is_date(day[:10]):
                fields[name] = day[:10]
            else:
                told.lost.append(f"{name}: {fields.pop(name)}")
