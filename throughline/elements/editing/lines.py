"""The text of an element as one long line (`writing.places`): much quicker to have than the text itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from throughline.elements.editing.queries import ANY, state_before
from throughline.elements.models import Change, Element
from throughline.elements.writing.places import line_of, spliced
from throughline.kit.prepared import prepared


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a text at one version."""

    version: int
    line: str


def line_at(element: Element, version: int | None = None) -> Line:
    """The line at a version, the newest when none is told; also at one in the middle of a change. Two queries."""
    start, document = state_before(element, version)
    steps = steps_since(element, start, version)
    return Line(start + len(steps), spliced(line_of(document), steps))


def steps_since(element: Element, version: int, until: int | None = None) -> list[dict[str, Any]]:
    """Every stored step after a version, in order. One query."""
    found: list[dict[str, Any]] = []
    for start, steps in _steps(element.organisation_id, element.pk, version, ANY if until is None else until):
        found += steps[max(version - start, 0) :]
    return found if until is None else found[: max(until - version, 0)]


@prepared
def _steps(organisation: UUID, element: UUID, after: int, until: int) -> QuerySet[Change, tuple[int, Any]]:
    rows = Change.objects.filter(organisation=organisation, element=element, end__gt=after, start__lt=until)
    return rows.order_by("start").values_list("start", "steps")
