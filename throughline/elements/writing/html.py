"""A text as HTML that means what it says: for pages of the product, for published pages, for a file to take along."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from throughline.elements.writing.rules import Document

Node = dict[str, Any]
_TAGS = {"strong": ("<strong>", "</strong>"), "em": ("<em>", "</em>")}


def to_html(
    document: Document,
    *,
    image_url: Callable[[str], str],
    heading_offset: int = 0,
    notes: str = "note",
) -> SafeString:
    """The text; `image_url` tells where a file is (nothing: its words stand there instead).

    `heading_offset` moves headings down in the page around it; `notes` begins the ids of footnotes, which must differ
    between two texts on one page. Whoever shows it says in which language and direction it is.
    """
    writer = _Writer(image_url, heading_offset, notes)
    body = writer.blocks(document["content"])
    return mark_safe(f"{body}{writer.footnotes()}")  # noqa: S308  (every value is escaped below)


@dataclass(slots=True)
class _Writer:
    image_url: Callable[[str], str]
    offset: int
    notes: str
    found: list[Node] = field(default_factory=list)

    def blocks(self, nodes: Iterable[Node]) -> str:
        return "\n".join(map(self.block, nodes))

    def block(self, node: Node) -> str:
        kind, inside = node["type"], node.get("content", ())
        if kind == "paragraph":
            return f"<p>{self.inline(inside)}</p>"
        if kind == "heading":
            level = min(6, node["attrs"]["level"] + self.offset)
            key = node["attrs"]["key"]
            section = f' data-section="{escape(key)}"' if key else ""
            return f"<h{level}{section}>{self.inline(inside)}</h{level}>"
        if kind == "bullet_list":
            return f"<ul>\n{self.items(inside)}\n</ul>"
        if kind == "ordered_list":
            first = node["attrs"]["start"]
            start = "" if first == 1 else f' start="{first:d}"'
            return f"<ol{start}>\n{self.items(inside)}\n</ol>"
        if kind == "quote":
            return f"<blockquote>\n{self.blocks(inside)}{_voice(node['attrs'])}\n</blockquote>"
        if kind == "image":
            return self.image(node["attrs"])
        return self.table(inside)

    def items(self, nodes: Iterable[Node]) -> str:
        return "\n".join(f"<li>{self.inner(node['content'])}</li>" for node in nodes)

    def inner(self, nodes: Sequence[Node]) -> str:
        """What stands in an item or a cell: the words alone where they are all."""
        if len(nodes) == 1 and nodes[0]["type"] == "paragraph":
            return self.inline(nodes[0].get("content", ()))
        return f"\n{self.blocks(nodes)}\n"

    def table(self, rows: Sequence[Node]) -> str:
        head = list(takewhile(_all_headers, rows))
        body = rows[len(head) :]
        if not body:  # a table of headers alone has nothing that they head
            head, body = [], rows
        parts = [
            f"<{part}>\n{self.rows(held)}\n</{part}>\n"
            for part, held in (("thead", head), ("tbody", body))
            if held
        ]
        return f"<table>\n{''.join(parts)}</table>"

    def rows(self, rows: Iterable[Node]) -> str:
        return "\n".join(f"<tr>{self.cells(row)}</tr>" for row in rows)

    def cells(self, row: Node) -> str:
        across = _all_headers(row)
        return "".join(self.cell(cell, across) for cell in row["content"])

    def cell(self, cell: Node, across: bool) -> str:
        spans = "".join(
            f' {name}="{cell["attrs"][name]:d}"' for name in ("colspan", "rowspan") if cell["attrs"][name] > 1
        )
        inside = self.inner(cell["content"])
        if cell["type"] == "table_cell":
            return f"<td{spans}>{inside}</td>"
        return f'<th scope="{"col" if across else "row"}"{spans}>{inside}</th>'

    def image(self, attrs: Node) -> str:
        alt, caption, url = escape(attrs["alt"]), escape(attrs["caption"]), self.image_url(attrs["file"])
        shown = f'<img src="{escape(url)}" alt="{alt}" loading="lazy">' if url else f"<p>{alt}</p>"
        said = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{shown}{said}</figure>"

    def inline(self, nodes: Iterable[Node]) -> str:
        """Words with their marks, each opened once for as long as it lasts."""
        parts: list[str] = []
        standing: list[Node] = []
        for node in nodes:
            marks = node.get("marks", [])
            kept = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(standing, marks, strict=False))))
            parts += [_close(mark) for mark in reversed(standing[kept:])]
            parts += [_open(mark) for mark in marks[kept:]]
            standing = marks
            parts.append(self.piece(node))
        parts += [_close(mark) for mark in reversed(standing)]
        return "".join(parts)

    def piece(self, node: Node) -> str:
        if node["type"] == "text":
            return escape(node["text"])
        if node["type"] == "hard_break":
            return "<br>"
        self.found.append(node["attrs"])
        number = len(self.found)
        return (
            f'<sup><a href="#{self.notes}-{number}" id="{self.notes}-{number}-from" role="doc-noteref"'
            f' aria-label="{escape(_("Note %(number)d") % {"number": number})}">{number}</a></sup>'
        )

    def footnotes(self) -> str:
        if not self.found:
            return ""
        notes = "\n".join(self.footnote(number, attrs) for number, attrs in enumerate(self.found, 1))
        return f'\n<section class="notes" role="doc-endnotes" aria-label="{escape(_("Notes"))}">\n<ol>\n{notes}\n</ol>\n</section>'

    def footnote(self, number: int, attrs: Node) -> str:
        text = "<br>".join(map(str, map(escape, attrs["text"].split("\n"))))
        url = escape(attrs["url"])
        source = f' <a class="source" href="{url}">{url}</a>' if url else ""
        back = escape(_("Back to note %(number)d in the text") % {"number": number})
        return (
            f'<li id="{self.notes}-{number}">{text}{source}'
            f' <a href="#{self.notes}-{number}-from" role="doc-backlink" aria-label="{back}">↩</a></li>'
        )


def _all_headers(row: Node) -> bool:
    return all(cell["type"] == "table_header" for cell in row["content"])


class TablesOnly:
    """Tables as HTML for a text of another format, with footnotes of their own at its end."""

    def __init__(self) -> None:
        self._writer = _Writer(lambda _file: "", 0, "table-note")

    def table_of(self, rows: Sequence[Node]) -> str:
        """One table, without an empty line."""
        return self._writer.table(rows)

    def endnotes(self) -> str:
        """The footnotes of all of them."""
        return self._writer.footnotes().strip()


def voice_of(attrs: Node) -> str:
    """Whose words a quotation is, as HTML; nothing when it does not say."""
    return _voice(attrs).strip()


def _voice(attrs: Node) -> str:
    voice = f"<cite>{escape(attrs['voice'])}</cite>" if attrs["voice"] else ""
    group = f'<span class="group">{escape(attrs["group"])}</span>' if attrs["group"] else ""
    between = ", " if voice and group else ""
    return f"\n<footer>— {voice}{between}{group}</footer>" if voice or group else ""


def _open(mark: Node) -> str:
    if mark["type"] == "link":
        return f'<a href="{escape(mark["attrs"]["href"])}" rel="noopener noreferrer">'
    return _TAGS[mark["type"]][0]


def _close(mark: Node) -> str:
    return "</a>" if mark["type"] == "link" else _TAGS[mark["type"]][1]
