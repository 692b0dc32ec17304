"""A text as Markdown (CommonMark with tables and footnotes), which reads well as it is and comes back as it was.

What Markdown has no sign for stands as HTML in it: a table with merged cells, the voice of a quotation.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from throughline.elements.writing.html import TablesOnly, voice_of
from throughline.elements.writing.reading.fitting import tidied
from throughline.elements.writing.rules import Document

Node = dict[str, Any]
_ALWAYS = re.compile(r"([\\`*_\[\]<>#|~{}])")
_ENTITY = re.compile(r"&(?=[#a-zA-Z])")
_BARE = re.compile(r"[\w:/?#@=.~%+,;-]+", re.ASCII)  # an address that needs no brackets
_STARTS = re.compile(r"^([-+=:])|^(\d{1,9})([.)])")


def to_markdown(
    document: Document, *, title: str, image_url: Callable[[str], str], typed: bool = False
) -> str:
    """The text; `image_url` tells where a file lies beside it (nothing: its words stand there instead).

    `typed` is for whoever goes on writing it in a form (`reading/typed.py`): there the voice of a quotation has a sign.
    """
    writer = _Writer(image_url, typed)
    parts = [f"# {_escaped(title)}"] if title else []
    parts += [*writer.blocks(tidied(document)["content"]), *writer.endnotes()]
    return "\n\n".join(parts) + "\n"


@dataclass(slots=True)
class _Writer:
    image_url: Callable[[str], str]
    typed: bool = False
    notes: list[Node] = field(default_factory=list)
    tables: TablesOnly = field(default_factory=TablesOnly)

    def blocks(self, nodes: Iterable[Node]) -> list[str]:
        found: list[str] = []
        before: Node | None = None
        sign = "."
        for node in nodes:
            follows = before is not None and before["type"] == node["type"] == "ordered_list"
            sign = ")" if follows and sign == "." else "."  # another sign begins another list
            found.append(self.block(node, sign))
            before = node
        return found

    def block(self, node: Node, sign: str) -> str:
        kind, inside = node["type"], node.get("content", [])
        if kind == "paragraph":
            return self.inline(inside)
        if kind == "heading":
            key = node["attrs"]["key"]
            words = self.inline(inside, line_break="<br>")
            return f"{'#' * node['attrs']['level']} {words}{f' {{#{key}}}' if key else ''}"
        if kind == "bullet_list":
            return self.items(inside, lambda _place: "-")
        if kind == "ordered_list":
            start = node["attrs"]["start"]
            return self.items(inside, lambda place: f"{start + place}{sign}")
        if kind == "quote":
            said = [*(self.inline(each.get("content", [])) for each in inside), self.voice(node["attrs"])]
            return "\n".join(f"> {row}".rstrip() for row in "\n\n".join(filter(None, said)).split("\n"))
        if kind == "image":
            return self.image(node["attrs"])
        return self.table(inside)

    def items(self, items: Sequence[Node], marker: Callable[[int], str]) -> str:
        written = [self.item(item, marker(place)) for place, item in enumerate(items)]
        loose = any("\n\n" in each for each in written)
        return ("\n\n" if loose else "\n").join(written)

    def item(self, item: Node, marker: str) -> str:
        first, *rest = item["content"]
        indent = " " * (len(marker) + 1)
        parts = self.blocks(rest)
        words = self.inline(first.get("content", []))
        tight = len(rest) == 1 and _may_follow_words(rest[0])
        if not words:
            text = "\n" + "\n\n".join(parts) if parts else ""
        else:
            text = ("\n" if tight and "\n\n" not in parts[0] else "\n\n").join([words, *parts])
        rows = text.split("\n")
        return "\n".join([f"{marker} {rows[0]}".rstrip(), *(f"{indent}{row}".rstrip() for row in rows[1:])])

    def voice(self, attrs: Node) -> str:
        if not self.typed:
            return voice_of(attrs)
        voice, group = _escaped(attrs["voice"]), _escaped(attrs["group"])
        return f"-- {voice}{f' | {group}' if group else ''}" if voice or group else ""

    def image(self, attrs: Node) -> str:
        alt, url = _escaped(attrs["alt"]), self.image_url(attrs["file"])
        if not url:
            return alt or _escaped(attrs["caption"])
        caption = _ENTITY.sub(r"\\&", attrs["caption"].replace("\\", "\\\\").replace('"', '\\"'))
        title = f' "{caption}"' if caption else ""
        return f"![{alt}]({_destination(url)}{title})"

    def table(self, rows: Sequence[Node]) -> str:
        if not _is_simple(rows):
            return self.tables.table_of(rows)
        head, *body = [self.row(row) for row in rows]
        between = "| " + " | ".join("---" for _cell in rows[0]["content"]) + " |"
        return "\n".join([head, between, *body])

    def row(self, row: Node) -> str:
        cells = [
            self.inline(cell["content"][0].get("content", []), line_break="<br>") for cell in row["content"]
        ]
        return "| " + " | ".join(cells) + " |"

    def inline(self, pieces: Sequence[Node], line_break: str = "\\\n") -> str:
        found: list[str] = []
        link = ""
        at_start = True
        for place, piece in enumerate(pieces):
            href = next(
                (mark["attrs"]["href"] for mark in piece.get("marks", ()) if mark["type"] == "link"), ""
            )
            if href != link:
                found.append(f"]({_destination(link)})" if link else "")
                found.append("[" if href else "")
                link = href
            if piece["type"] == "hard_break":
                found.append(line_break)
                at_start = True
            elif piece["type"] == "footnote":
                self.notes.append(piece["attrs"])
                found.append(f"[^{len(self.notes)}]")
                at_start = False
            else:
                written = _marked(piece, pieces, place, at_start=at_start and not link)
                if written[0] == ":" and place and pieces[place - 1]["type"] == "footnote":
                    found.append("\\")  # else the sign of the footnote would be where its text is given
                found.append(written)
                at_start = False
        return "".join([*found, f"]({_destination(link)})" if link else ""])

    def endnotes(self) -> list[str]:
        found = []
        for number, note in enumerate(self.notes, 1):
            rows = [_escaped(row) for row in note["text"].split("\n")]
            text = "\\\n    ".join(rows)
            source = f" [{_escaped(note['url'])}]({_destination(note['url'])})" if note["url"] else ""
            found.append(f"[^{number}]: {text}{source}")
        return found + ([self.tables.endnotes()] if self.tables.endnotes() else [])


def _may_follow_words(node: Node) -> bool:
    """Whether a list needs no empty line before it: one that begins with 1, or bullets, and with words."""
    if node["type"] not in {"bullet_list", "ordered_list"} or not node["content"][0]["content"][0].get(
        "content"
    ):
        return False
    return node["type"] == "bullet_list" or bool(node["attrs"]["start"] == 1)


def _marked(piece: Node, pieces: Sequence[Node], place: int, *, at_start: bool) -> str:
    kinds = {mark["type"] for mark in piece.get("marks", ())} - {"link"}
    text = piece["text"]
    if not kinds:
        return _escaped(text, at_start=at_start)
    written = _escaped(text)
    before, after = (
        pieces[place - 1] if place else None,
        pieces[place + 1] if place + 1 < len(pieces) else None,
    )
    lonely = not any(each and _has_looks(each) for each in (before, after))
    opens = _is_letter(text[0]) or _is_apart(piece, before, -1)
    closes = _is_letter(text[-1]) or _is_apart(piece, after, 0)
    if lonely and opens and closes:
        sign = "*" * (2 * ("strong" in kinds) + ("em" in kinds))
        return f"{sign}{written}{sign}"
    for kind in ("em", "strong"):
        if kind in kinds:
            written = f"<{kind}>{written}</{kind}>"
    return written


def _is_apart(piece: Node, neighbor: Node | None, edge: int) -> bool:
    """Whether a blank, a bracket or the end of a line stands between a piece and its neighbor, so that a sign counts there."""
    if neighbor is None or neighbor["type"] != "text":
        return True
    links = [[mark for mark in each.get("marks", ()) if mark["type"] == "link"] for each in (piece, neighbor)]
    return links[0] != links[1] or neighbor["text"][edge].isspace()


def _has_looks(piece: Node) -> bool:
    return any(mark["type"] != "link" for mark in piece.get("marks", ()))


def _is_letter(each: str) -> bool:
    return unicodedata.category(each)[0] in "LN"


def _escaped(text: str, *, at_start: bool = True) -> str:
    """Words that mean themselves. `!` before a link would make it an image."""
    text = _ENTITY.sub(r"\\&", _ALWAYS.sub(r"\\\1", text))
    if text.endswith("!"):
        text = f"{text[:-1]}\\!"
    if at_start:
        text = _STARTS.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)
    return text


def _destination(href: str) -> str:
    if _BARE.fullmatch(href):
        return href
    inside = re.sub(r"([\\<>&])", r"\\\1", href)
    return f"<{inside}>"


def _is_simple(rows: Sequence[Node]) -> bool:
    """Whether pipes can say it: one row of headers, no merged cell, one paragraph in each."""
    width = len(rows[0]["content"])
    for place, row in enumerate(rows):
        kind = "table_cell" if place else "table_header"
        for cell in row["content"]:
            plain = len(cell["content"]) == 1 and cell["content"][0]["type"] == "paragraph"
            if cell["type"] != kind or not plain or set(cell["attrs"].values()) != {1}:
                return False
        if len(row["content"]) != width:
            return False
    return len(rows) > 1
