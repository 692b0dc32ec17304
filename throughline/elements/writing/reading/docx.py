"""A Word file as loose blocks: headings by style and outline, lists with their numbers, tables, notes, comments.

Tracked changes are taken as accepted: insertions stay, deletions go, what was moved stands once, and a paragraph whose
mark was deleted goes on in the next.
"""

import re
from collections.abc import Iterable
from typing import Any

from throughline.elements.writing.reading.docx_notes import comments_of, notes_of
from throughline.elements.writing.reading.docx_runs import Around, Runs
from throughline.elements.writing.reading.docx_styles import (
    Style,
    is_plain,
    numbering_of,
    read_styles,
    value,
    whole,
)
from throughline.elements.writing.reading.docx_table import DocxTables
from throughline.elements.writing.reading.fitting import text_of
from throughline.elements.writing.reading.found import Loose, Node, Unreadable, line, paragraph
from throughline.elements.writing.reading.package import Package, R, W

_QUOTES = frozenset({"quote", "intense quote", "quotations", "block text", "quote voice"})
# What these look like is what they are.
_SHAPED = _QUOTES | {"title", "subtitle", "caption", "table heading"}
_CONTINUE = re.compile(r"list continue(?: ([2-5]))?")
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of figures|contents heading")
_KEY = re.compile(r"section_([a-z0-9][a-z0-9_]{0,31})")
_OPENED = frozenset(f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))


def read_docx(content: bytes) -> Loose:
    """The blocks of a Word file. Raises `Unreadable`."""
    package = Package(content)
    tree = package.tree(package.main)
    body = tree.find(f"{W}body") if tree is not None else None
    if body is None:
        raise Unreadable("no-word")
    loose = Loose()
    targets = package.targets(package.main)
    styles, numbering = read_styles(package, targets)
    runs = Runs(loose, package, styles, {package.main: targets})
    notes_of(package, targets, runs)
    comments_of(package, targets, runs)
    reader = _Reader(loose, runs, numbering, package.main)
    loose.content = reader.blocks(body)
    reader.settle(body, package, targets)
    return loose


class _Reader:
    def __init__(self, loose: Loose, runs: Runs, numbering: Any, part: str) -> None:
        self.loose, self.lost, self.runs, self.numbering, self.part = loose, loose.lost, runs, numbering, part
        self.held: list[Node] = []  # of paragraphs whose mark was deleted
        self.tables = DocxTables(self.blocks, loose.lost)
        self.deep_headings = 0

    def blocks(self, container: Any) -> list[Node]:
        """What stands in the body, a cell or a text box."""
        found: list[Node] = []
        for element in container:
            tag = element.tag
            if tag == f"{W}p":
                self.paragraph(element, found)
            elif tag == f"{W}tbl":
                self.let_go(found)
                found.append(self.tables.read(element))
            elif tag in _OPENED:
                found += self.blocks(element)
            elif tag == f"{W}sdt":
                self.control(element, found)
            elif tag == f"{W}altChunk":
                self.lost["embedded"] += 1
            elif tag in {f"{W}commentRangeStart", f"{W}commentRangeEnd"}:
                self.held += self.runs.other(element, Around())
        self.let_go(found)
        return found

    def let_go(self, found: list[Node]) -> None:
        if self.held:
            found.append(paragraph(self.held))
            self.held = []

    def control(self, element: Any, found: list[Node]) -> None:
        """A content control: a table of contents is made anew by whoever prints; ours say to which item blocks belong."""
        properties, content = element.find(f"{W}sdtPr"), element.find(f"{W}sdtContent")
        if content is None:
            return
        if properties is not None:
            part = properties.find(f"{W}docPartObj")
            if "table of contents" in (value(part, "docPartGallery") or "").lower():
                self.lost["contents"] += 1
                return
        inside = self.blocks(content)
        level = re.fullmatch(r"item-([0-8])", value(properties, "tag") or "")
        entry = _entry_at(found, int(level[1])) if level else None
        if entry is not None:
            entry["content"] += inside
        else:
            found += inside

    def paragraph(self, element: Any, found: list[Node]) -> None:
        properties = element.find(f"{W}pPr")
        style = self.runs.styles.of(value(properties, "pStyle"))
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if properties is not None and properties.find(f"{W}pPrChange") is not None:
            self.lost["tracked-looks"] += 1
        if _CONTENTS.fullmatch(style.name):
            self.lost["contents"] = 1
            return
        self.runs.key = ""
        outline = self.outline(properties, style)
        around = Around(part=self.part)
        if outline is None and style.name not in _SHAPED:
            around = Around("", style.strong, style.em, self.part)
        pieces = self.held + self.runs.of(element, around)
        self.held = []
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self.held = pieces
            return
        boxes, self.runs.boxes = self.runs.boxes, []
        self.place(pieces, properties, style, outline, found)
        for box in boxes:
            found += self.blocks(box)

    def outline(self, properties: Any, style: Style) -> int | None:
        """The level of a heading, counted from 0; None for text."""
        direct = value(properties, "outlineLvl")
        level = whole(direct, 9) if direct is not None else style.outline
        return level if level is not None and 0 <= level < 9 else None

    def place(
        self, pieces: list[Node], properties: Any, style: Style, outline: int | None, found: list[Node]
    ) -> None:
        """Put a paragraph where it belongs: heading, quotation, caption, list or text."""
        if style.name == "title" and not self.loose.title and not any(map(_is_read, found)):
            self.loose.title = line(text_of(pieces), 200)
        elif outline is not None:
            self.deep_headings += outline > 2
            key = _KEY.fullmatch(self.runs.key)
            attrs = {"level": min(4, outline + 2), "key": key[1].replace("__", "-") if key else ""}
            found.append({"type": "heading", "attrs": attrs, "content": pieces})
            if numbering_of(properties)[0] or style.numbering[0]:
                self.lost["heading-numbers"] += 1
        elif style.name in _QUOTES:
            self.quote(pieces, style, found)
        elif style.name == "caption" and found and _last_image(found[-1]) is not None:
            image = _last_image(found[-1])
            assert image is not None
            image["attrs"]["caption"] = line(text_of(pieces), 500)
        else:
            self.item(pieces, properties, style, found)

    def quote(self, pieces: list[Node], style: Style, found: list[Node]) -> None:
        last = found[-1] if found else None
        if last is None or last["type"] != "quote" or last.get("closed"):
            last = {"type": "quote", "attrs": {"voice": "", "group": ""}, "content": []}
            found.append(last)
        if style.name != "quote voice":
            last["content"].append(paragraph(pieces))
            return
        last["closed"] = True
        whose = text_of(pieces).removeprefix("— ")
        voice, _between, group = whose.partition("\u2003")
        last["attrs"] = {"voice": line(voice, 200), "group": line(group, 100)}

    def item(self, pieces: list[Node], properties: Any, style: Style, found: list[Node]) -> None:
        """An item of a list, what goes on in one, or a paragraph."""
        direct, level = numbering_of(properties)
        number = direct if direct is not None else style.numbering[0]
        level = level if level is not None else (style.numbering[1] or 0)
        form = self.numbering.format(number, level) if number not in {None, "0"} else ""
        goes_on = _CONTINUE.fullmatch(style.name)
        if number and form and form != "none":
            ordered = not is_plain(form)
            counted = self.numbering.next(number, level)
            if ordered and form not in {"decimal", "decimalZero"}:
                self.lost["letters"] += 1
            found.append(
                {
                    "type": "entry",
                    "level": level,
                    "ordered": ordered,
                    "number": counted if ordered else None,
                    "list": number,
                    "content": [paragraph(pieces)],
                }
            )
        elif goes_on and (entry := _entry_at(found, int(goes_on[1] or 1) - 1)) is not None:
            entry["content"].append(paragraph(pieces))
        else:
            found.append(paragraph(pieces))

    def settle(self, body: Any, package: Package, targets: dict[str, Any]) -> None:
        """What is said once about the whole file."""
        self.lost["deep-headings"] += self.deep_headings
        for section in body.iter(f"{W}sectPr"):
            columns = section.find(f"{W}cols")
            if columns is not None and whole(columns.get(f"{W}num"), 1) > 1:
                self.lost["columns"] += 1
            names: Iterable[Any] = (
                *section.iter(f"{W}headerReference"),
                *section.iter(f"{W}footerReference"),
            )
            for each in names:
                target = targets.get(each.get(f"{R}id") or "")
                tree = package.tree(target.where) if target and not target.outside else None
                if tree is not None and any((text.text or "").strip() for text in tree.iter(f"{W}t")):
                    self.lost["margins"] += 1


def _entry_at(found: list[Node], level: int) -> Node | None:
    """The item that stands open at this level; those that stand deeper behind it go into it."""
    for place in range(len(found) - 1, -1, -1):
        node = found[place]
        if node["type"] != "entry" or node["level"] < level:
            return None
        if node["level"] == level:
            node["content"] += found[place + 1 :]
            del found[place + 1 :]
            return node
    return None


def _last_image(node: Node) -> Node | None:
    """The image that a paragraph is, when it is nothing else."""
    if node["type"] == "image":
        return node
    if node["type"] != "paragraph":
        return None
    images = [each for each in node["content"] if each["type"] == "image"]
    return images[0] if len(images) == 1 and not text_of(node["content"]).strip() else None


def _is_read(node: Node) -> bool:
    return node["type"] != "paragraph" or bool(text_of(node["content"]).strip())
