"""What is translated of an edition: its title, its paragraphs, its items; and which translation says which.

Pure: takes rows, asks nothing. A paragraph is named by its fingerprint, so a translation stays right wherever the paragraph
stands, and is behind as soon as its words change (docs/decisions/0017).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from throughline.elements.models import BlockTranslation, Edition
from throughline.elements.structure.snapshots import words_in
from throughline.elements.writing.schema import fingerprint, plain_text, textblocks

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece to translate: its name, and itself."""

    name: str
    node: Node


def paragraph(text: str) -> Node:
    """A line of plain text as a paragraph: a title, an item."""
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def units_of(edition: Edition) -> list[Unit]:
    """Everything with words in it, in order, each piece once."""
    found: dict[str, Unit] = {}
    for node in _nodes(edition):
        if plain_text(node).strip():
            name = fingerprint(node)
            found.setdefault(name, Unit(name, node))
    return list(found.values())


def _nodes(edition: Edition) -> Iterator[Node]:
    yield paragraph(edition.title)
    for block in textblocks(edition.document):
        yield block.node
    for item in edition.items:
        yield from map(paragraph, words_in(item))


Said = Mapping[str, BlockTranslation]


def newest(rows: Iterable[BlockTranslation]) -> dict[str, BlockTranslation]:
    """By what they say, the last of each, when it was not taken back. `rows` stand oldest first."""
    found = {each.says: each for each in rows}
    return {name: row for name, row in found.items() if row.block is not None}


@dataclass(frozen=True, slots=True)
class Behind:
    """A translation of what a paragraph said before: the words that it says, and the translation."""

    was: Node
    row: BlockTranslation


def behind(units: list[Unit], before: list[Unit], said: Said) -> dict[str, Behind]:
    """For paragraphs without a translation: the one of the paragraph that they took the place of in an earlier edition."""
    now_names, old_names = [each.name for each in units], [each.name for each in before]
    found: dict[str, Behind] = {}
    for tag, old, old_end, new, new_end in SequenceMatcher(
        None, old_names, now_names, autojunk=False
    ).get_opcodes():
        if tag != "replace":
            continue
        for earlier, unit in zip(before[old:old_end], units[new:new_end], strict=False):
            row = said.get(earlier.name)
            if row is not None and unit.name not in said and earlier.node["type"] == unit.node["type"]:
                found[unit.name] = Behind(earlier.node, row)
    return found


def translated(document: Node, said: Said) -> tuple[Node, frozenset[int]]:
    """The text with every paragraph that has a translation in it, and the places of blocks where some has none."""
    missing: set[int] = set()
    content = [
        _translated(block, said, missing, place) for place, block in enumerate(document.get("content", ()))
    ]
    return {**document, "content": content}, frozenset(missing)


def _translated(node: Node, said: Said, missing: set[int], place: int) -> Node:
    if node["type"] in ("paragraph", "heading", "image"):
        row = said.get(fingerprint(node))
        if row is not None and row.block is not None:
            return dict(row.block)
        if plain_text(node).strip():
            missing.add(place)
        return node
    if "content" not in node:
        return node
    return {**node, "content": [_translated(each, said, missing, place) for each in node["content"]]}


def words(text: str, said: Said) -> str:
    """A title or an item in translation, or as it is."""
    row = said.get(fingerprint(paragraph(text))) if text else None
    return plain_text(row.block) if row is not None and row.block else text
