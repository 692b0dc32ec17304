"""What a reader found, made to fit the format: the words all stay, what has no place goes where it has one."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from throughline.elements.writing.reading.found import Loose, Node, line
from throughline.elements.writing.reading.nesting import nested
from throughline.elements.writing.reading.tidying import is_seen, joined, tidy
from throughline.elements.writing.rules import INLINE, MOST_DEPTH, MOST_SPAN, Document

_INLINE = INLINE | {"here"}
_LISTS = frozenset({"bullet_list", "ordered_list"})
STRONG: Node = {"type": "strong"}


def fitted(loose: Loose) -> Document:
    """A document of the format; marks of comments (`here`) still stand in it. Adds to `loose.lost` what could not stay."""
    content = _Fit(loose.lost).blocks(loose.content, 1)
    return {"type": "doc", "content": content or [{"type": "paragraph"}]}


def tidied(document: Document) -> Document:
    """A document as every format gives it back: what a reader would make of it."""
    return fitted(Loose(content=document["content"]))


class _Fit:
    def __init__(self, lost: Counter[str]) -> None:
        self.lost = lost
        self.waiting: list[Node] = []  # beginnings and ends of comments whose paragraph was empty

    def blocks(self, nodes: list[Node], depth: int) -> list[Node]:
        """Blocks that may stand in the document or in an item of a list."""
        found: list[Node] = []
        for node in self.grouped(nodes):
            found += self.block(node, depth)
        return _merged(found)

    def grouped(self, nodes: Iterable[Node]) -> list[Node]:
        """The same with groups opened, words between blocks as paragraphs, and entries as lists."""
        found: list[Node] = []
        run: list[Node] = []

        def close() -> None:
            if is_seen(run) or any(each["type"] == "here" for each in run):
                found.append({"type": "paragraph", "content": list(run)})
            run.clear()

        for node in nodes:
            if node["type"] in _INLINE:
                run.append(node)
                continue
            close()
            if node["type"] == "group":
                found += self.grouped(node["content"])
            else:
                found.append(node)
        close()
        return nested(found)

    def block(self, node: Node, depth: int) -> list[Node]:
        kind, content = node["type"], node.get("content", [])
        if kind == "paragraph":
            return self.paragraphs(content)
        if kind == "heading":
            return self.heading(node)
        if kind == "quote":
            return self.quote(node, depth)
        if kind == "image":
            return [_image(node["attrs"])]
        if kind in _LISTS:
            return self.listed(node, depth)
        if kind == "table":
            return self.table(node, depth)
        return self.blocks(content, depth)  # an item or a cell astray

    def paragraphs(self, content: list[Node]) -> list[Node]:
        """The paragraphs that these pieces make, and the blocks that stood among them after those."""
        found = []
        for part in tidy([*self.waiting, *(each for each in content if each["type"] in _INLINE)]):
            if is_seen(part):
                self.waiting = []
                found.append({"type": "paragraph", "content": part})
            else:
                self.waiting = part
        others = [each for each in content if each["type"] not in _INLINE]
        return found + (self.blocks(others, MOST_DEPTH) if others else [])

    def heading(self, node: Node) -> list[Node]:
        parts = self.paragraphs(node.get("content", []))
        pieces: list[Node] = []
        for part in parts:
            if part["type"] == "paragraph":
                pieces += [{"type": "hard_break"}, *part["content"]] if pieces else part["content"]
        others = [part for part in parts if part["type"] != "paragraph"]
        if not pieces:
            return others
        attrs = {"level": min(4, max(2, node["attrs"]["level"])), "key": node["attrs"].get("key", "")}
        return [{"type": "heading", "attrs": attrs, "content": _without_strong(pieces)}, *others]

    def quote(self, node: Node, depth: int) -> list[Node]:
        inside, others = self.only_paragraphs(self.blocks(node.get("content", []), depth), "in-quotation")
        if not inside or depth >= MOST_DEPTH:
            return inside + others
        attrs = {
            "voice": line(node["attrs"].get("voice", ""), 200),
            "group": line(node["attrs"].get("group", ""), 100),
        }
        return [{"type": "quote", "attrs": attrs, "content": inside}, *others]

    def only_paragraphs(self, nodes: list[Node], why: str) -> tuple[list[Node], list[Node]]:
        """Blocks as paragraphs, and images, which go behind."""
        inside: list[Node] = []
        others: list[Node] = []
        for node in nodes:
            if node["type"] == "image":
                others.append(node)
            elif node["type"] == "paragraph":
                inside.append(node)
            else:
                self.lost[why] += 1
                more, images = self.only_paragraphs(_opened(node), why)
                inside += more
                others += images
        return inside, others

    def listed(self, node: Node, depth: int) -> list[Node]:
        if depth + 2 > MOST_DEPTH:
            self.lost["deep-lists"] += 1
            return [each for item in node["content"] for each in self.block(item, depth)]
        items: list[Node] = []
        for item in self.items_of(node["content"]):
            inside = self.blocks(item.get("content", []), depth + 2)
            if not inside:
                continue
            if not inside or inside[0]["type"] != "paragraph":
                inside.insert(0, {"type": "paragraph"})
            items.append({"type": "list_item", "content": inside})
        if not items:
            return []
        found: Node = {"type": node["type"], "content": items}
        if node["type"] == "ordered_list":
            found["attrs"] = {"start": min(9999, max(0, node["attrs"]["start"]))}
        return [found]

    def items_of(self, nodes: list[Node]) -> list[Node]:
        """Items alone: a list that stands directly in a list belongs to the item before it."""
        found: list[Node] = []
        for node in nodes:
            if node["type"] == "list_item":
                found.append({**node, "content": list(node.get("content", []))})
            elif found:
                found[-1]["content"].append(node)
            else:
                found.append({"type": "list_item", "content": [node]})
        return found

    def table(self, node: Node, depth: int) -> list[Node]:
        rows: list[Node] = []
        others: list[Node] = []
        for row in node["content"]:
            cells = []
            for cell in row["content"]:
                inside, images = self.in_cell(cell.get("content", []), depth + 3)
                others += images
                spans = {name: min(MOST_SPAN, max(1, cell["attrs"][name])) for name in ("colspan", "rowspan")}
                if cell["type"] == "table_header":
                    inside = [
                        {**each, "content": _without_strong(each["content"])}
                        if each["type"] == "paragraph"
                        else each
                        for each in inside
                    ]
                content = inside or [{"type": "paragraph"}]
                cells.append({"type": cell["type"], "attrs": spans, "content": content})
            rows.append({"type": "table_row", "content": cells})
        rows = _without_empty_rows(rows)
        if depth + 3 > MOST_DEPTH:
            self.lost["deep-lists"] += 1
            return [*(part for row in rows for cell in row["content"] for part in cell["content"]), *others]
        seen = any(cell["content"] != [{"type": "paragraph"}] for row in rows for cell in row["content"])
        return [{"type": "table", "content": rows}, *others] if rows and seen else others

    def in_cell(self, content: list[Node], depth: int) -> tuple[list[Node], list[Node]]:
        """What may stand in a cell, and images, which go behind the table."""
        return self.for_cell(self.blocks(content, depth))

    def for_cell(self, nodes: list[Node]) -> tuple[list[Node], list[Node]]:
        inside: list[Node] = []
        others: list[Node] = []
        for node in nodes:
            kind = node["type"]
            if kind == "paragraph":
                inside.append(node)
            elif kind == "image":
                self.lost["images-in-tables"] += 1
                others.append(node)
            elif kind in _LISTS:
                images = self.without_images(node)
                inside.append(node)
                others += images
            elif kind == "heading":
                self.lost["headings-in-tables"] += 1
                inside.append({"type": "paragraph", "content": _strong(node["content"])})
            else:
                self.lost["tables-in-tables" if kind == "table" else "in-tables"] += 1
                more, images = self.for_cell(_opened(node))
                inside += more
                others += images
        return inside, others

    def without_images(self, node: Node) -> list[Node]:
        """Take images out of a list in a cell, however deep."""
        images: list[Node] = []
        kept = []
        for inner in node.get("content", []):
            if inner["type"] == "image":
                self.lost["images-in-tables"] += 1
                images.append(inner)
            else:
                if inner["type"] not in _INLINE:
                    images += self.without_images(inner)
                kept.append(inner)
        if node["type"] in _LISTS | {"list_item"}:
            node["content"] = kept
        return images


def _merged(nodes: list[Node]) -> list[Node]:
    """Lists that follow each other and go on counting are one."""
    found: list[Node] = []
    for node in nodes:
        last = found[-1] if found else None
        if last and node["type"] in _LISTS and last["type"] == node["type"] and _continues(last, node):
            found[-1] = {**last, "content": [*last["content"], *node["content"]]}
        else:
            found.append(node)
    return found


def _continues(last: Node, node: Node) -> bool:
    if node["type"] == "bullet_list":
        return True
    return bool(last["attrs"]["start"] + len(last["content"]) == node["attrs"]["start"])


def _opened(node: Node) -> list[Node]:
    """The blocks within a block, for where it may not stand itself."""
    if node["type"] == "heading":
        return [{"type": "paragraph", "content": _strong(node["content"])}]
    found: list[Node] = []
    for inner in node["content"]:
        found += (
            [inner]
            if inner["type"] not in {"list_item", "table_row", "table_cell", "table_header"}
            else _opened(inner)
        )
    return found


def _strong(content: list[Node]) -> list[Node]:
    def marked(piece: Node) -> Node:
        marks: list[Any] = piece.get("marks", [])
        if piece["type"] != "text" or STRONG in marks:
            return piece
        before = [mark for mark in marks if mark["type"] == "link"]
        after = [mark for mark in marks if mark["type"] == "em"]
        return {**piece, "marks": [*before, STRONG, *after]}

    return joined([marked(piece) for piece in content])


def _without_strong(content: list[Node]) -> list[Node]:
    """A heading that is strong throughout is a heading: it says so itself."""
    if not all(STRONG in piece.get("marks", ()) for piece in content if piece["type"] == "text"):
        return content
    found = []
    for piece in content:
        marks = [mark for mark in piece.get("marks", ()) if mark != STRONG]
        found.append(
            {key: value for key, value in {**piece, "marks": marks}.items() if value or key != "marks"}
        )
    return joined(found)


def _image(attrs: Node) -> Node:
    kept = {"file": attrs["file"], "alt": line(attrs["alt"], 1000), "caption": line(attrs["caption"], 500)}
    return {"type": "image", "attrs": kept}


def _without_empty_rows(rows: list[Node]) -> list[Node]:
    """A row of which every cell comes from above goes, and those cells are one row shorter."""
    found: list[Node] = []
    for row in rows:
        if row["content"]:
            found.append(row)
            continue
        for distance, above in enumerate(reversed(found), 1):
            for cell in above["content"]:
                if cell["attrs"]["rowspan"] > distance:
                    cell["attrs"]["rowspan"] -= 1
    return found


def text_of(nodes: list[Node]) -> str:
    """The words of some pieces, for attributes."""
    return "".join(node.get("text", " ") if node["type"] in {"text", "hard_break"} else "" for node in nodes)
