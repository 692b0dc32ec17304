"""Reading a CASE 1.0 or 1.1 package: bytes in, a checked tree out, or one `FrameworkProblem` that says where. No ORM.

Lenient where packages in use differ (no `sequenceNumber`, an item without a parent, unknown kinds of association,
extensions); strict where guessing would make a different framework (cycles, missing items, a name used twice).
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.blueprint import FrameworkProblem
from throughline.frameworks.case.builder import COMPETENCIES
from throughline.frameworks.case.item_tree import (
    CaseNode,
    Links,
    Order,
    let_go_of_ended,
    natural,
    plant,
    refuse_circles,
)
from throughline.frameworks.case.rubrics import steps_in
from throughline.frameworks.case.schema import OURS
from throughline.frameworks.case.serialization import kept
from throughline.frameworks.limits import LONGEST_TEXT, MOST_BYTES, MOST_ITEMS, MOST_NESTED
from throughline.frameworks.unsupported_files import other_json
from throughline.kit import clock
from throughline.kit.text import clean_line, clean_text

Table = dict[str, Any]


@dataclass(slots=True)
class CasePackage:
    """A package that has been checked. `root` stands for the document; `notes` say what was read with leniency;
    `steps` and `told` are what its rubrics say of all items and of each; `kept` is the whole of it for the database;
    `extended`: it says what only CASE 1.1 can say.
    """

    identifier: str
    title: str
    language: str
    version: str
    changed: str
    summary: str
    attribution: str
    source_url: str
    root: CaseNode
    notes: list[str]
    steps: list[dict[str, str]] = field(default_factory=list, repr=False)
    told: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    kept: bytes = field(default=b"", repr=False)
    extended: bool = False

    def nodes(self) -> Iterator[CaseNode]:
        """Every item in order, parents before their children; without the document."""
        waiting = list(reversed(self.root.children))
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def read_case(raw: bytes) -> CasePackage:
    """The package in `raw`. Raises `FrameworkProblem` for anything that is not a sound package."""
    return package_from(_parsed(raw), kept(raw))


def package_from(value: Any, held: bytes) -> CasePackage:
    """The package that plain values hold; `held` is its whole text for the database."""
    table = _package_table(value)
    document = _table(table.get("CFDocument"), "CFDocument")
    title = clean_line(_text(document, "title", "CFDocument", needed=True))
    root = CaseNode(_identifier(document, "CFDocument"), "", title, title, "", own=_own(document))
    items = _items(table, root)
    notes: list[str] = []
    links = _parents(table, root, items, notes)
    refuse_circles(items, links)  # what has ended is given out again too
    _remark_on_ended(let_go_of_ended(items, links, clock.today().isoformat()), notes)
    plant(root, items, links, notes)
    steps, told, others = steps_in(table)
    _remark_on_rubrics(others, notes)
    return CasePackage(
        identifier=root.identifier,
        title=title,
        language=_language(_text(document, "language", "CFDocument")),
        version=clean_line(_text(document, "version", "CFDocument")),
        changed=_last_change(table, document),
        summary=clean_text(_text(document, "description", "CFDocument")),
        attribution=_attribution(document, items.values()),
        source_url=_web_address(document),
        root=root,
        notes=notes,
        steps=steps,
        told=told,
        kept=held,
        extended=_is_extended(table),
    )


def _parsed(raw: bytes) -> Any:
    if len(raw) > MOST_BYTES:
        raise FrameworkProblem(
            _("This file is larger than %(limit)d MB.") % {"limit": MOST_BYTES // 1024 // 1024}
        )
    try:
        text = raw.decode(json.detect_encoding(raw)).removeprefix("\ufeff")
        value = json.loads(text)
        if _is_nested(value):
            raise RecursionError
        return value
    except UnicodeDecodeError:
        raise FrameworkProblem(_("This file is neither UTF-8 nor UTF-16 text.")) from None
    except RecursionError:
        raise FrameworkProblem(_("This file is nested too deeply.")) from None
    except ValueError as error:
        raise FrameworkProblem(_("This is not JSON (%(why)s).") % {"why": str(error)[:200]}) from None


def _is_nested(value: Any) -> bool:
    """Whether there are more levels than we go down into, wherever they are."""
    level = [value]
    for _deep in range(MOST_NESTED + 1):
        rows = [
            each.values() if isinstance(each, dict) else each
            for each in level
            if isinstance(each, dict | list)
        ]
        level = [each for row in rows for each in row]
        if not level:
            return False
    return True


def _package_table(value: Any) -> Table:
    if not isinstance(value, dict):
        raise FrameworkProblem(_("This is JSON, but not a CASE package: it is a list or a single value."))
    table: Table = value
    if isinstance(table.get("CFDocuments"), list):
        raise FrameworkProblem(
            _(
                "This is a list of %(count)d frameworks, not one framework. Fetch the package of one of them "
                "(its address ends in CFPackages/ and an identifier) and import that."
            )
            % {"count": len(table["CFDocuments"])}
        )
    if "imsx_codeMajor" in table:
        raise FrameworkProblem(_("This is an error message of a CASE server, not a framework."))
    inner = table.get("CFPackage")
    if "CFDocument" not in table and isinstance(inner, dict):
        table = inner
    if "CFDocument" not in table and (sentence := other_json(table)):
        raise FrameworkProblem(sentence)
    for key in ("CFDocument", "CFItems"):
        if not table.get(key):
            raise FrameworkProblem(
                _("This is not a CASE package: %(key)s is missing or empty.") % {"key": key}
            )
    return table


def _table(value: Any, where: str) -> Table:
    if not isinstance(value, dict):
        raise FrameworkProblem(_("An object is expected here."), where)
    return value


def _rows(table: Table, key: str) -> Iterator[tuple[str, Table]]:
    rows = table.get(key)
    if rows is None:
        return
    if not isinstance(rows, list):
        raise FrameworkProblem(_("A list is expected here."), key)
    for place, row in enumerate(rows):
        where = f"{key}[{place}]"
        yield where, _table(row, where)


def _text(table: Table, key: str, where: str, *, needed: bool = False) -> str:
    value = table.get(key)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise FrameworkProblem(_("%(key)s must be text.") % {"key": key}, where)
    if "\x00" in value:
        raise FrameworkProblem(_("%(key)s contains a NUL character.") % {"key": key}, where)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise FrameworkProblem(_("%(key)s contains half a character.") % {"key": key}, where) from None
    if len(value) > LONGEST_TEXT:
        raise FrameworkProblem(
            _("%(key)s is longer than %(limit)d characters.") % {"key": key, "limit": LONGEST_TEXT}, where
        )
    if needed and not value.strip():
        raise FrameworkProblem(_("%(key)s is missing.") % {"key": key}, where)
    return value


def _identifier(table: Table, where: str) -> str:
    found = clean_line(_text(table, "identifier", where, needed=True)).lower()
    if not found or len(found) > 200:
        raise FrameworkProblem(_("The identifier must have between 1 and 200 characters."), where)
    return found


def _items(table: Table, root: CaseNode) -> dict[str, CaseNode]:
    items: dict[str, CaseNode] = {}
    for where, row in _rows(table, "CFItems"):
        identifier = _identifier(row, where)
        if identifier in items or identifier == root.identifier:
            raise FrameworkProblem(_("The identifier %(it)s is used twice.") % {"it": identifier}, where)
        short = clean_text(_text(row, "abbreviatedStatement", where))
        statement = clean_text(_text(row, "fullStatement", where)) or short
        if not statement:
            raise FrameworkProblem(_("fullStatement is missing."), where)
        items[identifier] = CaseNode(
            identifier=identifier,
            code=clean_line(_text(row, "humanCodingScheme", where)),
            statement=statement,
            short=short,
            kind=clean_line(_text(row, "CFItemType", where)),
            own=_own(row),
            ends=_day(row, "statusEndDate"),
        )
        if len(items) > MOST_ITEMS:
            raise FrameworkProblem(_("There are more than %(limit)d items.") % {"limit": MOST_ITEMS})
    return items


def _parents(table: Table, root: CaseNode, items: dict[str, CaseNode], notes: list[str]) -> Links:
    """For each item its parents with its order there, from the `isChildOf` associations."""
    numbers = {
        _identifier(row, where): natural(_text(row, "listEnumeration", where))
        for where, row in _rows(table, "CFItems")
    }
    links: Links = {}
    seen: dict[str, tuple[str, str, str]] = {}
    others = 0
    for place, (where, row) in enumerate(_rows(table, "CFAssociations")):
        kind = _text(row, "associationType", where, needed=True)
        child, parent = _end(row, "originNodeURI", where), _end(row, "destinationNodeURI", where)
        own = _text(row, "identifier", where).lower()
        if own and seen.setdefault(own, (kind, child, parent)) != (kind, child, parent):
            raise FrameworkProblem(_("The identifier %(it)s is used twice.") % {"it": own}, where)
        if kind != "isChildOf":
            others += 1
            continue
        if child not in items:
            raise FrameworkProblem(_("The item %(it)s is not in the package.") % {"it": child}, where)
        if parent not in items and parent != root.identifier:
            raise FrameworkProblem(_("The parent %(it)s is not in the package.") % {"it": parent}, where)
        order = (_sequence(row, where), numbers[child], natural(items[child].code), place)
        if all(parent != known for known, _order in links.get(child, [])):
            links.setdefault(child, []).append((parent, order))
    if others:
        notes.append(
            ngettext(
                "%(count)d association of another kind than isChildOf is kept for the export.",
                "%(count)d associations of other kinds than isChildOf are kept for the export.",
                others,
            )
            % {"count": others}
        )
    return links


def _end(row: Table, key: str, where: str) -> str:
    end = _table(row.get(key), f"{where}.{key}")
    if end.get("identifier") is None and isinstance(end.get("uri"), str):
        end = {"identifier": end["uri"].rstrip("/").rpartition("/")[2]}
    return _identifier(end, f"{where}.{key}")


def _sequence(row: Table, where: str) -> Order:
    value = row.get("sequenceNumber")
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,15}\s*", value):
        value = int(value)
    if value is None or value == "":
        return (1,)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise FrameworkProblem(_("sequenceNumber must be a number."), where)
    return (0, value)


def _own(row: Table) -> Table:
    """What an export of ours says beyond the standard (`extensions` reads it); anything else is not ours."""
    own = row.get("extensions")
    ours = own.get(OURS) if isinstance(own, dict) else None
    return ours if isinstance(ours, dict) else {}


def _day(row: Table, key: str) -> str:
    value = row.get(key)
    found = re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) if isinstance(value, str) else None
    return found[0] if found else ""


def _remark_on_ended(count: int, notes: list[str]) -> None:
    if count:
        notes.append(
            ngettext(
                "%(count)d item is marked by its publisher as ended and was left out.",
                "%(count)d items are marked by their publisher as ended and were left out.",
                count,
            )
            % {"count": count}
        )


def _remark_on_rubrics(count: int, notes: list[str]) -> None:
    if count:
        notes.append(
            ngettext(
                "%(count)d rubric criterion does not fit our four steps. It is kept for export.",
                "%(count)d rubric criteria do not fit our four steps. They are kept for export.",
                count,
            )
            % {"count": count}
        )


def _language(given: str) -> str:
    first = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", given.strip())
    return first[0].lower() if first else "en"


def _last_change(table: Table, document: Table) -> str:
    """The latest day on which anything in the package changed, as `2026-11-22`; empty when none is given."""
    days = [_text(document, "lastChangeDateTime", "CFDocument")]
    for key in ("CFItems", "CFAssociations"):
        days.extend(_text(row, "lastChangeDateTime", where) for where, row in _rows(table, key))
    found = [day[:10] for day in days if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day)]
    return max(found, default="")


def _is_extended(table: Table) -> bool:
    """Whether the package uses what 1.1 added to objects."""
    document = table["CFDocument"]
    if document.get("caseVersion") == "1.1" or "extensions" in document:
        return True
    return any("extensions" in row for _where, row in _rows(table, "CFItems"))


def _attribution(document: Table, items: Iterable[CaseNode]) -> str:
    ours = any(node.kind in COMPETENCIES.values() for node in items)
    notes = clean_text(_text(document, "notes", "CFDocument")) if ours else ""
    if notes:  # where an export of ours says it, in CASE 1.0 too
        return notes
    licence = document.get("licenseURI")
    parts = [clean_line(_text(document, key, "CFDocument")) for key in ("creator", "publisher")]
    if isinstance(licence, dict):
        parts.append(clean_line(_text(licence, "title", "CFDocument.licenseURI")))
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _web_address(document: Table) -> str:
    address = clean_line(_text(document, "officialSourceURL", "CFDocument"))
    return address if re.match(r"https?://[^\s]+$", address) and len(address) <= 2000 else ""
