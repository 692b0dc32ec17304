"""Where things of an element's structure stand, and where the next step of a gap is taken."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

from throughline.elements.policy import Part
from throughline.elements.structure.gaps import ADD, CHANGE, SERVING, Gap

PAGES = {CHANGE: "change-item", SERVING: "item-serving"}


def address(part: Part, name: str, item: UUID | None = None, **more: Any) -> str:
    """The address of a page of an element's structure."""
    told: dict[str, Any] = {"school": part.element.organisation.slug, "kind": part.element.kind, **more}
    return reverse(f"elements:{name}", kwargs=told | ({"item_id": item} if item else {}))


def step_of(part: Part, gap: Gap) -> tuple[str, str | Promise, str | Promise]:
    """The address of a gap's next step, the step's words, the gap's sentence."""
    if gap.page == ADD:
        there = address(part, "add-item", what=gap.what)
        there += f"?under={gap.item}" if gap.item else ""
    else:
        there = address(part, PAGES.get(gap.page, "item-ties"), gap.item)
    return there, gap.step, gap.sentence
