"""What may stand in the text of an element: every node, mark, attribute and value, or a sentence that says what may not.

It never changes what a text says, so that positions in it stay where they are; it fills in attributes that were left out,
joins neighboring pieces of text with the same marks and puts marks in order, as ProseMirror does.
"""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.elements.writing.rules import (
    INLINE,
    INSIDE,
    MARKS,
    MOST_BYTES,
    MOST_DEPTH,
    MOST_NODES,
    MOST_SPAN,
    MOST_START,
    Document,
    is_address,
    is_clean,
)

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class NotAText(ValidationError):
    """What was sent is no text of ours; the sentence is for the person who sent it."""


class TooLong(NotAText):
    """More than a text can have: it has to be divided, or to stay the file that it is."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, code="too-long")


def strange() -> NotAText:
    """For what no editor of ours sends: nothing that a person could mend."""
    return NotAText(
        _("This text holds something that cannot be kept. Nothing was changed; please load the page again.")
    )


def _whole(least: int, most: int) -> Callable[[Any], Any]:
    def check(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise strange()
        return value

    return check


def _line(most: int, *, lines: bool = False) -> Callable[[Any], Any]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not is_clean(value.replace("\n", "") if lines else value):
            raise strange()
        if len(value) > most:
            raise NotAText(
                _("“%(start)s…” is too long: at most %(most)d characters fit there.")
                % {"start": value[:40], "most": most}
            )
        return value

    return check


def _file(value: Any) -> str:
    try:
        if str(UUID(value)) == value:
            return str(value)
    except (ValueError, AttributeError, TypeError):
        pass
    raise strange()


def _key(value: Any) -> str:
    if isinstance(value, str) and (not value or _KEY.fullmatch(value)):
        return value
    raise strange()


def _link(value: Any) -> str:
    if is_address(value):
        return str(value)
    raise NotAText(_("A link must lead to an address that begins with http, https or mailto."))


def _source(value: Any) -> str:
    if value == "" or is_address(value, frozenset({"http", "https"})):
        return str(value)
    raise NotAText(_("The address of a source must begin with http or https."))


_NEEDED = object()
# The attributes of each node: what stands there when it was left out, and what it must be.
_ATTRS: dict[str, dict[str, tuple[Any, Callable[[Any], Any]]]] = {
    "heading": {"level": (2, _whole(2, 4)), "key": ("", _key)},
    "ordered_list": {"start": (1, _whole(0, MOST_START))},
    "table_header": {"colspan": (1, _whole(1, MOST_SPAN)), "rowspan": (1, _whole(1, MOST_SPAN))},
    "table_cell": {"colspan": (1, _whole(1, MOST_SPAN)), "rowspan": (1, _whole(1, MOST_SPAN))},
    "quote": {"voice": ("", _line(200)), "group": ("", _line(100))},
    "image": {"file": (_NEEDED, _file), "alt": ("", _line(1000)), "caption": ("", _line(500))},
    "footnote": {"text": ("", _line(4000, lines=True)), "url": ("", _source)},
    "link": {"href": (_NEEDED, _link)},
}


def checked(document: Any) -> Document:
    """The text in its one form. Raises `NotAText` with a sentence when something in it may not be kept."""
    return _Check().whole(document)


class _Check:
    def __init__(self) -> None:
        self.nodes = 0

    def whole(self, document: Any) -> Document:
        if not isinstance(document, dict) or document.get("type") != "doc":
            raise strange()
        found = self.node(document, 0)
        if len(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()) > MOST_BYTES:
            raise too_long()
        return found

    def node(self, node: Any, depth: int) -> dict[str, Any]:
        """A node with all that stands in it."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise too_long()
        if not isinstance(node, dict) or not isinstance(kind := node.get("type"), str):
            raise strange()
        if kind == "text":
            return self.text(node)
        if kind not in INSIDE or not node.keys() <= {"type", "attrs", "content", "marks"}:
            raise strange()
        if depth > MOST_DEPTH:
            raise too_deep()
        found: dict[str, Any] = {"type": kind}
        attrs = _attrs(kind, node.get("attrs"))
        if attrs:
            found["attrs"] = attrs
        content = self.content(kind, node.get("content"), depth)
        if content:
            found["content"] = content
        marks = _marks(node.get("marks"))
        if marks:
            if kind not in INLINE:
                raise strange()
            found["marks"] = marks
        return found

    def content(self, kind: str, content: Any, depth: int) -> list[dict[str, Any]]:
        allowed, may_be_empty = INSIDE[kind]
        if not content:
            if may_be_empty and content in (None, []):
                return []
            raise strange()
        if not isinstance(content, list):
            raise strange()
        found: list[dict[str, Any]] = []
        for inner in content:
            each = self.node(inner, depth if allowed is INLINE else depth + 1)
            if each["type"] not in allowed:
                raise strange()
            if found and _join(found[-1], each):
                continue
            found.append(each)
        if kind == "list_item" and found[0]["type"] != "paragraph":
            raise strange()
        return found

    def text(self, node: dict[str, Any]) -> dict[str, Any]:
        words = node.get("text")
        if not node.keys() <= {"type", "text", "marks"} or not isinstance(words, str) or not words:
            raise strange()
        if not is_clean(words):
            raise strange()
        marks = _marks(node.get("marks"))
        return {"type": "text", "marks": marks, "text": words} if marks else {"type": "text", "text": words}


def _join(before: dict[str, Any], each: dict[str, Any]) -> bool:
    if before["type"] == each["type"] == "text" and before.get("marks") == each.get("marks"):
        before["text"] += each["text"]
        return True
    return False


def _attrs(kind: str, attrs: Any) -> dict[str, Any]:
    known = _ATTRS.get(kind, {})
    if attrs is None:
        attrs = {}
    if not isinstance(attrs, dict) or not attrs.keys() <= known.keys():
        raise strange()
    return {name: check(attrs.get(name, default)) for name, (default, check) in known.items()}


def _marks(marks: Any) -> list[dict[str, Any]]:
    if not marks:
        if marks in (None, []):
            return []
        raise strange()
    if not isinstance(marks, list):
        raise strange()
    found: dict[str, dict[str, Any]] = {}
    for mark in marks:
        if not isinstance(mark, dict) or not mark.keys() <= {"type", "attrs"}:
            raise strange()
        kind = mark.get("type")
        if not isinstance(kind, str) or kind not in MARKS or kind in found:
            raise strange()
        attrs = _attrs(kind, mark.get("attrs"))
        found[kind] = {"type": kind, "attrs": attrs} if attrs else {"type": kind}
    return sorted(found.values(), key=lambda mark: MARKS[mark["type"]])


def too_long() -> TooLong:
    """The limits, said to whoever meets them."""
    return TooLong(
        _("This text is too long: a text can have about 400 pages. Nothing was changed; please divide it.")
    )


def too_deep() -> NotAText:
    """The same for lists within lists."""
    return NotAText(_("Lists and tables stand too deep within each other here: five levels are the most."))


def check_brought(nodes: list[Any]) -> int:
    """What a change brings into a text: every value, mark and character of it, and how many nodes it is.

    How nodes stand in each other is seen when the change is applied: a piece may begin in the middle of a list.
    """
    count = 0
    for node in nodes:
        kind = node.get("type")
        if kind == "text":
            _Check().text(node)
        elif kind not in INSIDE or kind == "doc":
            raise strange()
        else:
            _attrs(kind, node.get("attrs"))
            if _marks(node.get("marks")) and kind not in INLINE:
                raise strange()
        count += 1 + check_brought(node.get("content") or [])
    return count


def check_mark(mark: Any) -> None:
    """A mark that a change sets on what stands there."""
    _marks([mark])
