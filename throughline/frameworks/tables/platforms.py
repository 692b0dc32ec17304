"""Tables as learning platforms write them: a competency framework from Moodle, outcomes from Canvas. No ORM."""

import re
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.blueprint import TITLE_LIMIT
from throughline.frameworks.case.mapping import OUTCOME, OUTCOME_GROUP
from throughline.frameworks.case.schema import Table, is_uuid
from throughline.frameworks.markup import plain_lines
from throughline.frameworks.tables.case_package import KEPT, TABLE, Item, Making, Tie, item_fields, made_id
from throughline.frameworks.tables.cells import Cells
from throughline.frameworks.tables.layout import bare
from throughline.kit.text import clean_line, clean_text

Row = dict[str, str]
_MOODLE = {
    "parentidnumber": "parent",
    "idnumber": "id",
    "shortname": "name",
    "description": "text",
    "isframework": "whole",
    "taxonomy": "types",
    "scalevalues": "scale",
    "crossreferencedcompetencyidnumbers": "related",
}
_CANVAS = {
    "vendorguid": "id",
    "objecttype": "kind",
    "title": "name",
    "description": "text",
    "displayname": "label",
    "parentguids": "parent",
    "workflowstate": "state",
    "ratings": "ratings",
}


def moodle_making(cells: Cells, title: str) -> Making:
    """A competency framework as Moodle exports it: the framework in a row of its own, competencies under each other."""
    columns = _columns(cells, _MOODLE)
    rows = {number: _row(row, columns) for number, row in cells.rows}
    head = next(
        (number for number, row in rows.items() if clean_line(row.get("whole", "")) in ("1", "true", "TRUE")),
        0,
    )
    whole = rows.get(head, {})
    making = Making(
        _document("moodle", whole.get("id", ""), whole.get("name", "") or title, whole.get("text", ""))
    )
    if not head:
        making.notes.append(_("The table has no title for the framework, so the file’s name was used."))
    making.columns = _meanings(cells, columns)
    types = [clean_line(each).capitalize() for each in whole.get("types", "").split(",") if each.strip()]
    for number, row in cells.rows:
        told = making.look_at(cells, number, row, set(columns))
        more = _more(cells, row, columns)
        given = rows[number]
        if number == head:
            told.kind, told.says = "title", making.document["title"]
            _put_more(making.document, more | _html(given))
        elif not told.problem:
            _take(making, number, given, more)
    _hang_by_code(making, rows, whole.get("id", ""))
    _name_types(making, types)
    _relate(making, rows)
    scale = [clean_line(each) for each in whole.get("scale", "").split(",") if clean_line(each)]
    if scale:
        making.rubrics = [_rubric(making, [("", [(each, "", "") for each in scale])])]
    return making


def _columns(cells: Cells, known: Row) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, cell in enumerate(cells.headings):
        name = known.get(bare(cell), "")
        if name and name not in columns.values():
            columns[place] = name
    return columns


# What the columns of platforms mean, in the words of `labels.COLUMNS`.
_MEANS = {
    "id": "identifier",
    "text": "description",
    "whole": "framework",
    "types": "type",
    "kind": "type",
    "scale": "steps",
    "ratings": "steps",
    "related": KEPT,
    "label": KEPT,
}


def _meanings(cells: Cells, columns: dict[int, str]) -> list[tuple[str, str]]:
    return [
        (cells.name(at), _MEANS.get(columns.get(at, KEPT), columns.get(at, KEPT)))
        for at, text in enumerate(cells.headings)
        if text.strip()
    ]


def _row(row: list[str], columns: dict[int, str]) -> Row:
    return {name: row[at] for at, name in columns.items() if at < len(row) and row[at].strip()}


def _more(cells: Cells, row: list[str], columns: dict[int, str]) -> Row:
    return {
        cells.name(at): clean_text(text)
        for at, text in enumerate(row[: len(cells.headings)])
        if at not in columns and clean_text(text) not in ("", "null")
    }


def _html(given: Row) -> Row:
    """A description as it came, where it says more than its plain text."""
    text = clean_text(given.get("text", ""))
    return {"description": text} if text != plain(text) else {}


def _put_more(row: Table, more: Row) -> None:
    if more:
        row["extensions"] = {TABLE: more}


def _document(platform: str, identifier: str, title: str, text: str) -> Table:
    name = clean_line(title)[:TITLE_LIMIT] or _("A framework")
    document: Table = {"identifier": made_id(platform, clean_line(identifier) or name), "title": name}
    document["caseVersion"] = "1.1"
    if plain(text):
        document["description"] = plain(text)
    return document


def _take(making: Making, number: int, given: Row, more: Row) -> None:
    """An item with a short name and a longer text, known by the id that the platform gave it."""
    key = clean_line(given.get("id", ""))
    name, text = clean_line(given.get("name", "")), plain(given.get("text", ""))
    fields = item_fields(
        {
            "humanCodingScheme": key,
            "abbreviatedStatement": name if text and text != name else "",
            "fullStatement": text or name,
        },
        more | _html(given),
    )
    identifier = making.made_id("item", key) if key else making.free_id(name)
    making.add(Item(number, key.lower() if is_uuid(key) else identifier, fields))


def _hang_by_code(making: Making, rows: dict[int, Row], whole: str) -> None:
    for item in making.items.values():
        wanted = clean_line(rows[item.row].get("parent", ""))
        found = making.codes.get(wanted.lower(), "")
        if found:
            item.parents.append(found)
        elif wanted and wanted != clean_line(whole):
            making.of_row(item.row).problem = _("The parent %(it)s is not in the table.") % {
                "it": wanted[:80]
            }


def _name_types(making: Making, types: list[str]) -> None:
    """The type of each item by its depth, as the framework says it."""
    for item in making.items.values():
        depth, here = 0, item
        while here.parents and depth < len(types):
            depth, here = depth + 1, making.items[here.parents[0]]
        if types and depth < len(types):
            item.fields["CFItemType"] = types[depth]


def _relate(making: Making, rows: dict[int, Row]) -> None:
    for item in making.items.values():
        for words in rows[item.row].get("related", "").split(","):
            code = clean_line(unquote(words))
            target = making.codes.get(code.lower(), "")
            if target:
                item.ties.append(Tie("isRelatedTo", item.identifier, target))
            elif code:
                making.of_row(item.row).lost.append(
                    _("Cross-referenced: “%(words)s” is not an item in this table.") % {"words": code[:80]}
                )


def canvas_making(cells: Cells, title: str) -> Making:
    """Outcomes as Canvas exports them: groups, the outcomes in them, and each outcome's ratings from the highest down."""
    columns = _columns(cells, _CANVAS)
    first = next((at for at, name in columns.items() if name == "ratings"), len(cells.headings))
    after = next((at for at in range(first + 1, len(cells.headings)) if cells.headings[at].strip()), 10_000)
    making = Making(_document("canvas", "", title, ""))
    making.notes.append(_("The table has no title for the framework, so the file’s name was used."))
    making.columns = _meanings(cells, columns)
    rows: dict[int, Row] = {}
    ratings: dict[int, list[tuple[str, str]]] = {}
    keys: dict[str, str] = {}
    for number, row in cells.rows:
        told = making.look_at(cells, number, row[:first], set(columns) - {first})
        rows[number] = given = _row(row, columns)
        if given.get("state", "active").strip().lower() == "deleted":
            told.says, told.kind = clean_line(given.get("name", "")), ""
            told.lost.append(_("This is deleted in Canvas and was left out."))
            continue
        ratings[number] = _pairs(row[first:after])
        if not told.problem:
            _take_outcome(making, number, given, _more(cells, _but(row, first, after), columns), keys)
    for item in making.items.values():
        item.parents = [keys[word] for word in rows[item.row].get("parent", "").split() if word in keys]
    _group_the_rest(making)
    _rate(making, {item.row: ratings.get(item.row, []) for item in making.items.values()})
    return making


def _group_the_rest(making: Making) -> None:
    """Outcomes that are in no group, beside others that are: they come into one that is called as the whole."""
    outcomes = [item for item in making.items.values() if item.fields["CFItemType"] == OUTCOME]
    alone = [item for item in outcomes if not item.parents]
    if not alone or len(alone) == len(making.items):
        return
    title = making.document["title"]
    group = Item(
        max(making.told) + 1, making.made_id("group"), {"fullStatement": title, "CFItemType": OUTCOME_GROUP}
    )
    making.items[group.identifier] = group
    for item in alone:
        item.parents = [group.identifier]
    making.notes.append(
        ngettext(
            "%(count)d outcome is not in a group, so it is under “%(name)s”.",
            "%(count)d outcomes are not in a group, so they are under “%(name)s”.",
            len(alone),
        )
        % {"count": len(alone), "name": title}
    )


def _but(row: list[str], first: int, after: int) -> list[str]:
    """The row without its ratings."""
    return [text if at < first or at >= after else "" for at, text in enumerate(row)]


def _take_outcome(making: Making, number: int, given: Row, more: Row, keys: Row) -> None:
    key = clean_line(given.get("id", ""))
    name, label = clean_line(given.get("name", "")), clean_line(given.get("label", ""))
    text = plain(given.get("text", ""))
    group = clean_line(given.get("kind", "")).lower() == "group"
    fields = item_fields(
        {
            "abbreviatedStatement": name if text and text != name else "",
            "alternativeLabel": label,
            "fullStatement": text or name,
            "CFItemType": OUTCOME_GROUP if group else OUTCOME,
        },
        {"vendor_guid": key, **more, **_html(given)} if key else more | _html(given),
    )
    identifier = key.lower() if is_uuid(key) else made_id("canvas", key) if key else making.free_id(name)
    making.add(Item(number, identifier, fields))
    if key:
        keys.setdefault(key, identifier)


def _pairs(cells: list[str]) -> list[tuple[str, str]]:
    """Points and words, the lowest first."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    pairs = [
        (clean_line(cells[at]), clean_line(" ".join(cells[at + 1 : at + 2])))
        for at in range(0, len(cells), 2)
    ]
    return list(reversed(pairs))


def _rate(making: Making, ratings: dict[int, list[tuple[str, str]]]) -> None:
    """Ratings that all outcomes share are steps of the whole; else each outcome describes its own."""
    given = {row: pairs for row, pairs in ratings.items() if pairs}
    if not given:
        return
    sorts = {tuple(pairs) for pairs in given.values()}
    if len(sorts) == 1:
        shared = [(words or points, "", points) for points, words in sorts.pop()]
        making.rubrics = [_rubric(making, [("", shared)])]
        return
    by_row = {item.row: item.identifier for item in making.items.values()}
    own = [
        (by_row[row], [(points, words, points) for points, words in pairs])
        for row, pairs in given.items()
        if row in by_row
    ]
    making.rubrics = [_rubric(making, own)]


def _rubric(making: Making, criteria: list[tuple[str, list[tuple[str, str, str]]]]) -> Table:
    """A rubric: for each item (or none: for all) its levels, each with a name, words and points."""
    rubric = making.made_id("rubric")
    made = []
    for position, (item, levels) in enumerate(criteria, start=1):
        identifier = making.made_id("criterion", item)
        row: Table = {"identifier": identifier, "rubricId": rubric, "position": position}
        if item:
            link = making.items[item]
            row["CFItemURI"] = {"title": link.said, "identifier": item, "uri": f"urn:uuid:{item}"}
        else:
            row["category"] = "general"
        row["CFRubricCriterionLevels"] = [
            {
                "identifier": making.made_id("level", item, str(place)),
                "rubricCriterionId": identifier,
                "quality": name,
                "description": words,
                "position": place,
                **_score(points),
            }
            for place, (name, words, points) in enumerate(levels, start=1)
        ]
        made.append(row)
    return {"identifier": rubric, "title": making.document["title"], "CFRubricCriteria": made}


def _score(points: str) -> Table:
    """The points of a level, as a number where they are one."""
    if re.fullmatch(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?", points):
        return {"score": float(points)}
    return {"extensions": [{TABLE: {"points": points}}]} if points else {}


_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&(?:[a-zA-Z]{2,10}|#[0-9]{1,6});")


def plain(text: str) -> str:
    """A description in HTML as plain text; other text as it is."""
    return clean_text(plain_lines(text) if _TAG.search(text) else text)
