"""Which passage somebody means, and what a text is with other words in its place."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from prosemirror.model import Fragment, Slice
from prosemirror.transform import ReplaceStep

from throughline.elements.editing.lines import line_at, steps_since
from throughline.elements.editing.steps import applied, node_of
from throughline.elements.models import Element
from throughline.elements.talk.anchors import Passage, carried
from throughline.elements.writing.places import BREAK, EDGE, NOTE, PICTURE, readable, segment_at, spread
from throughline.elements.writing.schema import SCHEMA, checked

LONGEST = 5_000  # positions
_LOW = ("\udc00", "\udfff")


def passage_from(element: Element, start: int, end: int, version: int) -> tuple[Passage, str]:
    """A passage of the text at a version as it stands in the newest one, and the words that stood there.

    Raises `ValidationError` when there is no such passage, or when nothing is left of it.
    """
    if not 0 <= version <= element.head:
        raise ValidationError({"passage": _("There is no such version of this text.")})
    line = line_at(element, version).line
    words = readable(line[start:end]) if 0 <= start < end <= len(line) else ""
    if not words:
        raise ValidationError({"passage": _("Choose some words first.")})
    if end - start > LONGEST:
        raise ValidationError({"passage": _("Choose a shorter passage: 5,000 characters at most.")})
    if any(_LOW[0] <= line[place : place + 1] <= _LOW[1] for place in (start, end)):
        raise ValidationError({"passage": _("Choose whole characters.")})
    [now] = carried([Passage(start, end)], steps_since(element, version))
    if now.gone:
        raise ValidationError(
            {"passage": _("These words were removed while you were writing. Choose others.")}
        )
    return now, words


def passage_of_words(element: Element, place: int, version: int, words: str) -> tuple[int, int]:
    """The positions of quoted words in the paragraph around a place; of the whole paragraph when none are quoted."""
    if not 0 <= version <= element.head:
        raise ValidationError({"passage": _("There is no such version of this text.")})
    line = line_at(element, version).line
    segment = segment_at(line, min(max(place, 0), len(line)))
    if not words.strip():
        return segment.start, segment.end
    at = segment.line.find(spread(words.strip()))
    if at < 0:
        raise ValidationError(
            {"words": _("These words don’t stand in the paragraph like this. Copy them from it.")}
        )
    return segment.start + at, segment.start + at + len(spread(words.strip()))


def inline_of(element: Element, document: dict[str, Any], place: Passage, words: str) -> list[dict[str, Any]]:
    """Words as inline content with the marks that all of the passage has, such as bold."""
    if not words:
        return []
    marks: list[list[dict[str, Any]]] = []
    node_of(document).nodes_between(
        place.start,
        place.end,
        lambda node, *_more: marks.append([mark.to_json() for mark in node.marks]) if node.is_text else None,
    )
    shared = marks[0] if marks and all(each == marks[0] for each in marks) else []
    return good_inline([{"type": "text", "text": words, **({"marks": shared} if shared else {})}])


def good_inline(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Inline content that may stand in a text; raises `ValidationError` otherwise."""
    if not isinstance(content, list):
        raise ValidationError({"proposed": _("This is no content of a paragraph.")})
    paragraph: dict[str, Any] = {"type": "paragraph"}
    if content:
        paragraph["content"] = content
    good = checked({"type": "doc", "content": [paragraph]})["content"]
    return cast("list[dict[str, Any]]", good[0].get("content", []))


def in_one_paragraph(line: str, place: Passage) -> None:
    """Refuse a passage that other words cannot simply replace."""
    held = line[place.start : place.end]
    if EDGE in held or PICTURE in held:
        raise ValidationError(
            {"passage": _("A suggestion stands within one paragraph. Make one for each paragraph.")}
        )
    if NOTE in held or BREAK in held:
        raise ValidationError({"passage": _("Choose words without a footnote or a line break between them.")})


def with_words(document: dict[str, Any], place: Passage, proposed: list[dict[str, Any]]) -> dict[str, Any]:
    """The text with inline content where a passage stood."""
    new = Fragment.from_array([SCHEMA.node_from_json(each) for each in proposed])
    changed = applied(ReplaceStep(place.start, place.end, Slice(new, 0, 0)), node_of(document))
    return checked(cast("dict[str, Any]", changed.to_json()))
