"""Named reads of stages and editions, starting from an element that somebody may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from throughline.elements.adopting.stages import coming, in_force
from throughline.elements.editing.queries import text_at
from throughline.elements.models import Change, Edition, Element, StageChange
from throughline.elements.writing.schema import blocks, plain_text
from throughline.files.models import StoredFile
from throughline.kit import clock
from throughline.schools.tenant import Seat


@dataclass(frozen=True, slots=True)
class Road:
    """How an element came to where it stands: its changes of stage, the newest first."""

    changes: tuple[StageChange, ...]

    @property
    def last(self) -> StageChange | None:
        """The newest one."""
        return self.changes[0] if self.changes else None

    @property
    def in_force(self) -> StageChange | None:
        """By which an edition is in force today."""
        return in_force(self.changes, clock.today())

    @property
    def coming(self) -> StageChange | None:
        """By which an edition will be in force."""
        return coming(self.changes, clock.today())

    @property
    def edition(self) -> Edition | None:
        """The newest edition that any of them names."""
        found = [each.edition for each in self.changes if each.edition is not None]
        return max(found, key=lambda each: each.number, default=None)


def road_of(element: Element) -> Road:
    """Every change of stage with who made it and its edition, without the text of it. One query."""
    rows = (
        StageChange.objects.filter(organisation=element.organisation_id, element=element)
        .select_related("by", "edition")
        .defer("edition__document", "edition__items")
        .order_by("-at", "-pk")
    )
    return Road(tuple(rows))


def editions_of(element: Element) -> QuerySet[Edition]:
    """All editions, the newest first."""
    return (
        Edition.objects.filter(organisation=element.organisation_id, element=element)
        .select_related("by", "file", "element")
        .order_by("-number")
    )


def edition_in_force(element: Element, day: date | None = None) -> Edition | None:
    """The edition in force on a day (today), whole. Two queries."""
    change = in_force(road_of(element).changes, day or clock.today())
    if change is None or change.edition_id is None:
        return None
    return editions_of(element).filter(pk=change.edition_id).first()


@dataclass(frozen=True, slots=True)
class Since:
    """What was written after a version: by whom, and the paragraphs that went and came."""

    names: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def written_since(element: Element, version: int) -> Since:
    """What changed in the text since somebody looked. Five queries."""
    rows = Change.objects.filter(
        organisation=element.organisation_id, element=element, end__gt=version
    ).select_related("by")
    names = tuple(dict.fromkeys(each.by.name for each in rows.order_by("start")))
    before, now = _paragraphs(text_at(element, version).document), _paragraphs(text_at(element).document)
    return Since(
        names,
        tuple(text for key, text in before.items() if key not in now and text),
        tuple(text for key, text in now.items() if key not in before and text),
    )


def _paragraphs(document: dict[str, Any]) -> dict[str, str]:
    return {each.fingerprint: plain_text(each.node) for each in blocks(document)}


def files_of_editions(seat: Seat) -> Q:
    """Condition on `StoredFile`: what was adopted as a file is for every member."""
    here = Edition.objects.filter(organisation=seat.organisation, file__isnull=False)
    return Q(pk__in=here.values("file"))


def adopted_files() -> Q:
    """Condition on `StoredFile`: files that an edition is, never swept away."""
    return Q(pk__in=Edition.objects.filter(file__isnull=False).values("file"))


def file_of(edition: Edition) -> StoredFile | None:
    """The file that was adopted in place of the text."""
    return edition.file
