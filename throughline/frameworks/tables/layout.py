"""The layout of a framework as a table, for reading and writing: columns, kinds of rows, the guard of cells. No ORM.

One row is one thing, and what stands below belongs to what stands above: a domain, its competencies, the indicators
and examples of evidence of each. Without the column `kind` a table says it by its columns: domain, competency,
indicator. The layout is described for people in docs/using/framework-tables.md.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from throughline.frameworks.limits import MOST_STEPS
from throughline.kit.text import clean_line


class Kind(StrEnum):
    """What a row is."""

    TITLE = "title"
    CODE = "code"
    VERSION = "version"
    LANGUAGE = "language"
    SUMMARY = "summary"
    ATTRIBUTION = "attribution"
    SOURCE = "source"
    IDENTIFIER = "identifier"
    STEP = "step"
    ELEMENT = "design element"
    DOMAIN = "domain"
    COMPETENCY = "competency"
    INDICATOR = "indicator"
    EVIDENCE = "evidence"
    CROSSWALK = "crosswalk"
    CROSSWALK_ELEMENT = "crosswalk element"


FACTS = (
    Kind.TITLE,
    Kind.CODE,
    Kind.VERSION,
    Kind.LANGUAGE,
    Kind.SUMMARY,
    Kind.ATTRIBUTION,
    Kind.SOURCE,
    Kind.IDENTIFIER,
)
# The columns that are always written, then those that are written when there is something in them.
MAIN_COLUMNS = ("kind", "code", "text", "description", "level", "witnesses")
MORE_COLUMNS = ("mark", "design element", "competencies", "source code", "source identifier")
OWN_COLUMNS = frozenset(
    {*MAIN_COLUMNS, *MORE_COLUMNS, "domain", "competency", "indicator", "title"}
    | {f"step {n}" for n in range(1, MOST_STEPS + 1)}
)
_NAMED = ("text", "code", "description")
# The columns that mean something for each kind of row; for a fact it is the text alone.
COUNTED = {
    Kind.STEP: _NAMED,
    Kind.ELEMENT: _NAMED,
    Kind.CROSSWALK: _NAMED,
    Kind.CROSSWALK_ELEMENT: ("text", "code", "competencies"),
    Kind.DOMAIN: (*_NAMED, "design element", "source identifier"),
    Kind.COMPETENCY: (*_NAMED, "level", "domain", "source code", "source identifier"),
    Kind.INDICATOR: ("text", "code", "witnesses", "source identifier"),
    Kind.EVIDENCE: ("text", "mark"),
}
# Columns of tables that CASE tools write, without spaces and capitals: where an item stands, then its fields, then its
# ties to others.
CASE_COLUMNS = {
    "identifier": "identifier",
    "caseitemidentifier": "identifier",
    "cfitemidentifier": "identifier",
    "itemidentifier": "identifier",
    "ischildof": "parent",
    "parent": "parent",
    "parentid": "parent",
    "parentidentifier": "parent",
    "parentcoding": "parent",
    "ispartof": "whole",
    "smartlevel": "place",
    "sequencenumber": "sequence",
    "fullstatement": "fullStatement",
    "abbreviatedstatement": "abbreviatedStatement",
    "alternativelabel": "alternativeLabel",
    "humancodingscheme": "humanCodingScheme",
    "listenumeration": "listEnumeration",
    "cfitemtype": "CFItemType",
    "itemtype": "CFItemType",
    "educationlevel": "educationLevel",
    "conceptkeywords": "conceptKeywords",
    "subject": "subject",
    "notes": "notes",
    "language": "language",
    "license": "license",
    "licence": "license",
    "licenseuri": "license",
    "statusstartdate": "statusStartDate",
    "statusenddate": "statusEndDate",
    "lastchangedatetime": "lastChangeDateTime",
    "lastchangedate": "lastChangeDateTime",
    "precedes": "precedes",
    "ispeerof": "isPeerOf",
    "exactmatchof": "exactMatchOf",
    "isrelatedto": "isRelatedTo",
    "replacedby": "replacedBy",
    "exemplar": "exemplar",
    "hasskilllevel": "hasSkillLevel",
    "istranslationof": "isTranslationOf",
}
TIES = frozenset(
    {"precedes", "isPeerOf", "exactMatchOf", "isRelatedTo", "replacedBy", "exemplar", "hasSkillLevel"}
    | {"isTranslationOf"}
)
STEP_LIMIT = 300  # characters of a step's short name
_ALSO = {
    "type": "kind",
    "what": "kind",
    "name": "text",
    "statement": "text",
    "label": "text",
    "definition": "description",
    "question": "description",
    "hint": "description",
    "witness": "witnesses",
    "who": "witnesses",
    "area": "domain",
    "strand": "domain",
    "theme": "domain",
    "domains": "domain",
    "skill": "competency",
    "skills": "competency",
    "ability": "competency",
    "competence": "competency",
    "outcome": "competency",
    "learning outcome": "competency",
    "indicators": "indicator",
    "element": "design element",
    "tipo": "kind",
    "código": "code",
    "codigo": "code",
    "texto": "text",
    "nombre": "text",
    "descripción": "description",
    "descripcion": "description",
    "nivel": "level",
    "testigos": "witnesses",
    "ámbito": "domain",
    "ambito": "domain",
    "dominio": "domain",
    "competencia": "competency",
    "indicador": "indicator",
}
LEVELS = {
    "": "foundational",
    "f": "foundational",
    "foundational": "foundational",
    "fundamental": "foundational",
    "a": "advanced",
    "advanced": "advanced",
    "avanzado": "advanced",
    "avanzada": "advanced",
}
LOOKED_AT = 20  # rows at the top among which the headings are looked for
# A text that a spreadsheet would take for a formula carries an apostrophe, which is taken off when it is read.
_GUARDED = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def heading(cell: str) -> str:
    """The column that this heading stands for: ours, or the words as they are in small letters."""
    words = " ".join(cell.replace("_", " ").split()).casefold().rstrip(":")
    words = _ALSO.get(words, words)
    step = re.fullmatch(r"(?:step|paso)\s*([0-9]{1,2})(?:\W.*)?", words)
    return f"step {int(step[1])}" if step else words


def bare(cell: str) -> str:
    """A heading of another program as it is compared: letters and digits alone, all small."""
    return re.sub(r"[\W_]+", "", cell).casefold()


def case_heading(cell: str) -> str:
    """The column of a CASE table that this heading stands for; empty for any other."""
    return CASE_COLUMNS.get(bare(cell), "")


def case_part(row: list[str], title: str = "") -> str:
    """Which part of a CASE workbook besides its items a sheet is, by its headings or its name: document, associations."""
    found = {bare(cell) for cell in row}
    if "associationtype" in found and any(each.startswith("originnode") for each in found):
        return "associations"
    told = bare(title) in ("cfdoc", "cfdocument", "document")
    return "document" if "title" in found and (told or {"creator", "identifier"} <= found) else ""


def own_headings(row: list[str]) -> int:
    """How many columns this row names, if it can be the headings of a table of ours; else 0."""
    found = {heading(cell) for cell in row} & OWN_COLUMNS
    if not found & {"kind", "competency"}:
        return 0
    return len(found) if found & {"text", "competency"} else 0


def case_headings(row: list[str]) -> int:
    """The same for a table from a CASE tool: a full statement and anything that says where it belongs."""
    found = {case_heading(cell) for cell in row} - {""}
    return len(found) if "fullStatement" in found and len(found) > 1 else 0


def moodle_headings(row: list[str]) -> int:
    """The same for the competency framework that Moodle writes."""
    found = {bare(cell) for cell in row}
    if not {"parentidnumber", "idnumber"} <= found or not found & {"shortname", "description"}:
        return 0
    return len(found - {""})


def canvas_headings(row: list[str]) -> int:
    """The same for the outcomes that Canvas writes."""
    found = {bare(cell) for cell in row}
    return len(found - {""}) if {"vendorguid", "objecttype", "title"} <= found else 0


def known_headings(row: list[str]) -> int:
    """How many columns this row names in any layout; 0 when it cannot be the headings."""
    return max(layout(row) for layout in (own_headings, case_headings, moodle_headings, canvas_headings))


def guarded(text: str) -> str:
    """What is written for a text so that no spreadsheet runs it."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(cell: str) -> str:
    """The text that was guarded."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


_SEVERAL = re.compile(r'\s*(?:"((?:[^"]|"")*)"[^\S\n]*(?=[,;\n]|$)|([^,;\n]*))(?:[,;\n]|$)')


def joined(several: Iterable[str]) -> str:
    """Some texts in one cell, as `several` reads them; one that holds what stands between them is put in quotes."""
    return "; ".join(
        f'"{each.replace(chr(34), chr(34) * 2)}"' if each.startswith('"') or re.search("[,;]", each) else each
        for each in several
    )


def several(cell: str) -> list[str]:
    """What stands in one cell between commas, semicolons or line breaks; in quotes these are part of the text."""
    found = (quoted.replace('""', '"') or plain for quoted, plain in _SEVERAL.findall(cell))
    return [line for line in map(clean_line, found) if line]
