"""A text as a tagged PDF (PDF/UA-1), typeset apart as every paper is (`records.paper`)."""

import base64
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from throughline.elements.writing.grid import grid_of
from throughline.elements.writing.pictures import portable
from throughline.elements.writing.reading.fitting import tidied
from throughline.elements.writing.rules import Document
from throughline.elements.writing.schema import plain_text
from throughline.records.paper.compiling import Way, make_pdf, theirs

Node = dict[str, Any]
LAYOUT = Path(__file__).with_name("text.typ")
_MOST_WIDE, _MOST_HIGH = 460, 560  # points


def to_pdf(
    document: Document,
    *,
    title: str,
    footer: str,
    way: Way,
    image: Callable[[str], bytes | None],
    made_at: datetime,
) -> bytes:
    """The PDF. The same text gives the same bytes. `image` gives the bytes of a file, or nothing when it is gone."""
    data = _Data(image)
    told = {
        "title": title,
        "author": footer,
        "heading": theirs(title),
        "footer": footer,
        "page": _("Page %(page)s of %(pages)s"),
        "blocks": data.blocks(tidied(document)["content"]),
    }
    return make_pdf(LAYOUT, told, way=way, made_at=made_at, pictures=data.pictures)


class _Data:
    """The text as the layout wants it."""

    def __init__(self, image: Callable[[str], bytes | None]) -> None:
        self.image_of = image
        self.pictures: dict[str, str] = {}
        self.level = 1

    def blocks(self, nodes: Iterable[Node]) -> list[Node]:
        return [found for node in nodes for found in self.block(node)]

    def block(self, node: Node) -> list[Node]:
        kind, inside = node["type"], node.get("content", [])
        if kind == "paragraph":
            return [_words("paragraph", node)] if inside else []
        if kind == "heading":
            # Whoever listens goes from heading to heading: none is skipped.
            self.level = min(node["attrs"]["level"], self.level + 1)
            return [{**_words("heading", node), "level": self.level}]
        if kind in {"bullet_list", "ordered_list"}:
            items = [self.blocks(item["content"]) for item in inside]
            if kind == "bullet_list":
                return [{"kind": "bullets", "items": items}]
            return [{"kind": "numbers", "items": items, "start": node["attrs"]["start"]}]
        if kind == "quote":
            voice = ", ".join(filter(None, (node["attrs"]["voice"], node["attrs"]["group"])))
            whose = theirs(f"— {voice}" if voice else "")
            return [
                {
                    "kind": "quote",
                    "inside": self.blocks(inside),
                    "voice": whose["text"],
                    "direction": whose["direction"],
                }
            ]
        if kind == "image":
            return self.image(node["attrs"])
        return [self.table(inside)]

    def image(self, attrs: Node) -> list[Node]:
        """A picture comes in an SVG round it: Typst takes its bytes as text, and its size from there."""
        content = self.image_of(attrs["file"])
        shown = portable(content) if content else None
        if shown is None:
            return [_plain(text) for text in (attrs["alt"], attrs["caption"]) if text]
        kind, picture, (width, height) = shown
        name = f"picture{len(self.pictures)}"
        media = "png" if kind == "png" else "jpeg"
        self.pictures[name] = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
            f'<image width="{width}" height="{height}" href="data:image/{media};base64,{base64.b64encode(picture).decode()}"/></svg>'
        )
        scale = min(0.75, _MOST_WIDE / width, _MOST_HIGH / height)
        return [
            {
                "kind": "image",
                "picture": name,
                "alt": attrs["alt"],
                "caption": attrs["caption"],
                "width": width * scale,
            }
        ]

    def table(self, rows: Sequence[Node]) -> Node:
        grid = grid_of(rows)
        heads = len(list(takewhile(_all_headers, rows)))
        if heads == len(rows) or _reaches_below(rows[:heads]):
            heads = 0
        cells = [
            [
                self.cell(*placed, place, len(rows))
                for placed in row
                if placed is not None and placed[1] != "continue"
            ]
            for place, row in enumerate(grid)
        ]
        head = [cell for row in cells[:heads] for cell in row]
        body = [cell for row in cells[heads:] for cell in row]
        return {"kind": "table", "columns": max(map(len, grid)), "head": head, "body": body}

    def cell(self, cell: Node, merge: str, place: int, rows: int) -> Node:
        down = min(cell["attrs"]["rowspan"], rows - place) if merge else 1
        return {
            "across": cell["attrs"]["colspan"],
            "down": down,
            "strong": cell["type"] == "table_header",
            "inside": self.blocks(cell.get("content", ())),
        }


def _all_headers(row: Node) -> bool:
    return all(cell["type"] == "table_header" for cell in row["content"])


def _reaches_below(head: Sequence[Node]) -> bool:
    return any(
        cell["attrs"]["rowspan"] > len(head) - place
        for place, row in enumerate(head)
        for cell in row["content"]
    )


def _words(kind: str, node: Node) -> Node:
    return {
        "kind": kind,
        "pieces": [_piece(each) for each in node.get("content", ())],
        "direction": theirs(plain_text(node))["direction"],
    }


def _plain(text: str) -> Node:
    return _words("paragraph", {"type": "paragraph", "content": [{"type": "text", "text": text}]})


def _piece(node: Node) -> Node:
    if node["type"] == "hard_break":
        return {"kind": "break"}
    if node["type"] == "footnote":
        return {"kind": "note", "text": node["attrs"]["text"], "url": node["attrs"]["url"]}
    marks = {mark["type"]: mark for mark in node.get("marks", ())}
    href = marks["link"]["attrs"]["href"] if "link" in marks else ""
    return {
        "kind": "text",
        "text": node["text"],
        "strong": "strong" in marks,
        "em": "em" in marks,
        "href": href,
    }
