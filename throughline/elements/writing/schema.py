"""The text of an element as data: ProseMirror's JSON, and the one place that says what may stand in it (decision 34).

`SCHEMA` is what steps are applied with; it looks at the order of nodes and at no value. `checked` looks at everything and
is what a document must pass before it is kept: see `writing/checking.py`.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from prosemirror.model import Schema

from throughline.elements.writing.checking import checked
from throughline.elements.writing.rules import Document

__all__ = [
    "EMPTY",
    "SCHEMA",
    "SPEC",
    "Block",
    "Document",
    "blocks",
    "canonical",
    "checked",
    "fingerprint",
    "plain_text",
    "textblocks",
]

# In this order: the browser makes the same schema of it, and the order of marks is the order in which they nest.
SPEC: dict[str, Any] = {
    "nodes": {
        "doc": {"content": "block+"},
        "paragraph": {"content": "inline*", "group": "block"},
        "heading": {
            "content": "inline*",
            "group": "block",
            "defining": True,
            "attrs": {"level": {"default": 2}, "key": {"default": ""}},
        },
        "bullet_list": {"content": "list_item+", "group": "block"},
        "ordered_list": {"content": "list_item+", "group": "block", "attrs": {"start": {"default": 1}}},
        "list_item": {"content": "paragraph block*", "defining": True},
        "table": {"content": "table_row+", "group": "block", "isolating": True, "tableRole": "table"},
        "table_row": {"content": "(table_header | table_cell)+", "tableRole": "row"},
        "table_header": {
            "content": "(paragraph | bullet_list | ordered_list)+",
            "isolating": True,
            "tableRole": "header_cell",
            "attrs": {"colspan": {"default": 1}, "rowspan": {"default": 1}},
        },
        "table_cell": {
            "content": "(paragraph | bullet_list | ordered_list)+",
            "isolating": True,
            "tableRole": "cell",
            "attrs": {"colspan": {"default": 1}, "rowspan": {"default": 1}},
        },
        "quote": {
            "content": "paragraph+",
            "group": "block",
            "defining": True,
            "attrs": {"voice": {"default": ""}, "group": {"default": ""}},
        },
        "image": {
            "group": "block",
            "draggable": True,
            "attrs": {"file": {}, "alt": {"default": ""}, "caption": {"default": ""}},
        },
        "text": {"group": "inline"},
        "hard_break": {"group": "inline", "inline": True, "selectable": False},
        "footnote": {
            "group": "inline",
            "inline": True,
            "attrs": {"text": {"default": ""}, "url": {"default": ""}},
        },
    },
    "marks": {
        "link": {"attrs": {"href": {}}, "inclusive": False},
        "strong": {},
        "em": {},
    },
}
SCHEMA: "Schema[Any, Any]" = Schema(SPEC)  # type: ignore[arg-type]
EMPTY: Document = {"type": "doc", "content": [{"type": "paragraph"}]}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text: where it stands, itself, and the name that it has as long as nobody changes it."""

    path: tuple[int, ...]
    node: dict[str, Any]
    fingerprint: str


def blocks(document: Document) -> list[Block]:
    """The blocks that stand directly in the text, in order."""
    return [Block((place,), node, fingerprint(node)) for place, node in enumerate(document["content"])]


def textblocks(document: Document) -> Iterator[Block]:
    """The paragraphs, headings and images of the text, however deep, in order: what one translates and compares."""
    yield from _textblocks(document, ())


def _textblocks(node: dict[str, Any], path: tuple[int, ...]) -> Iterator[Block]:
    for place, inner in enumerate(node.get("content", ())):
        at = (*path, place)
        if inner["type"] in {"paragraph", "heading", "image"}:
            yield Block(at, inner, fingerprint(inner))
        else:
            yield from _textblocks(inner, at)


def canonical(node: dict[str, Any]) -> str:
    """The one way to write a node: what its fingerprint and the digest of an edition are made of."""
    return json.dumps(node, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(block: dict[str, Any]) -> str:
    """The name of a block: the same for the same content, wherever it stands."""
    return hashlib.sha256(canonical(block).encode()).hexdigest()[:16]


def plain_text(node: dict[str, Any]) -> str:
    """The words alone, a line for each paragraph, heading and image; footnotes are left out."""
    return "\n".join(_lines(node))


def _lines(node: dict[str, Any]) -> Iterator[str]:
    kind = node["type"]
    if kind in {"paragraph", "heading"}:
        yield "".join(map(_words, node.get("content", ())))
    elif kind == "image":
        yield from filter(None, (node["attrs"]["caption"] or node["attrs"]["alt"],))
    elif kind in {"text", "hard_break", "footnote"}:
        yield _words(node)
    else:
        for inner in node.get("content", ()):
            yield from _lines(inner)


def _words(node: dict[str, Any]) -> str:
    return "\n" if node["type"] == "hard_break" else str(node.get("text", ""))
