"""What stood beside a version of the text: items and sections as they were when it was last what the text said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from throughline.elements.models import (
    Change,
    Edition,
    Element,
    Item,
    ItemRevision,
    NamedVersion,
    OutlineRevision,
)
from throughline.elements.structure.snapshots import (
    Differences,
    Row,
    differences,
    items_now,
    whole,
    words_now,
    words_row,
)

Outline = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Beside:
    """The items of a moment and what restoring them would do; its sections, where they are known and differ from those of
    today. `exact`: the items were kept then, with their ties and their order."""

    rows: list[Row]
    items: Differences
    outline: Outline | None
    exact: bool

    @property
    def sections(self) -> list[str] | None:
        """The titles of the sections."""
        return None if self.outline is None else [each["title"] for each in self.outline]


def beside(element: Element, version: int, named: Iterable[NamedVersion] | None = None) -> Beside:
    """What stood beside a version. `named` are the names of this version, where they are known. Five queries at most, one
    more without them."""
    until, outline = _until(element, version)
    if outline == element.outline:
        outline = None
    kept = _kept(element, version, named)
    if kept is not None:
        rows = whole(kept)
        return Beside(rows, differences(items_now(element), rows), outline, exact=True)
    if until is None:
        return Beside([], differences([], []), outline, exact=False)
    now, rows = _worked_out(element, until)
    return Beside(rows, differences(now, rows), outline, exact=False)


def _until(element: Element, version: int) -> tuple[datetime | None, Outline | None]:
    """The moment of the change that ended it, and the sections before that, where anybody wrote them down. Neither when
    it is what the text says now. One query."""
    here = {"organisation_id": element.organisation_id, "element": element}
    if version == element.head:
        return None, None
    before = OutlineRevision.objects.filter(**here, at__lt=OuterRef("at")).order_by("-at", "-pk")
    later = Change.objects.filter(**here, end__gt=version).order_by("start")
    found = later.annotate(outline=Subquery(before.values("outline")[:1])).values_list("at", "outline")
    return found.first() or (None, None)


def _kept(element: Element, version: int, named: Iterable[NamedVersion] | None) -> list[Row] | None:
    """What was frozen with it: by an edition, or when it was given a name."""
    here = {"organisation_id": element.organisation_id, "element": element, "version": version}
    edition = Edition.objects.filter(file=None, **here).order_by("-number").values_list("items", flat=True)
    frozen: list[Row] | None = edition.first()
    if frozen is not None:
        return frozen
    names = NamedVersion.objects.filter(**here).order_by("-at") if named is None else named
    return next((list(each.items) for each in names if each.items), None)


def _worked_out(element: Element, until: datetime) -> tuple[list[Row], list[Row]]:
    """What items say now, and from the history of each what it said before a moment, if it stood there. Two queries."""
    here = {"organisation_id": element.organisation_id}
    said: dict[UUID, ItemRevision] = {}
    for each in ItemRevision.objects.filter(item__element=element, at__lt=until, **here).order_by("revision"):
        said[each.item_id] = each
    items = list(Item.objects.filter(element=element, **here).order_by("kind", "position", "pk"))
    there = [each for each in items if each.removed_at is None or each.removed_at >= until]
    then = [words_row(each, said[each.pk]) for each in there if each.pk in said]
    return words_now(items), whole(then)
