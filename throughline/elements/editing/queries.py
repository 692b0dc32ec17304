"""Named reads of the text of an element."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet

from throughline.elements.editing.steps import node_of, replayed
from throughline.elements.models import Change, Element, TextState
from throughline.elements.writing.schema import EMPTY
from throughline.kit.prepared import prepared

ANY = 2**31 - 1  # higher than any version


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it was at one version."""

    version: int
    document: dict[str, Any]


def text_at(element: Element, version: int | None = None) -> Text:
    """The text at a version, the newest when none is told: the last state before it and the changes since. Two queries.

    `version` must be one at which a change ended; otherwise the text is the one of the change that passed it.
    """
    start, document = state_before(element, version)
    rows = _steps(element.organisation_id, element.pk, start, ANY if version is None else version)
    if not rows:
        return Text(start, document)
    node = replayed(node_of(document), (steps for _end, steps in rows))
    return Text(rows[-1][0], cast("dict[str, Any]", node.to_json()))


def state_before(element: Element, version: int | None = None) -> tuple[int, dict[str, Any]]:
    """The last whole text that is kept from before a version, and its own version. One query."""
    found = _states(element.organisation_id, element.pk, ANY if version is None else version)
    return found[0] if found else (0, EMPTY)


@prepared
def _states(organisation: UUID, element: UUID, version: int) -> QuerySet[TextState, tuple[int, Any]]:
    rows = TextState.objects.filter(organisation=organisation, element=element, version__lte=version)
    return rows.order_by("-version").values_list("version", "document")[:1]


@prepared
def _steps(
    organisation: UUID, element: UUID, start: int, end: int
) -> QuerySet[Change, tuple[int, list[Any]]]:
    rows = Change.objects.filter(organisation=organisation, element=element, start__gte=start, end__lte=end)
    return rows.order_by("start").values_list("end", "steps")


def changes_since(element: Element, version: int) -> list[Change]:
    """What happened from a version on, in order; the first one may begin before it. One query."""
    rows = Change.objects.filter(organisation_id=element.organisation_id, element=element, end__gt=version)
    return list(rows.order_by("start"))


@prepared
def changes_from(organisation: UUID, element: UUID, start: int) -> QuerySet[Change]:
    """Every change that begins at a version or later, in order. One query."""
    rows = Change.objects.filter(organisation=organisation, element=element, start__gte=start)
    return rows.order_by("start")


@prepared
def locked(organisation: UUID, element: UUID) -> QuerySet[Element]:
    """An element whose row nobody else may change until the transaction ends: a list of one. One query."""
    return Element.objects.select_for_update().filter(organisation=organisation, pk=element)
