"""HTML as pasted from Word and Google Docs, or as a page or our own export has it, as loose blocks."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from throughline.elements.writing.reading import html_notes, soup
from throughline.elements.writing.reading.found import Loose, Node, Picture, clean, line, paragraph, words
from throughline.elements.writing.reading.html_lists import as_entry, level_of_class
from throughline.elements.writing.reading.html_marks import Inline, drawn_marks, is_off, with_link
from throughline.elements.writing.reading.titles import settle_headings

_DATA = re.compile(r"data:image/(?:png|jpe?g|gif|webp|bmp|tiff)(?:;[^,;]*)*;base64,", re.IGNORECASE)


def read_html(text: str, here: Mapping[str, str] = {}) -> Loose:
    """The blocks of a page or a paste; `here` tells which file a name of a picture means. Raises `Unreadable`."""
    loose = Loose()
    body = soup.parsed(text, loose.lost)
    notes = html_notes.taken_out(body)
    reader = _Reader(loose, notes, here)
    loose.content = reader.inside(body, [])
    settle_headings(loose)
    return loose


class _Reader:
    def __init__(self, loose: Loose, notes: html_notes.Notes, here: Mapping[str, str]) -> None:
        self.loose, self.lost, self.notes, self.here = loose, loose.lost, notes, here
        self.inline = Inline(loose, notes)
        self.by_tag: dict[str, Callable[[Any], list[Node]]] = {
            "ul": self.listed,
            "ol": self.listed,
            "table": self.table,
            "blockquote": self.quote,
            "figure": self.figure,
            "img": self.image,
            "hr": self.rule,
            "pre": self.preformatted,
            **{f"h{level}": self.heading for level in range(1, 7)},
        }

    def inside(self, element: Any, marks: list[Node]) -> list[Node]:
        """What stands in an element: blocks, and words between them."""
        found = words(element.text or "", marks)
        for inner in element:
            found += self.one(inner, marks)
            found += words(inner.tail or "", marks)
        return found

    def one(self, element: Any, marks: list[Node]) -> list[Node]:
        tag = element.tag
        if not isinstance(tag, str):
            return []
        if tag == "del" or self.is_table_of_contents(element):
            self.lost["deletions" if tag == "del" else "contents"] += 1
            return []
        if is_off(soup.style_of(element)):
            return []
        if tag in self.by_tag:
            return self.by_tag[tag](element)
        if tag in soup.BLOCKS:
            return self.block(element)
        special = self.inline.special(element, marks)
        if special is not None:
            return special
        marks = drawn_marks(element, marks, self.lost)
        return self.inside(element, with_link(element, marks, self.lost) if tag == "a" else marks)

    def is_table_of_contents(self, element: Any) -> bool:
        return (element.get("class") or "").lower().startswith("msotoc")

    def block(self, element: Any) -> list[Node]:
        """A paragraph or a division: one paragraph, or the blocks in it; an item of a list where Word says that it is."""
        entry = as_entry(element)
        content = self.inside(element, drawn_marks(element, [], self.lost, block=True))
        if entry:
            return [{**entry, "content": content}]
        if element.tag in {"p", "dt", "caption", "figcaption"}:
            return [paragraph(content)]
        return [{"type": "group", "content": content}]

    def heading(self, element: Any) -> list[Node]:
        attrs = {"level": int(element.tag[1]), "key": _key(element.get("data-section"))}
        return [{"type": "heading", "attrs": attrs, "content": self.inside(element, [])}]

    def listed(self, element: Any) -> list[Node]:
        level = level_of_class(element)
        ordered = element.tag == "ol"
        start = _number(element.get("start"), 1)
        if level is not None:  # Google Docs saves every level beside the others
            name = (element.get("class") or "").rsplit("-", 1)[0]
            items = [each for each in element if each.tag == "li"]
            return [
                {
                    "type": "entry",
                    "level": level,
                    "ordered": ordered,
                    "number": start + place if ordered else None,
                    "list": name,
                    "content": self.inside(item, drawn_marks(item, [], self.lost, block=True)),
                }
                for place, item in enumerate(items)
            ]
        content = [self.item(each) for each in element if isinstance(each.tag, str)]
        if not content:
            return []
        kind = "ordered_list" if ordered else "bullet_list"
        return [
            {"type": kind, "attrs": {"start": start}, "content": [each for part in content for each in part]}
        ]

    def item(self, element: Any) -> list[Node]:
        if element.tag == "li":
            inside = self.inside(element, drawn_marks(element, [], self.lost, block=True))
            return [{"type": "list_item", "content": inside}]
        return self.one(element, [])

    def quote(self, element: Any) -> list[Node]:
        """Whose words they are stands in a footer; without one, indented text is all that it is, and stays a quotation."""
        voice = group = ""
        for footer in element.iter("footer"):
            cite = footer.find(".//cite")
            given = next((each for each in footer.iter("span") if each.get("class") == "group"), None)
            group = line("".join(soup.texts(given)), 100) if given is not None else ""
            whole = line("".join(soup.texts(footer)), 300).lstrip("—–- ")
            voice = (
                line("".join(soup.texts(cite)), 200)
                if cite is not None
                else ("" if group else line(whole, 200))
            )
            for each in list(footer):
                footer.remove(each)
            footer.text = None
        attrs = {"voice": voice, "group": group}
        return [{"type": "quote", "attrs": attrs, "content": self.inside(element, [])}]

    def figure(self, element: Any) -> list[Node]:
        """An image with its caption; anything else in a figure as it is."""
        caption = element.find(".//figcaption")
        content = self.inside(element, [])
        images = [each for each in _all(content) if each["type"] == "image"]
        if len(images) == 1 and caption is not None:
            images[0]["attrs"]["caption"] = line("".join(soup.texts(caption)), 500)
            return images
        return [{"type": "group", "content": content}]

    def image(self, element: Any) -> list[Node]:
        source, alt = (element.get("src") or "").strip(), clean(element.get("alt") or "").strip()
        if _DATA.match(source):
            try:
                content = base64.b64decode(source.split(",", 1)[1], validate=False)
            except (binascii.Error, ValueError):
                content = b""
            if content:
                name = str(uuid4())
                self.loose.pictures[name] = Picture(content, alt)
                return [_shown(name, alt, element)]
        if source in self.here:
            return [_shown(self.here[source], alt, element)]
        if source.lower().startswith(("http:", "https:")):
            self.loose.elsewhere.append(source[:2000])
        else:
            self.lost["images"] += 1
        return []

    def rule(self, element: Any) -> list[Node]:
        if element.get("class") is None and element.get("style") is None:  # else it parts notes from the text
            self.lost["lines"] += 1
        return []

    def preformatted(self, element: Any) -> list[Node]:
        pieces: list[Node] = []
        for row in "".join(soup.texts(element)).strip("\n").split("\n"):
            pieces += [{"type": "hard_break"}] if pieces else []
            pieces += words(row)
        return [paragraph(pieces)]

    def table(self, element: Any) -> list[Node]:
        caption = element.find("caption")
        before = self.block(caption) if caption is not None else []
        rows = []
        for row in element.iter("tr"):
            if next(row.iterancestors("table")) is not element:
                continue
            in_head = row.getparent().tag == "thead"
            cells = [self.cell(each, in_head) for each in row if each.tag in {"td", "th"}]
            rows.append({"type": "table_row", "content": cells})
        return [*before, {"type": "table", "content": rows}] if rows else before

    def cell(self, element: Any, in_head: bool) -> Node:
        kind = "table_header" if in_head or element.tag == "th" else "table_cell"
        spans = {name: _number(element.get(name), 1) for name in ("colspan", "rowspan")}
        inside = self.inside(element, drawn_marks(element, [], self.lost, block=True))
        return {"type": kind, "attrs": spans, "content": inside}


def _shown(file: str, alt: str, element: Any) -> Node:
    caption = line(element.get("title") or "", 500)
    return {"type": "image", "attrs": {"file": file, "alt": alt, "caption": caption}}


def _all(nodes: list[Node]) -> list[Node]:
    return [found for node in nodes for found in [node, *_all(node.get("content", []))]]


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else otherwise


def _key(value: str | None) -> str:
    return value if value and re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", value) else ""
