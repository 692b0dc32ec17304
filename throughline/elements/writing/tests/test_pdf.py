"""Texts as tagged PDF. What checks it knows nothing of Typst or of us (`page-validation`: veraPDF's rules)."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pypdf
import pytest
from page import ValidationProfile, validate_pdf_bytes

from throughline.elements.writing.pdf import to_pdf
from throughline.elements.writing.schema import checked
from throughline.elements.writing.tests.documents import Node
from throughline.elements.writing.tests.test_fixpoint import PICTURE
from throughline.elements.writing.tests.test_html import FILE, cell, table
from throughline.elements.writing.tests.test_schema import doc, paragraph
from throughline.records.paper.compiling import Way

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def item(*content: Node) -> Node:
    return {"type": "list_item", "content": list(content)}


def heading(level: int, text: str) -> Node:
    return {"type": "heading", "attrs": {"level": level}, "content": [{"type": "text", "text": text}]}


NOTE = {"type": "footnote", "attrs": {"text": "A study\nof schools", "url": "https://example.org/a_b"}}
EVERYTHING = doc(
    heading(4, "Begins too deep"),
    heading(2, "رؤيتنا"),
    paragraph(
        "Plain ",
        {"type": "text", "text": "strong", "marks": [{"type": "strong"}]},
        NOTE,
        " #box[x] *no* \\ <tag>",
    ),
    paragraph(
        {
            "type": "text",
            "text": "link",
            "marks": [{"type": "link", "attrs": {"href": "https://example.org"}}],
        }
    ),
    {
        "type": "ordered_list",
        "attrs": {"start": 3},
        "content": [item(paragraph("three"), {"type": "bullet_list", "content": [item(paragraph("inner"))]})],
    },
    table(
        [cell("table_header", "Group"), cell("table_header", "Asked", colspan=2)],
        [cell("table_header", "Families", rowspan=2), cell("table_cell", "yes"), cell("table_cell", "no")],
        [cell("table_cell", "x", colspan=2)],
    ),
    {
        "type": "quote",
        "attrs": {"voice": "Salma", "group": "learners"},
        "content": [paragraph("Ask us.", NOTE)],
    },
    {"type": "image", "attrs": {"file": FILE, "alt": "A map of the school", "caption": "Our places"}},
    {"type": "image", "attrs": {"file": FILE, "alt": "", "caption": ""}},
)


def made(language: str, paper: str, document: Node = EVERYTHING) -> bytes:
    return to_pdf(
        checked(document),
        title="Our vision رؤية",
        footer="A school",
        way=Way(paper, language, language == "ar"),
        image=lambda _file: PICTURE,
        made_at=NOW,
    )


@pytest.mark.parametrize(("language", "paper"), [("en", "a4"), ("ar", "letter")])
def test_it_meets_every_rule_of_pdf_ua_that_a_machine_can_check(language: str, paper: str) -> None:
    found = validate_pdf_bytes(made(language, paper), profile=ValidationProfile.PDF_UA_1)
    assert (found.is_compliant, found.failures) == (True, [])


def test_it_is_on_the_paper_that_was_asked_for_and_tells_its_structure() -> None:
    reader = pypdf.PdfReader(BytesIO(made("en", "letter")))
    root: Any = reader.root_object
    assert str(root["/Lang"]) == "en"
    assert reader.metadata is not None and reader.metadata.title == "Our vision رؤية"
    assert [round(float(each)) for each in reader.pages[0].mediabox[2:]] == [612, 792]
    roles = _roles(root["/StructTreeRoot"])
    assert roles.count("/H1") == 1 and roles.count("/H2") == 2
    assert roles.count("/TH") == 2 and roles.count("/TD") == 4
    assert roles.count("/L") == 2 and roles.count("/Figure") == 1 and roles.count("/Note") == 2
    assert "/BlockQuote" in roles


def test_whatever_a_table_looks_like_there_is_a_paper() -> None:
    odd = table(
        [cell("table_header", "a", rowspan=5), cell("table_header", "b", colspan=9)],
        [cell("table_cell", "c", colspan=3, rowspan=2)],
        [cell("table_cell", "d")],
    )
    assert made("en", "a4", doc(odd)).startswith(b"%PDF")


def _roles(element: Any) -> list[str]:
    element = element.get_object()
    if isinstance(element, list):
        return [role for each in element for role in _roles(each)]
    if not isinstance(element, dict):
        return []
    here = [str(element["/S"])] if "/S" in element else []
    return here + (_roles(element["/K"]) if "/K" in element else [])
