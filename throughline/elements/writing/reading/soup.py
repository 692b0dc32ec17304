"""HTML as it comes, from a word processor, a page or a mail: what is read of it, as a tree, and a count of what is not.

nh3 reads it as a browser does and leaves only what stands in `_TAGS`, so what follows meets neither scripts nor styles nor
unclosed tags. Nothing of its output is ever shown: it becomes a document of our format, which is checked again.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import nh3
from lxml.html import HTMLParser, document_fromstring

from throughline.elements.writing.reading.found import Unreadable

MOST_NESTED = 200
MOST_LEFT_OPEN = 1_000
BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "address",
        "center",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "hr",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
    ]
)
_TAGS = {
    *BLOCKS,
    *("br", "img"),
    *(
        "a",
        "b",
        "strong",
        "i",
        "em",
        "cite",
        "u",
        "s",
        "strike",
        "del",
        "ins",
        "sub",
        "sup",
        "mark",
        "span",
        "font",
    ),
    *("code", "tt", "kbd", "q", "small", "big"),
}
_ATTRIBUTES = {
    "*": {"style", "class", "id", "data-section"},
    "a": {"href", "name"},
    "img": {"src", "alt", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "li": {"value", "aria-level"},
    "font": {"color"},
}
_DROPPED = {
    *(
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "svg",
        "math",
        "object",
        "iframe",
        "video",
        "audio",
    ),
    *("canvas", "select", "textarea", "button", "xml", "map"),
}
# Every scheme passes here: the links that may not stand are counted, not silently gone.
_SCHEMES = {
    "http",
    "https",
    "mailto",
    "javascript",
    "vbscript",
    "data",
    "file",
    "ftp",
    "tel",
    "cid",
    "blob",
    "about",
}
_COUNTED = {
    "drawings": re.compile(r"<svg\b|<canvas\b|<v:shape\b", re.IGNORECASE),
    "equations": re.compile(r"<math\b|<m:omath\b", re.IGNORECASE),
    "embedded": re.compile(r"<(?:iframe|object|embed|video|audio)\b", re.IGNORECASE),
    "fields": re.compile(r"<(?:select|textarea|button|input)\b", re.IGNORECASE),
}
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_RAW_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b")
# What a new one of its kind closes, or what never holds anything.
_CLOSE_THEMSELVES = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "col",
        "br",
        "hr",
        "img",
        "meta",
        "link",
        "input",
        "base",
        "area",
        "o",
        "v",
        "w",
        "m",
    ]
)
_VOID = frozenset({"br", "hr", "img"})
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def parsed(text: str, lost: Counter[str]) -> Any:
    """The body as an lxml element. Raises `Unreadable` when it is nested as no document is."""
    text = text.replace("\x00", "")
    if _left_open(text) > MOST_LEFT_OPEN:
        raise Unreadable("nested")
    for what, pattern in _COUNTED.items():
        lost[what] += sum(1 for _each in pattern.finditer(text))
    kept = nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        clean_content_tags=_DROPPED,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    if _deepest(kept) > MOST_NESTED:
        raise Unreadable("nested")
    parser = HTMLParser(huge_tree=True, recover=True, no_network=True, encoding="utf-8")
    return document_fromstring(f"<html><body>{kept}</body></html>".encode(), parser=parser).body


def _left_open(text: str) -> int:
    """How many elements are opened more often than closed: to sort out tens of thousands of them takes a parser minutes."""
    count = most = 0
    for found in _RAW_TAG.finditer(text):
        if found[2].lower() not in _CLOSE_THEMSELVES:
            count += -1 if found[1] else 1
            most = max(most, count)
    return most


def _deepest(text: str) -> int:
    """How deep elements stand in each other, in HTML where every one is closed."""
    deep = most = 0
    for found in _TAG.finditer(text):
        if found[1]:
            deep -= 1
        elif found[2] not in _VOID:
            deep += 1
            most = max(most, deep)
    return most


_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+)", re.IGNORECASE)


def style_of(element: Any) -> dict[str, str]:
    """The declarations of a style attribute."""
    text = element.get("style")
    return {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(text)} if text else {}


def texts(element: Any) -> Iterator[str]:
    """All words within an element."""
    found: Iterator[str] = element.itertext()
    return found


def charset_of(content: bytes) -> str:
    """The text of an HTML file, by its byte order mark, by what it says of itself, or as UTF-8, or as Windows writes it."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(name, "replace")
    said = re.search(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", content[:4096])
    names = [said[1].decode("ascii")] if said else []
    for name in ["utf-8", *names]:
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")
