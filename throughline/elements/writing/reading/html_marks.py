"""What makes words strong, emphasized, or a link in HTML, by tag and by style; and what of their looks is not kept."""

import re
from collections import Counter
from typing import Any
from urllib.parse import unquote

from throughline.elements.writing.reading import html_notes, soup
from throughline.elements.writing.reading.found import Loose, Node
from throughline.elements.writing.rules import MARKS, is_address

_ON = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em"}
_BOLD = re.compile(r"bold(?:er)?|[6-9]00")
_LIGHT = re.compile(r"normal|lighter|[1-5]00")
_PALE = frozenset(
    {"white", "#ffffff", "#fff", "transparent", "none", "auto", "initial", "inherit", "rgb(255, 255, 255)"}
)
_LOST_TAGS = {
    "s": "strikethrough",
    "strike": "strikethrough",
    "sub": "raised",
    "sup": "raised",
    "mark": "highlights",
    "u": "underlines",
}


def is_off(style: dict[str, str]) -> bool:
    """Nobody sees it: Word hides the marks of its lists and comments so."""
    return (
        style.get("display") == "none"
        or style.get("mso-list") == "ignore"
        or style.get("mso-hide") == "all"
        or style.get("mso-element") in {"header", "footer"}
    )


def drawn_marks(element: Any, marks: list[Node], lost: Counter[str], *, block: bool = False) -> list[Node]:
    """The marks of the words in an element, given those around it."""
    found = {mark["type"]: mark for mark in marks}
    tag, style = element.tag, soup.style_of(element)
    if not block and tag in _ON:
        found[_ON[tag]] = {"type": _ON[tag]}
    if style:
        _by_style(style, found, lost, is_link="link" in found or tag == "a")
    if not block and tag in _LOST_TAGS and "".join(soup.texts(element)).strip():
        lost[_LOST_TAGS[tag]] += 1
    return sorted(found.values(), key=lambda mark: MARKS[mark["type"]])


def _by_style(style: dict[str, str], found: dict[str, Node], lost: Counter[str], *, is_link: bool) -> None:
    weight, slant = style.get("font-weight", ""), style.get("font-style", "")
    if _BOLD.fullmatch(weight):
        found["strong"] = {"type": "strong"}
    elif _LIGHT.fullmatch(weight):
        found.pop("strong", None)
    if slant in {"italic", "oblique"}:
        found["em"] = {"type": "em"}
    elif slant == "normal":
        found.pop("em", None)
    decoration = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if "underline" in decoration and not is_link:
        lost["underlines"] += 1
    if "line-through" in decoration:
        lost["strikethrough"] += 1
    if style.get("vertical-align") in {"super", "sub"}:
        lost["raised"] += 1
    if (
        style.get("background-color", style.get("background", "none")) not in _PALE
        or "mso-highlight" in style
    ):
        lost["highlights"] += 1


class Inline:
    """The elements among words that are more than words: breaks, links, notes, comments."""

    def __init__(self, loose: Loose, notes: html_notes.Notes) -> None:
        self.loose, self.notes = loose, notes

    def special(self, element: Any, marks: list[Node]) -> list[Node] | None:
        """What it becomes; None when it is words like others, `marks` then changed for a link."""
        tag = element.tag
        if tag == "br":
            return [] if "page-break" in (element.get("style") or "") else [{"type": "hard_break"}]
        if tag == "sup" and len(element) == 1 and element[0].tag == "a" and not (element.text or "").strip():
            return self.reference(element[0])
        return self.reference(element) if tag == "a" else None

    def reference(self, element: Any) -> list[Node] | None:
        """A note or a comment, where the link leads to one."""
        href = (element.get("href") or "").strip()
        if not href.startswith("#"):
            return None
        target = href[1:]
        note = self.notes.notes.get(target)
        if note is not None:
            return [{"type": "footnote", "attrs": dict(note)}]
        comment = self.notes.comments.get(target)
        if comment is not None:
            self.loose.comments[target] = comment
            return [
                {"type": "here", "comment": target, "ends": False},
                {"type": "here", "comment": target, "ends": True},
            ]
        return None


def with_link(element: Any, marks: list[Node], lost: Counter[str]) -> list[Node]:
    """The marks with that of a link; without one for an anchor, and for an address that may not stand."""
    href = unwrapped((element.get("href") or "").strip())
    if not href or href.startswith("#"):
        return marks
    if is_address(href):
        return [
            {"type": "link", "attrs": {"href": href}},
            *(mark for mark in marks if mark["type"] != "link"),
        ]
    lost["links"] += 1
    return marks


_WRAPPED = re.compile(r"https?://www\.google\.com/url\?(?:[^#]*&)?q=([^&]+)")


def unwrapped(href: str) -> str:
    """The address itself, where Google Docs saved one of its own that leads there."""
    found = _WRAPPED.match(href)
    return unquote(found[1]) if found else href.replace(" ", "%20")
