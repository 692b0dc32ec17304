"""What is adopted or put to people, frozen: canonical JSON whose SHA-256 anybody can work out again."""

import hashlib
from dataclasses import dataclass
from typing import Any

from throughline.elements.editing.queries import text_at
from throughline.elements.models import Consultation, Edition, Element
from throughline.elements.structure.snapshots import items_now
from throughline.elements.writing.schema import blocks, canonical, plain_text

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Frozen:
    """The whole of an element at one moment: its text at `version`, its items with what they serve, and their digest."""

    version: int
    document: dict[str, Any]
    items: list[dict[str, Any]]
    digest: str


def frozen(element: Element) -> Frozen:
    """What stands in the draft now. Two queries besides those that read the text."""
    text = text_at(element)
    items = items_now(element)
    return Frozen(text.version, text.document, items, digest_of(content_of(element, text.document, items)))


def says_nothing(document: dict[str, Any]) -> bool:
    """Whether there are but the headings of the outline."""
    return not any(
        each.node["type"] == "image" or (each.node["type"] != "heading" and plain_text(each.node).strip())
        for each in blocks(document)
    )


def content_of(
    held: Element | Edition | Consultation,
    document: dict[str, Any],
    items: list[dict[str, Any]],
    file: str = "",
) -> dict[str, Any]:
    """What is hashed. `file` is the SHA-256 of a file that was adopted in place of the text."""
    return {
        "format": FORMAT,
        "title": held.title,
        "language": held.language,
        "document": document,
        "items": items,
        "file": file,
    }


def content_of_edition(edition: Edition) -> dict[str, Any]:
    """The same, as an edition holds it."""
    file = edition.file.sha256 if edition.file else ""
    return content_of(edition, edition.document, edition.items, file)


def written_down(content: dict[str, Any]) -> bytes:
    """The one way of writing it down: keys in order, no spaces, UTF-8."""
    return canonical(content).encode()


def digest_of(content: dict[str, Any]) -> str:
    """Its SHA-256, as `sha256sum` says it of the file that the page of an edition gives out."""
    return hashlib.sha256(written_down(content)).hexdigest()
