"""Lists in Word's HTML: paragraphs that say in their style how deep they stand, with their number as text."""

import re
from typing import Any

from throughline.elements.writing.reading import soup
from throughline.elements.writing.reading.found import Node

_MSO = re.compile(r"mso-list\s*:\s*(l\d+)\s+level(\d)", re.IGNORECASE)
_KIX = re.compile(r"\blst-kix_\S+-(\d)\b")
_NUMBER = re.compile(r"\(?\s*(?:\d+\.)*(?:(\d{1,4})|([a-z]{1,6}))\s*[.):]?", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def level_of_class(element: Any) -> int | None:
    """How deep a list stands that Google Docs saved (0: not in another), None for other lists."""
    found = _KIX.search(element.get("class") or "")
    return int(found[1]) if found else None


def as_entry(element: Any) -> Node | None:
    """The item of a list that a paragraph of Word is; None for any other."""
    found = _MSO.search(element.get("style") or "")
    if not found:
        return None
    label = _label(element)
    ordered, number = _numbered(label)
    return {
        "type": "entry",
        "level": int(found[2]) - 1,
        "ordered": ordered,
        "number": number,
        "list": found[1],
    }


def _label(element: Any) -> str:
    for inner in element.iter("span"):
        if "ignore" in soup.style_of(inner).get("mso-list", ""):
            return "".join(soup.texts(inner)).replace("\xa0", " ").strip()
    return ""


def _numbered(label: str) -> tuple[bool, int | None]:
    """Whether a label counts, and how far; `o` is Word's hollow bullet."""
    found = _NUMBER.fullmatch(label)
    if not found or label.lower() == "o":
        return False, None
    if found[1]:
        return True, int(found[1])
    letters = found[2].lower()
    if set(letters) <= _ROMAN.keys() and (len(letters) > 1 or letters in "iv"):
        return True, _roman(letters)
    return (True, ord(letters) - 96) if len(letters) == 1 else (False, None)


def _roman(letters: str) -> int:
    values = [_ROMAN[each] for each in letters]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
