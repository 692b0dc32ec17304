"""A text and its outline: what stands in each section, and a text that follows an outline which has changed. Pure.

A section of the text begins at a level-two heading with the section's `key` and ends before the next of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
Outline = Sequence[Mapping[str, str]]


def _key(block: Mapping[str, Any]) -> str:
    attrs = block.get("attrs") or {}
    return str(attrs.get("key") or "") if block.get("type") == "heading" and attrs.get("level") == 2 else ""


def _texts(node: Mapping[str, Any]) -> Iterator[str]:
    if node.get("type") == "text":
        yield str(node.get("text", ""))
    for child in node.get("content", ()):
        yield from _texts(child)
    if node.get("type") in ("paragraph", "heading", "table_cell", "table_header"):
        yield " "


def words_in(document: Document) -> dict[str, int]:
    """How many words stand in each section, by key; what stands before the first one counts for ""."""
    counts: dict[str, int] = {}
    key = ""
    for block in document.get("content", ()):
        if found := _key(block):
            key = found
            counts.setdefault(key, 0)
        else:
            counts[key] = counts.get(key, 0) + len("".join(_texts(block)).split())
    return counts


@dataclass(slots=True)
class _Part:
    key: str
    blocks: list[Document]


def _parts(document: Document) -> list[_Part]:
    parts, seen = [_Part("", [])], set()
    blocks = document.get("content", [])
    for block in [] if blocks == [{"type": "paragraph"}] else blocks:  # an empty text is one empty line
        found = _key(block)
        if found and found in seen:  # a heading that was copied begins no second section of that name
            block = _of_no_section(block)
        elif found:
            seen.add(found)
            parts.append(_Part(found, []))
        parts[-1].blocks.append(block)
    return parts


def _of_no_section(block: Document) -> Document:
    return {**block, "attrs": {"level": 2, "key": ""}}


def heading(title: str, key: str) -> Document:
    """The heading of a section."""
    return {
        "type": "heading",
        "attrs": {"level": 2, "key": key},
        "content": [{"type": "text", "text": title}],
    }


def _said(block: Document) -> str:
    return "".join(_texts(block)).strip()


def following(document: Document, before: Outline, after: Outline) -> Document:
    """The text, following an outline that was `before` and is `after`: sections in its order, new ones with a heading.

    A heading that still said the old title says the new one. The words of a section that was removed stay where they are,
    under a heading that is no section's any more; an empty one goes.
    """
    old = {each["key"]: each["title"] for each in before}
    new = {each["key"]: each["title"] for each in after}
    parts = _without_empty(_parts(document), old.keys() - new.keys())
    kept = {part.key for part in parts if part.key in new}
    for part in parts:
        if (
            part.key in new
            and new[part.key] != old.get(part.key)
            and _said(part.blocks[0]) == old.get(part.key)
        ):
            part.blocks[0] = heading(new[part.key], part.key)
    sections = {part.key: part for part in parts if part.key in kept}
    order = [each["key"] for each in after]
    moved = [key for key in order if key in kept]
    place = iter(moved)
    arranged = [sections[next(place)] if part.key in kept else part for part in parts]
    for at, key in enumerate(order):
        if key not in kept and key not in old:
            earlier = next((each for each in reversed(order[:at]) if each in sections), None)
            spot = arranged.index(sections[earlier]) + 1 if earlier else 1
            sections[key] = _Part(key, [heading(new[key], key), {"type": "paragraph"}])
            arranged.insert(spot, sections[key])
    blocks = [block for part in arranged for block in part.blocks]
    return {"type": "doc", "content": blocks or [{"type": "paragraph"}]}


def _without_empty(parts: list[_Part], removed: set[str]) -> list[_Part]:
    found = []
    for part in parts:
        if part.key in removed:
            if not any(_said(block) or block["type"] == "image" for block in part.blocks[1:]):
                continue
            part.blocks[0] = _of_no_section(part.blocks[0])
            part.key = ""
        found.append(part)
    return found
