"""What the codes in framework files are called: who can witness an indicator, and what a piece of evidence shows."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WITNESSES = {
    "learner": _("learners"),
    "family": _("families"),
    "educator": _("educators"),
    "leader": _("leaders"),
    "board": _("board"),
    "community": _("community"),
    "alumnus": _("alumni"),
}
MARKS = {"document": _("document"), "practice": _("practice"), "effect": _("effect")}


def witness_names(codes: Iterable[str]) -> list[str]:
    """The witnesses' names in the reader's language; a code that we do not know is shown as it is."""
    return [str(WITNESSES.get(code, code)) for code in codes]


def mark_name(code: str) -> str:
    """What a mark is called in the reader's language."""
    return str(MARKS.get(code, code))


# What a row of a framework file becomes.
ROWS = {
    "": _("left out"),
    "title": _("title"),
    "code": _("code"),
    "version": _("version"),
    "language": _("language"),
    "summary": _("summary"),
    "attribution": _("attribution"),
    "source": _("source"),
    "identifier": _("identifier"),
    "step": _("step"),
    "design element": _("design element"),
    "domain": _("domain"),
    "competency": _("competency"),
    "foundational": _("competency, foundational"),
    "advanced": _("competency, advanced"),
    "indicator": _("indicator"),
    "evidence": _("example of evidence"),
    "crosswalk": _("crosswalk"),
    "crosswalk element": _("element of a crosswalk"),
    "item": _("item"),
    "association": _("link between items"),
    "headings": _("the headings again, skipped"),
}
# What a column of a table is read as.
COLUMNS = {
    "": _("not kept"),
    "kept": _("kept in CASE files, not shown here"),
    "kind": _("what the row is"),
    "text": _("text"),
    "name": _("name"),
    "description": _("description"),
    "level": _("level"),
    "witnesses": _("who can witness it"),
    "mark": _("kind of evidence"),
    "competencies": _("competencies"),
    "source code": _("code"),
    "source identifier": _("identifier"),
    "parent": _("what it is under"),
    "place": _("its place in the tree"),
    "whole": _("the framework it belongs to"),
    "sequence": _("its order"),
    "listEnumeration": _("its order"),
    "fullStatement": _("statement"),
    "abbreviatedStatement": _("name"),
    "humanCodingScheme": _("code"),
    "CFItemType": _("type of item"),
    "type": _("type of item"),
    "steps": _("steps, if there are four"),
    "state": _("whether it is deleted"),
    "framework": _("whether the row is the framework itself"),
}


def column_name(code: str) -> str:
    """What a column is read as, in the reader's language; what only CASE knows is kept."""
    if code.startswith("step "):
        return gettext("step %(number)s") % {"number": code[5:]}
    return str(COLUMNS.get(code) or ROWS.get(code) or COLUMNS["kept"])


def row_names(kinds: Iterable[str]) -> str:
    """What a row becomes, in the reader's language."""
    return ", ".join(str(ROWS.get(kind, kind)) for kind in kinds)
