"""Footnotes and comments in HTML: a link in the text leads to a place at the end, from which one leads back.

So do Word, Google Docs, Markdown and our own export; they differ in names only.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from throughline.elements.writing.reading import soup
from throughline.elements.writing.reading.found import Comment, clean, line
from throughline.elements.writing.rules import is_address

_NUMBER = re.compile(
    r"\s*[\[(]?\s*(?:[a-z]{0,3}\d{1,4}|[a-z]{1,3}|[*†‡↩↵]\ufe0e?)\s*[\])]?\s*", re.IGNORECASE
)
_COMMENT = re.compile(r"_msocom_|cmnt", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "li", "td", "dd", "section"})


@dataclass(slots=True)
class Notes:
    """By the name of their place: the attributes of footnotes, and comments."""

    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)


def taken_out(body: Any) -> Notes:
    """The notes and comments of a page, which then no longer stand at its end."""
    found = Notes()
    named: dict[str, Any] = {}
    calls: dict[str, int] = {}
    order: dict[Any, int] = {}
    for number, element in enumerate(body.iter()):
        order[element] = number
        for name in filter(None, (element.get("id"), element.get("name") if element.tag == "a" else None)):
            named.setdefault(name, element)
        href = element.get("href") or ""
        if element.tag == "a" and href.startswith("#") and _NUMBER.fullmatch("".join(soup.texts(element))):
            calls.setdefault(href[1:], number)
    gone: list[Any] = []
    for target, number in calls.items():
        place = _place(named.get(target))
        if place is None or order[place] <= number:
            continue  # a note stands behind what calls it; the way back is no call
        if any(_leads_back(each, target, named) for each in place.iter("a")):
            _take(target, place, found)
            gone.append(place)
    for place in gone:
        _remove(place)
    return found


def _leads_back(link: Any, target: str, named: dict[str, Any]) -> bool:
    """A link in the place of a note to the one that calls it."""
    href = link.get("href") or ""
    source = named.get(href[1:]) if href.startswith("#") else None
    if source is None:
        return False
    caller = source if source.tag == "a" else source.find(".//a")
    return caller is not None and (caller.get("href") or "") == f"#{target}"


def _place(element: Any) -> Any:
    """The block that holds a note, given the element that bears its name."""
    while element is not None and element.tag not in _BLOCKS:
        element = element.getparent()
    if element is None:
        return None
    # Word and Google Docs put one `div` round all paragraphs of each note.
    parent = element.getparent()
    if parent is not None and parent.tag == "div" and len(parent) < 20 and parent[0] is element:
        others = (link for each in parent[1:] for link in each.iter("a"))
        if not any((link.get("href") or "").startswith("#") for link in others):
            return parent
    return element


def _take(target: str, place: Any, found: Notes) -> None:
    source = ""
    for link in list(place.iter("a")):
        href = link.get("href") or ""
        if href.startswith("#") or not href:
            if _NUMBER.fullmatch("".join(soup.texts(link)) or "1"):
                _empty(link)
        elif not source and is_address(href, frozenset({"http", "https"})):
            source = href
            if "".join(soup.texts(link)).strip() == href or link.get("class") == "source":
                _empty(link)
    for each in list(place.iter("br")):
        each.text = "\n"
    blocks = list(place.iter("p")) or [place]
    text = "\n".join(filter(None, (_lines(each) for each in blocks)))
    if _COMMENT.search(target):
        found.comments[target] = Comment("", "", text[:10_000])
    else:
        found.notes[target] = {"text": text[:4000].strip(), "url": source}


def _lines(element: Any) -> str:
    rows = "".join(_parts(element)).split("\n")
    return "\n".join(line(each, 4000) for each in rows).strip()


def _parts(element: Any) -> list[str]:
    """The words of an element, where only a break of its own is the end of a line."""
    if element.tag == "br":
        return ["\n"]
    found = [clean(element.text or "")]
    for inner in element:
        found += _parts(inner) if isinstance(inner.tag, str) else []
        found.append(clean(inner.tail or ""))
    return found


def _empty(element: Any) -> None:
    for each in list(element):
        element.remove(each)
    element.text = None


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    parent.remove(element)
    if tail.strip():
        parent.text = (parent.text or "") + tail
    is_bare = not "".join(soup.texts(parent)).strip() and all(each.tag in {"hr", "br"} for each in parent)
    if is_bare and parent.tag in {"ol", "ul", "section", "div"}:
        _remove(parent)
