"""What everyone reads: the edition in force in one language, or in two side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from throughline.elements.adopting.showing import ImageUrl, Kept, ShownItem, items_shown
from throughline.elements.models import BlockTranslation, Edition
from throughline.elements.publishing.units import paragraph, translated, words
from throughline.elements.structure.snapshots import words_in
from throughline.elements.writing.html import to_html
from throughline.elements.writing.schema import EMPTY, fingerprint


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the text, and the same in the other language; `foreign`: it has no translation yet."""

    source: SafeString
    said: SafeString
    foreign: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The whole of it."""

    title: str
    rows: list[Row]
    kept: list[Kept]
    missing: int
    language: str

    @property
    def direction(self) -> str:
        """Which way its language is written."""
        return direction_of(self.language)


def direction_of(language: str) -> str:
    """`rtl` or `ltr`."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


def page_of(
    edition: Edition, said: Mapping[str, BlockTranslation], language: str, image_url: ImageUrl
) -> Page:
    """The edition in a language; what has no translation stands there in its own."""
    document, missing = translated(edition.document, said)
    rows = []
    if edition.document != EMPTY:
        for place, (before, after) in enumerate(
            zip(edition.document["content"], document["content"], strict=True)
        ):
            rows.append(
                Row(
                    _html(before, image_url, f"source-{place}"),
                    _html(after, image_url, f"note-{place}"),
                    place in missing and language != edition.language,
                )
            )
    kept = [
        replace(group, items=[_item(each, said) for each in group.items])
        for group in items_shown(edition.items)
    ]
    left = len(missing) + _left(edition, said) if language != edition.language else 0
    return Page(words(edition.title, said), rows, kept, left, language)


def _left(edition: Edition, said: Mapping[str, BlockTranslation]) -> int:
    """How many words of items have no translation."""
    told = {text for item in edition.items for text in words_in(item)}
    return sum(fingerprint(paragraph(text)) not in said for text in told)


def _html(block: dict[str, Any], image_url: ImageUrl, notes: str) -> SafeString:
    return to_html({"type": "doc", "content": [block]}, image_url=image_url, notes=notes)


def _item(item: ShownItem, said: Mapping[str, BlockTranslation]) -> ShownItem:
    return ShownItem(
        item.kind,
        words(item.title, said),
        words(item.text, said),
        [
            each if each.ours or each.href else replace(each, said=words(each.said, said))
            for each in item.facts
        ],
        [_item(each, said) for each in item.children],
    )
