"""Making a package fit an edition of CASE, whatever edition it came in. What fits already is left as it is. No ORM.

1.1 has `extensions`: what it does not know moves there, under `throughline` / `carried`.
1.0 has none: what 1.1 added is left out, and a kind of association that 1.0 does not know becomes `isRelatedTo`.
"""

import re
from datetime import datetime
from typing import Any

from throughline.frameworks.blueprint import steady_id
from throughline.frameworks.case.schema import (
    MANY,
    ONE,
    OURS,
    SHAPES,
    Table,
    fits,
    is_moment,
    is_uuid,
    named,
    uuid_of,
)

CARRIED = "carried"
_DERIVED = {"CFDocumentURI", "CFPackageURI"}  # said again by whoever serves the object
_GONE = object()
NEVER = "1970-01-01T00:00:00+00:00"


def fitted(package: Table, edition: str, came: str, *, keep: bool = False) -> Table:
    """The package, which came in the edition `came`, as `edition` wants it: valid by its schema.

    `keep`: fields that the standard does not know stay where they are.
    """
    document = package.get("CFDocument")
    said = document.get("lastChangeDateTime") if isinstance(document, dict) else None
    since = str(said) if is_moment(said) else NEVER
    made: Table = fitted_object(package, "CFPackage", edition, since, keep=keep)
    if edition == "1.1" and came == "1.0":
        made["CFDocument"].setdefault("caseVersion", "1.1")
    items = package.get("CFItems") or []
    names = [row.get("identifier") for row in (package["CFDocument"], *items)]
    renamed = {named(name) for name in names if name and not is_uuid(name)}
    if renamed:
        for row in made.get("CFAssociations", ()):
            for end in ("originNodeURI", "destinationNodeURI"):
                said = row[end]["identifier"]
                if not is_uuid(said) and named(said) in renamed:
                    row[end] = {**row[end], "identifier": named(said)}
    return made


def fitted_object(value: Table, shape: str, edition: str, changed: str = NEVER, *, keep: bool = False) -> Any:
    """One object of the standard, made to fit. `changed` stands in where no time of change is given."""
    kinds = SHAPES[shape].kinds(edition)
    made: Table = {}
    carried: Table = {}
    for name, held in value.items():
        kind = kinds.get(name)
        if kind is None:
            if keep:
                made[name] = held
            elif name not in _DERIVED:
                carried[name] = held
            continue
        if kind in ONE or kind in MANY:
            new = _objects(held, kind, edition, changed, keep)
        else:
            new = held if fits(kind, held, edition) else _coerced(kind, held, edition)
        if new is _GONE:
            if held not in (None, [], {}):
                carried[name] = held
        else:
            made[name] = new
    _fill(made, shape, changed, edition)
    if edition == "1.1" and carried:
        _carry(made, shape, carried)
    return made


def _objects(held: Any, kind: str, edition: str, changed: str, keep: bool) -> Any:
    if kind in ONE:
        return fitted_object(held, kind, edition, changed, keep=keep) if isinstance(held, dict) else _GONE
    if not isinstance(held, list) or not all(isinstance(each, dict) for each in held):
        return _GONE
    return [fitted_object(each, kind, edition, changed, keep=keep) for each in held]


def _carry(made: Table, shape: str, carried: Table) -> None:
    listed = SHAPES[shape].fields["extensions"] == "owns"
    own = made.get("extensions", [] if listed else {})
    first = {**own[0]} if listed and own else {} if listed else {**own}
    ours = first.get(OURS)
    first[OURS] = {**(ours if isinstance(ours, dict) else {}), CARRIED: carried}
    made["extensions"] = [first, *own[1:]] if listed else first


def _coerced(kind: str, held: Any, edition: str) -> Any:
    """The same said in the right form, or `_GONE`."""
    if kind == "text":
        return str(held) if isinstance(held, int | float) and not isinstance(held, bool) else _GONE
    if kind == "texts":
        return [held] if isinstance(held, str) and held else _GONE
    if kind == "uuid":
        return uuid_of(held) if isinstance(held, str) and held else _GONE
    if kind == "moment":
        return _moment(held)
    if kind == "date":
        found = re.match(r"\d{4}-\d\d-\d\d(?=[Tt ])", held) if isinstance(held, str) else None
        return found[0] if found and fits("date", found[0], edition) else _GONE
    if kind in ("integer", "number"):
        return _number(kind, held)
    if kind in ("link", "end"):
        return _link(held, kind, edition)
    if kind == "links" and isinstance(held, list):
        found_links = [each if fits("link", each, edition) else _link(each, "link", edition) for each in held]
        return [each for each in found_links if each is not _GONE]
    if kind == "association" and isinstance(held, str):
        return (
            "isRelatedTo" if edition == "1.0" else "ext:" + (re.sub(r"[^A-Za-z0-9._-]", "-", held) or "other")
        )
    return _GONE


def _moment(held: Any) -> Any:
    try:
        found = datetime.fromisoformat(held.strip()) if isinstance(held, str) else None
    except ValueError:
        return _GONE
    if found is None:
        return _GONE
    text = found.isoformat()
    return text if found.tzinfo else text + "+00:00"


def _number(kind: str, held: Any) -> Any:
    if isinstance(held, str) and re.fullmatch(r"\s*-?[0-9]{1,15}\s*", held):
        return int(held)
    if isinstance(held, float) and kind == "integer" and held.is_integer():
        return int(held)
    return _GONE


def _link(held: Any, kind: str, edition: str) -> Any:
    if isinstance(held, str) and held:
        held = {"uri": held}
    if not isinstance(held, dict):
        return _GONE
    texts = {key: each for key in ("title", "identifier", "uri") if isinstance(each := held.get(key), str)}
    said = texts.get("identifier") or texts.get("uri", "").rstrip("/").rpartition("/")[2]
    if not said:
        return _GONE
    identifier = uuid_of(said) if kind == "link" else said
    made = {
        "title": texts.get("title", ""),
        "identifier": identifier,
        "uri": texts.get("uri") or f"urn:uuid:{uuid_of(said)}",
    }
    target = {"targetType": held.get("targetType")}
    return made | target if fits("end", made | target, edition) and kind == "end" else made


def _fill(made: Table, shape: str, changed: str, edition: str) -> None:
    """What must be there and is not, said as modestly as possible."""
    for name in SHAPES[shape].needed:
        if name in made or (edition == "1.0" and (shape, name) == ("CFItemType", "description")):
            continue
        if name == "lastChangeDateTime":
            made[name] = changed
        elif name == "uri":
            made[name] = f"urn:uuid:{made.get('identifier', '')}"
        elif name == "identifier":
            made[name] = str(steady_id("case", "nameless", shape, repr(made)))
        elif name == "fullStatement":
            made[name] = made.get("abbreviatedStatement", "")
        elif name == "creator":
            made[name] = made.get("publisher") or "–"
        elif name in ("description", "hierarchyCode", "title", "licenseText"):
            made[name] = made.get("title", "")
