"""The last look at a package before it is given out: each identifier once, no circle, every field as the standard has it.

What came with something twice is mended (`without_doubles`); what is then still wrong is no file at all (`checked`). No ORM.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from throughline.frameworks.blueprint import FrameworkProblem, steady_id
from throughline.frameworks.case.item_tree import circle_in
from throughline.frameworks.case.overlay import end_id, key_of
from throughline.frameworks.case.schema import SHAPES, Table, faults
from throughline.frameworks.case.serialization import timeless

_BELOW = {"CFRubricCriteria": "rubricId", "CFRubricCriterionLevels": "rubricCriterionId"}
_BEYOND = "is not known"  # how `faults` ends where a 1.0 package says more than the standard


class ExportFault(FrameworkProblem):
    """A file that was not given out, because other software, or we ourselves, could not read it again."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(
            _("We did not make this file, because other software could not read it. %(why)s")
            % {"why": why[:400]}
        )


def checked(package: Table, edition: str, *, beyond: bool = False) -> Table:
    """The package, if it may go out; `beyond`: it came with fields that the standard does not know, and keeps them.

    Raises `ExportFault`.
    """
    for fault in faults(package, edition):
        if not (beyond and fault.endswith(_BEYOND)):
            raise ExportFault(fault)
    why = next(_twice(package), "") or next(_astray(package), "")
    if why:
        raise ExportFault(why)
    return package


def without_doubles(package: Table) -> Table:
    """The package with each identifier once. What stands there twice in the same words stays once; of different things
    under one identifier the later one gets another, always the same.
    """
    seen: dict[str, Table] = {key_of(package["CFDocument"]): package["CFDocument"]}
    for holder, name, shape in _lists(package):
        holder[name] = list(_once(holder[name], shape, seen))
    return package


def _lists(package: Table) -> Iterator[tuple[Table, str, str]]:
    """Every list of objects with its holder, name and shape; a list of rubrics before what stands in them."""
    for name, shape in (("CFItems", "CFItem"), ("CFAssociations", "CFAssociation")):
        if name in package:
            yield package, name, shape
    definitions = package.get("CFDefinitions") or {}
    for name, shape in SHAPES["CFDefinitions"].fields.items():
        if shape in SHAPES and name in definitions:
            yield definitions, name, shape
    if "CFRubrics" not in package:
        return
    yield package, "CFRubrics", "CFRubric"
    for rubric in package["CFRubrics"]:
        if "CFRubricCriteria" in rubric:
            yield rubric, "CFRubricCriteria", "CFRubricCriterion"
        for criterion in rubric.get("CFRubricCriteria", ()):
            if "CFRubricCriterionLevels" in criterion:
                yield criterion, "CFRubricCriterionLevels", "CFRubricCriterionLevel"


def _once(rows: list[Table], shape: str, seen: dict[str, Table]) -> Iterator[Table]:
    for row in rows:
        key, again = key_of(row), 1
        first = seen.get(key)
        if first is not None and timeless(first) == timeless(row):
            continue
        while key in seen:
            again += 1
            key = str(steady_id("case", "double", shape, key_of(row), str(again)))
        seen[key] = row
        if again > 1:
            row["identifier"] = key
            for below, says in _BELOW.items():
                for each in row.get(below, ()):
                    each[says] = key
        yield row


def _twice(package: Table) -> Iterator[str]:
    seen = {key_of(package["CFDocument"])}
    for holder, name, _shape in _lists(package):
        for row in holder[name]:
            key = key_of(row)
            if key in seen:
                yield _("The identifier %(it)s is used twice.") % {"it": key}
            seen.add(key)


def _astray(package: Table) -> Iterator[str]:
    """Items that hang on nothing, on themselves or in a circle."""
    document = key_of(package["CFDocument"])
    items = {key_of(row) for row in package["CFItems"]}
    above: dict[str, list[str]] = {}
    for row in package.get("CFAssociations", ()):
        if row["associationType"] != "isChildOf":
            continue
        child, parent = end_id(row, "originNodeURI"), end_id(row, "destinationNodeURI")
        if child not in items:
            yield _("The item %(it)s is not in the package.") % {"it": child}
        if parent not in items and parent != document:
            yield _("The parent %(it)s is not in the package.") % {"it": parent}
        above.setdefault(child, []).append(parent)
    circle = circle_in(above)
    if circle:
        yield _("Some items are their own ancestors: %(path)s.") % {"path": " → ".join(circle[:6])}
