"""How a frozen text and its items are shown: the same for an edition, a consultation and the public page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from throughline.elements.models import ItemKind
from throughline.elements.structure.snapshots import Fact, facts_of
from throughline.elements.writing.html import to_html

ImageUrl = Callable[[str], str]
PLURAL: dict[str, str | Promise] = {
    ItemKind.FACT: _("Facts"),
    ItemKind.VOICE: _("Voices"),
    ItemKind.VISION: _("Vision"),
    ItemKind.ATTRIBUTE: _("Attributes"),
    ItemKind.INDICATOR: _("Indicators"),
    ItemKind.PLACE: _("Where it is lived"),
    ItemKind.PRINCIPLE: _("Principles"),
    ItemKind.SOURCE: _("Research sources"),
    ItemKind.TERM: _("Terms"),
    ItemKind.EDUCATOR_COMPETENCY: _("Educator competencies"),
    ItemKind.AREA: _("Credit areas"),
    ItemKind.CREDIT: _("Mastery credits"),
    ItemKind.CRITERION: _("Criteria"),
}


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item with its other fields and what belongs to it."""

    kind: str
    title: str
    text: str
    facts: list[Fact] = field(default_factory=list)
    children: list["ShownItem"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kept:
    """Items of one kind that belong to no other, under what the kind is called."""

    label: str
    items: list[ShownItem]


def images_for_members(school: str) -> ImageUrl:
    """Where members find the pictures of a text."""
    return lambda file: f"{reverse('files:file', kwargs={'school': school, 'file_id': file})}?inline"


def text_shown(document: dict[str, Any], image_url: ImageUrl, heading_offset: int = 0) -> SafeString:
    """The text as HTML."""
    return to_html(document, image_url=image_url, heading_offset=heading_offset)


def items_shown(items: Iterable[dict[str, Any]]) -> list[Kept]:
    """Frozen items as trees, kind by kind in the order of the kinds."""
    rows = list(items)
    labels = dict(ItemKind.choices)
    shown = {
        each["id"]: ShownItem(
            str(labels.get(each["kind"], each["kind"])), each["title"], each["text"], facts_of(each)
        )
        for each in rows
    }
    tops: dict[str, list[ShownItem]] = {}
    for each in sorted(rows, key=lambda row: (row["position"], row["id"])):
        above = shown.get(each["parent"] or "")
        (above.children if above else tops.setdefault(each["kind"], [])).append(shown[each["id"]])
    return [Kept(str(PLURAL.get(kind, labels[kind])), tops[kind]) for kind in ItemKind.values if kind in tops]
