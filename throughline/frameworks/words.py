"""What the codes in framework files are called: who can witness an indicator, and what a piece of evidence shows."""

from collections.abc import Iterable

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
}


def row_names(kinds: Iterable[str]) -> str:
    """What a row becomes, in the reader's language."""
    return ", ".join(str(ROWS.get(kind, kind)) for kind in kinds)
