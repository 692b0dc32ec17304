"""The words within a paragraph of a Word file: their marks, links, notes, fields, pictures, and what was tracked."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

from throughline.elements.writing.reading.docx_styles import Styles, is_on, value
from throughline.elements.writing.reading.found import Loose, Node, Picture, clean, words
from throughline.elements.writing.reading.package import Package, R, Target, W
from throughline.elements.writing.rules import is_address

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_OPENED = frozenset(
    f"{W}{name}"
    for name in ("ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo", "fldSimple")
)
_LINK = re.compile(r'\s*HYPERLINK\s+(?!\\)"?([^"\s]+)"?', re.IGNORECASE)
_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\x00", b"MM\x00*")
_LOOKS = {"highlight": "highlights", "strike": "strikethrough", "dstrike": "strikethrough"}


class Around(NamedTuple):
    """What holds for the words here: the link they stand in, and the marks that the paragraph gives."""

    link: str = ""
    strong: bool = False
    em: bool = False
    part: str = ""


class Runs:
    """Reads runs. `notes` has the footnotes and endnotes, by kind and id; `boxes` collects what hung beside a paragraph."""

    def __init__(
        self, loose: Loose, package: Package, styles: Styles, targets: dict[str, dict[str, Target]]
    ) -> None:
        self.loose, self.lost = loose, loose.lost
        self.package, self.styles, self.targets = package, styles, targets
        self.notes: dict[tuple[str, str], dict[str, str]] = {}
        self.boxes: list[Any] = []
        self.fields: list[dict[str, Any]] = []
        self.key = ""

    def of(self, container: Any, around: Around) -> list[Node]:
        """The pieces in a paragraph, a link, or whatever holds runs."""
        found: list[Node] = []
        for element in container:
            tag = element.tag
            if tag == f"{W}r":
                found += self.run(element, around)
            elif tag == f"{W}hyperlink":
                found += self.of(element, around._replace(link=self.address(element, around.part)))
            elif tag in _GONE:
                self.lost["deletions"] += 1
            elif tag in _OPENED:
                found += self.of(element, self.in_field(element, around))
            elif tag == f"{W}sdt":
                found += self.control(element, around)
            else:
                found += self.other(element, around)
        return found

    def control(self, element: Any, around: Around) -> list[Node]:
        properties = element.find(f"{W}sdtPr")
        content = element.find(f"{W}sdtContent")
        if content is None or (properties is not None and is_on(properties, "showingPlcHdr")):
            return []
        return self.of(content, around)

    def in_field(self, element: Any, around: Around) -> Around:
        if element.tag != f"{W}fldSimple":
            return around
        link = self.link_of_field(element.get(f"{W}instr") or "")
        return around._replace(link=link) if link else around

    def other(self, element: Any, around: Around) -> list[Node]:
        """What stands among the runs of a paragraph and is none."""
        tag = element.tag
        if tag in {f"{W}commentRangeStart", f"{W}commentRangeEnd"}:
            return [{"type": "here", "comment": element.get(f"{W}id"), "ends": tag.endswith("End")}]
        if tag == f"{W}bookmarkStart":
            name = element.get(f"{W}name") or ""
            if name.startswith("section_"):
                self.key = name
        elif tag in {f"{_M}oMath", f"{_M}oMathPara"}:
            self.lost["equations"] += 1
            return words("".join(each.text or "" for each in element.iter(f"{_M}t")))
        elif tag == f"{_MC}AlternateContent":
            return self.alternative(element, around)
        return []

    def address(self, element: Any, part: str) -> str:
        target = self.targets.get(part, {}).get(element.get(f"{R}id") or "")
        if target is None or not target.outside:
            return ""
        anchor = element.get(f"{W}anchor")
        return self.allowed(target.where + (f"#{anchor}" if anchor and "#" not in target.where else ""))

    def allowed(self, address: str) -> str:
        address = address.strip().replace(" ", "%20")
        if is_address(address):
            return address
        self.lost["links"] += 1
        return ""

    def link_of_field(self, instruction: str) -> str:
        link = _LINK.match(instruction)
        if link:
            return self.allowed(link[1])
        if instruction.strip():
            self.lost["fields"] += 1
        return ""

    def run(self, run: Any, around: Around) -> list[Node]:
        properties = run.find(f"{W}rPr")
        if is_on(properties, "vanish"):
            self.lost["hidden"] += 1
            return []
        found: list[Node] = []
        for element in run:
            found += self.piece(element, self.marks(properties, around), around)
        if properties is not None and any(piece["type"] == "text" for piece in found):
            self.looks(properties, around)
        return found

    def marks(self, properties: Any, around: Around) -> list[Node]:
        style = self.styles.of(value(properties, "rStyle")) if value(properties, "rStyle") else None
        strong, em = is_on(properties, "b"), is_on(properties, "i")
        link = around.link or next(
            (field["link"] for field in reversed(self.fields) if field.get("link")), ""
        )
        found: list[Node] = [{"type": "link", "attrs": {"href": link}}] if link else []
        if strong or (strong is None and (around.strong or (style is not None and style.strong))):
            found.append({"type": "strong"})
        if em or (em is None and (around.em or (style is not None and style.em))):
            found.append({"type": "em"})
        return found

    def looks(self, properties: Any, around: Around) -> None:
        """Count what these words lose of their looks."""
        for name, what in _LOOKS.items():
            if is_on(properties, name):
                self.lost[what] += 1
        if value(properties, "u") not in {None, "none"} and not around.link and not self.fields:
            self.lost["underlines"] += 1
        if value(properties, "vertAlign") in {"superscript", "subscript"}:
            self.lost["raised"] += 1
        if properties.find(f"{W}rPrChange") is not None:
            self.lost["tracked-looks"] += 1

    def piece(self, element: Any, marks: list[Node], around: Around) -> list[Node]:
        """One thing in a run."""
        tag = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
        if tag == "fldChar":
            self.field(element.get(f"{W}fldCharType") or "")
        elif tag == "instrText" and self.fields:
            self.fields[-1]["instruction"] += element.text or ""
        elif self.fields and not self.fields[-1]["shown"]:
            return []
        elif tag == "t":
            return words(element.text or "", marks)
        elif tag in {"tab", "ptab"}:
            return words(" ")
        elif tag in {"br", "cr"}:
            return [] if element.get(f"{W}type") in {"page", "column"} else [{"type": "hard_break"}]
        elif tag in {"noBreakHyphen", "softHyphen"}:
            return words("\u2011" if tag == "noBreakHyphen" else "\u00ad", marks)
        elif tag == "sym":
            return self.symbol(element, marks)
        elif tag in {"footnoteReference", "endnoteReference"}:
            note = self.notes.get((tag[:-9], element.get(f"{W}id") or ""))
            return [{"type": "footnote", "attrs": dict(note)}] if note else []
        elif tag == "commentReference":
            return [{"type": "here", "comment": element.get(f"{W}id"), "ends": False}]
        elif tag == "drawing":
            return self.drawing(element, around)
        elif tag in {"pict", "object"}:
            return self.old_drawing(element, around)
        elif tag == "AlternateContent":
            return self.alternative(element, around)
        elif tag == "ruby":
            return [piece for base in element.iter(f"{W}rubyBase") for piece in self.of(base, around)]
        return []

    def alternative(self, element: Any, around: Around) -> list[Node]:
        for choice in element:
            if choice.tag in {f"{_MC}Choice", f"{_MC}Fallback"}:
                found: list[Node] = []
                for inner in choice:
                    found += (
                        self.run(inner, around) if inner.tag == f"{W}r" else self.piece(inner, [], around)
                    )
                return found
        return []

    def field(self, step: str) -> None:
        """A field of Word: first its instruction, then what it shows."""
        if step == "begin":
            self.fields.append({"instruction": "", "shown": False, "link": ""})
        elif step == "separate" and self.fields:
            field = self.fields[-1]
            field["shown"], field["link"] = True, self.link_of_field(field["instruction"])
        elif step == "end" and self.fields:
            self.fields.pop()

    def symbol(self, element: Any, marks: list[Node]) -> list[Node]:
        code = element.get(f"{W}char") or ""
        number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
        if number < 32 or 0xD800 <= number <= 0xF8FF:  # a picture of its font, at a place without a meaning
            self.lost["symbols"] += 1
            return []
        return words(chr(number), marks)

    def drawing(self, element: Any, around: Around) -> list[Node]:
        blip = next(element.iter(f"{_A}blip"), None)
        if blip is not None:
            said = next(element.iter(f"{_WP}docPr"), None)
            alt = "" if said is None else (said.get("descr") or said.get("title") or "")
            if blip.get(f"{R}embed"):
                return self.picture(blip.get(f"{R}embed"), alt, around.part)
            return self.picture(blip.get(f"{R}link"), alt, around.part)
        if self.box(element):
            return []
        tags = {each.tag for each in element.iter() if isinstance(each.tag, str)}
        kinds = {each.rsplit("}", 1)[-1] for each in tags}
        self.lost["charts" if "chart" in kinds else "smartart" if "relIds" in kinds else "drawings"] += 1
        return []

    def old_drawing(self, element: Any, around: Around) -> list[Node]:
        image = next(element.iter(f"{_V}imagedata"), None)
        if element.tag == f"{W}object":
            self.lost["embedded"] += 1
        if image is not None:
            shape = image.getparent()
            return self.picture(
                image.get(f"{R}id"), shape.get("alt") or image.get("title") or "", around.part
            )
        if not self.box(element) and element.tag != f"{W}object":
            self.lost["lines" if next(element.iter(f"{_V}rect"), None) is not None else "drawings"] += 1
        return []

    def box(self, element: Any) -> bool:
        """The text that stands in a drawing: it comes behind the paragraph."""
        found = list(element.iter(f"{W}txbxContent"))
        self.boxes += found
        self.lost["boxes"] += len(found)
        return bool(found)

    def picture(self, key: str | None, alt: str, part: str) -> list[Node]:
        target = self.targets.get(part, {}).get(key or "")
        if target is None or target.outside:
            where = target.where if target else ""
            if where.lower().startswith(("http:", "https:")):
                self.loose.elsewhere.append(where[:2000])
            else:
                self.lost["images"] += 1
            return []
        content = self.package.read(target.where) if self.package.has(target.where) else b""
        if not content.startswith(_SIGNATURES):
            self.lost["image-kinds" if content else "images"] += 1
            return []
        name, alt = str(uuid4()), clean(alt).strip()
        self.loose.pictures[name] = Picture(content, alt)
        return [{"type": "image", "attrs": {"file": name, "alt": alt, "caption": ""}}]


def paragraphs_in(element: Any) -> Iterator[Any]:
    """The paragraphs of a note or a comment."""
    yield from element.iter(f"{W}p")
