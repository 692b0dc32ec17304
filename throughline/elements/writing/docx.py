"""A text as a Word file: real headings, lists, header rows, footnotes and alternative texts, so that others go on with it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from itertools import takewhile
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from throughline.elements.writing import docx_parts as parts
from throughline.elements.writing.grid import grid_of
from throughline.elements.writing.pictures import portable
from throughline.elements.writing.rules import Document

Node = dict[str, Any]
_EMU_PER_PIXEL = 9525
_MOST_WIDE, _MOST_HIGH = 5_700_000, 7_500_000
_DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def to_docx(
    document: Document,
    *,
    title: str,
    language: str,
    right_to_left: bool,
    image: Callable[[str], bytes | None],
    made_at: datetime,
    paper: str = "a4",
) -> bytes:
    """The file. The same text gives the same bytes. `image` gives the bytes of a file, or nothing when it is gone."""
    writer = _Writer(image, right_to_left=right_to_left)
    body = writer.paragraph([{"type": "text", "text": title}], "Title") + writer.blocks(
        document["content"], 0
    )
    width, height = parts.PAPERS[paper]
    page = (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{parts.MARGIN}" w:right="{parts.MARGIN}"'
        f' w:bottom="{parts.MARGIN}" w:left="{parts.MARGIN}" w:header="709" w:footer="709" w:gutter="0"/>'
        f"{'<w:bidi/>' if right_to_left else ''}</w:sectPr>"
    )
    content = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.PACKAGE,
        "docProps/core.xml": _core(title, language, made_at),
        "word/document.xml": f"{parts.HEAD}<w:document {parts.W} {parts.R} {_DRAWING}><w:body>{body}{page}</w:body></w:document>",
        "word/_rels/document.xml.rels": parts.relationships(writer.targets),
        "word/styles.xml": parts.styles(language, right_to_left=right_to_left),
        "word/numbering.xml": parts.numbering(writer.starts),
        "word/settings.xml": parts.SETTINGS,
        "word/footnotes.xml": (
            f"{parts.HEAD}<w:footnotes {parts.W} {parts.R}>{parts.SEPARATORS}{''.join(writer.notes)}</w:footnotes>"
        ),
        "word/_rels/footnotes.xml.rels": parts.relationships(writer.note_targets),
    }
    return _zipped({name: text.encode() for name, text in content.items()} | writer.media)


def _core(title: str, language: str, made_at: datetime) -> str:
    when = made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{parts.HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created></cp:coreProperties>'
    )


def _zipped(content: dict[str, bytes]) -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, each in content.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, each)
    return kept.getvalue()


@dataclass(slots=True)
class _Writer:
    image_of: Callable[[str], bytes | None]
    right_to_left: bool
    targets: list[tuple[str, str, bool]] = field(
        default_factory=lambda: [(kind, where, False) for kind, where in parts.ALWAYS]
    )
    note_targets: list[tuple[str, str, bool]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    bookmarks: int = 0
    pictures: int = 0

    def blocks(self, nodes: Iterable[Node], level: int, style: str = "") -> str:
        """Blocks, `level` lists deep."""
        found: list[str] = []
        before = ""
        for node in nodes:
            if before == "table" == node["type"] or before == "quote" == node["type"]:
                found.append("<w:p/>")  # Word makes one table or quotation of two neighbors
            found.append(self.block(node, level, style))
            before = node["type"]
        if before == "table":
            found.append("<w:p/>")  # something has to follow a table
        return "".join(found)

    def block(self, node: Node, level: int, style: str) -> str:
        kind, inside = node["type"], node.get("content", ())
        if kind == "paragraph":
            return self.paragraph(inside, style)
        if kind == "heading":
            return self.heading(node)
        if kind in {"bullet_list", "ordered_list"}:
            return self.listed(node, level, style)
        if kind == "quote":
            voice = _voice(node["attrs"])
            said = "".join(self.paragraph(each.get("content", ()), "Quote") for each in inside)
            return said + (self.paragraph([{"type": "text", "text": voice}], "QuoteVoice") if voice else "")
        if kind == "image":
            return self.image(node["attrs"])
        return self.table(inside)

    def paragraph(
        self, pieces: Iterable[Node], style: str, more: str = "", around: tuple[str, str] = ("", "")
    ) -> str:
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
        return f"<w:p>{properties}{around[0]}{self.inline(pieces)}{around[1]}</w:p>"

    def heading(self, node: Node) -> str:
        style = f"Heading{node['attrs']['level'] - 1}"
        key = node["attrs"]["key"].replace("-", "__")
        if not key or len(key) > 32:  # a bookmark has at most 40 letters
            return self.paragraph(node.get("content", ()), style)
        self.bookmarks += 1
        number = self.bookmarks
        mark = (
            f'<w:bookmarkStart w:id="{number}" w:name="section_{key}"/>',
            f'<w:bookmarkEnd w:id="{number}"/>',
        )
        return self.paragraph(node.get("content", ()), style, around=mark)

    def listed(self, node: Node, level: int, style: str) -> str:
        number = 1
        if node["type"] == "ordered_list":
            self.starts.append((level, node["attrs"]["start"]))
            number = len(self.starts) + 1
        place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        found: list[str] = []
        for item in node["content"]:
            first, *rest = item["content"]
            found.append(self.paragraph(first.get("content", ()), style or "ListParagraph", place))
            found += [self.in_item(each, level, style) for each in rest]
        return "".join(found)

    def in_item(self, node: Node, level: int, style: str) -> str:
        """What goes on in an item: in the style for that, or held by a content control that says so."""
        if node["type"] in {"bullet_list", "ordered_list"}:
            return self.block(node, level + 1, style)
        if node["type"] == "paragraph" and level < 5 and not style:
            return self.paragraph(node.get("content", ()), "ListContinue" + (str(level + 1) if level else ""))
        inside = self.blocks([node], 0, style)
        return f'<w:sdt><w:sdtPr><w:tag w:val="item-{level}"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'

    def table(self, rows: Sequence[Node]) -> str:
        heads = len(list(takewhile(_all_headers, rows)))
        grid = grid_of(rows)
        columns = max(map(len, grid))
        body = "".join(self.row(row, place < heads) for place, row in enumerate(grid))
        bidi = "<w:bidiVisual/>" if self.right_to_left else ""
        width = (parts.PAPERS["a4"][0] - 2 * parts.MARGIN) // columns
        grid_columns = f'<w:gridCol w:w="{width}"/>' * columns
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{bidi}<w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
            f"<w:tblGrid>{grid_columns}</w:tblGrid>{body}</w:tbl>"
        )

    def row(self, row: "list[tuple[Node, str] | None]", is_head: bool) -> str:
        cells = "".join(self.cell(*each) for each in row if each is not None)
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{cells}</w:tr>"

    def cell(self, cell: Node, merge: str) -> str:
        across = cell["attrs"]["colspan"] if cell["attrs"] else 1
        span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
        style = "TableHeading" if cell["type"] == "table_header" else ""
        inside = (
            "<w:p/>"
            if merge == "continue" or not cell.get("content")
            else self.blocks(cell["content"], 0, style)
        )
        return f"<w:tc><w:tcPr>{span}{merged}</w:tcPr>{inside}</w:tc>"

    def image(self, attrs: Node) -> str:
        content = self.image_of(attrs["file"])
        shown = portable(content) if content else None
        words = [{"type": "text", "text": attrs["caption"]}] if attrs["caption"] else []
        said = self.paragraph(words, "Caption") if words else ""
        if shown is None:
            return (
                self.paragraph([{"type": "text", "text": attrs["alt"]}], "") if attrs["alt"] else ""
            ) + said
        kind, picture, size_ = shown
        width, height = _on_paper(*size_)
        self.pictures += 1
        number = self.pictures
        name = f"media/image{number}.{kind}"
        self.media[f"word/{name}"] = picture
        self.targets.append(("image", name, False))
        size = f'cx="{width}" cy="{height}"'
        frame = (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{number}" name="{number}" descr={quoteattr(attrs["alt"])}/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{number}" name="{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="rId{len(self.targets)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
            f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
        keep = "<w:pPr><w:keepNext/></w:pPr>" if said else ""
        return f"<w:p>{keep}<w:r>{frame}</w:r></w:p>{said}"

    def inline(self, nodes: Iterable[Node]) -> str:
        found: list[str] = []
        link = ""
        for node in nodes:
            href = next(
                (mark["attrs"]["href"] for mark in node.get("marks", ()) if mark["type"] == "link"), ""
            )
            if href != link:
                found.append("</w:hyperlink>" if link else "")
                found.append(f'<w:hyperlink r:id="{_linked(self.targets, href)}">' if href else "")
                link = href
            found.append(self.run(node))
        return "".join([*found, "</w:hyperlink>" if link else ""])

    def run(self, node: Node) -> str:
        kinds = [mark["type"] for mark in node.get("marks", ())]
        looks = (
            ('<w:rStyle w:val="Hyperlink"/>' if "link" in kinds else "")
            + ("<w:b/><w:bCs/>" if "strong" in kinds else "")
            + ("<w:i/><w:iCs/>" if "em" in kinds else "")
        )
        if node["type"] == "hard_break":
            return "<w:r><w:br/></w:r>"
        if node["type"] == "footnote":
            return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{self.note(node)}"/></w:r>'
        properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
        return f"<w:r>{properties}{_text(node['text'])}</w:r>"

    def note(self, node: Node) -> int:
        """Write a footnote; its id."""
        number = len(self.notes) + 1
        url = node["attrs"]["url"]
        rows = [f"<w:r>{_text(row)}</w:r>" for row in node["attrs"]["text"].split("\n")]
        sign = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
        rows[0] = sign + rows[0]
        if url:
            target = _linked(self.note_targets, url)
            rows[-1] += (
                f'<w:r>{_text(" ")}</w:r><w:hyperlink r:id="{target}"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>'
                f"{_text(url)}</w:r></w:hyperlink>"
            )
        body = "".join(f'<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{row}</w:p>' for row in rows)
        self.notes.append(f'<w:footnote w:id="{number}">{body}</w:footnote>')
        return number


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _linked(targets: list[tuple[str, str, bool]], href: str) -> str:
    target = ("hyperlink", href, True)
    if target not in targets:
        targets.append(target)
    return f"rId{targets.index(target) + 1}"


def _on_paper(width: int, height: int) -> tuple[int, int]:
    """The size of a picture (EMU): as large as it is, and no larger than the page."""
    scale = min(1.0, _MOST_WIDE / (width * _EMU_PER_PIXEL), _MOST_HIGH / (height * _EMU_PER_PIXEL))
    return int(width * _EMU_PER_PIXEL * scale), int(height * _EMU_PER_PIXEL * scale)


def _voice(attrs: Node) -> str:
    between = "\u2003" if attrs["group"] else ""
    return f"— {attrs['voice']}{between}{attrs['group']}" if attrs["voice"] or attrs["group"] else ""


def _all_headers(row: Node) -> bool:
    return all(cell["type"] == "table_header" for cell in row["content"])
