"""What a reader finds in a file or a paste, before any of it is checked. Without Django: readers work in a process apart."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

Node = dict[str, Any]
_BLANK = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_WIDE_BLANK = re.compile(r"[ \xa0]*(?: [ \xa0]|\xa0 |\xa0\xa0)[ \xa0]*")


class Unreadable(Exception):
    """What was brought cannot be read at all; the word says why (`reading.words` has the sentence)."""


@dataclass(slots=True)
class Picture:
    """An image that came along, still as it came: whoever keeps it checks and re-encodes it."""

    content: bytes
    alt: str


@dataclass(slots=True)
class Comment:
    """A comment of the file: who said what, and from where to where in the text (ProseMirror's positions)."""

    author: str
    at: str
    text: str
    start: int = 0
    end: int = 0
    about: str = ""


@dataclass(slots=True)
class Loose:
    """Blocks as they come, in no order that the format would take: `fitting` makes a text of them.

    Besides the nodes of the format there are: `entry` (an item of a list that knows its level), `group` (blocks that only
    stand together), `here` (where a comment begins or ends), and words between blocks.
    """

    content: list[Node] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    # Addresses of pictures that stayed where they are: nothing is ever fetched.
    elsewhere: list[str] = field(default_factory=list)
    title: str = ""


def clean(text: str) -> str:
    """Text as it may stand in a paragraph: composed, on one line, without what is no character."""
    text = _BLANK.sub(" ", text)
    if not text.isprintable():
        text = "".join(
            each
            for each in text
            if unicodedata.category(each) not in {"Cc", "Cs"} and ord(each) & 0xFFFE != 0xFFFE
        )
    return _WIDE_BLANK.sub(" ", unicodedata.normalize("NFC", text))


def line(text: str, most: int) -> str:
    """The same for an attribute: without blank edges, and no longer than it may be."""
    return clean(text).strip()[:most].strip()


def words(text: str, marks: list[Node] | None = None) -> list[Node]:
    """A piece of text with its marks, in their order; nothing for nothing."""
    text = clean(text)
    if not text:
        return []
    return [{"type": "text", "text": text, **({"marks": list(marks)} if marks else {})}]


def paragraph(content: list[Node]) -> Node:
    """A paragraph of these pieces."""
    return {"type": "paragraph", "content": content}
