"""The text of an element as one long line (`writing.places`): much quicker to have than the text itself."""

from dataclasses import dataclass
from typing import Any

from throughline.elements.models import Change, Element, TextState
from throughline.elements.writing.places import line_of, spliced
from throughline.elements.writing.schema import EMPTY


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a text at one version."""

    version: int
    line: str


def line_at(element: Element, version: int | None = None) -> Line:
    """The line at a version, the newest when none is told; also at one in the middle of a change. Two queries."""
    states = TextState.objects.filter(organisation_id=element.organisation_id, element=element)
    if version is not None:
        states = states.filter(version__lte=version)
    state = states.order_by("-version").first()
    start, document = (state.version, state.document) if state else (0, EMPTY)
    steps = steps_since(element, start, version)
    return Line(start + len(steps), spliced(line_of(document), steps))


def steps_since(element: Element, version: int, until: int | None = None) -> list[dict[str, Any]]:
    """Every stored step after a version, in order. One query."""
    changes = Change.objects.filter(organisation_id=element.organisation_id, element=element, end__gt=version)
    if until is not None:
        changes = changes.filter(start__lt=until)
    found: list[dict[str, Any]] = []
    for start, steps in changes.order_by("start").values_list("start", "steps"):
        found += steps[max(version - start, 0) :]
    return found if until is None else found[: max(until - version, 0)]
