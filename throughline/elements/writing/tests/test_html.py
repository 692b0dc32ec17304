import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings

from throughline.elements.writing.html import to_html
from throughline.elements.writing.schema import checked
from throughline.elements.writing.tests.documents import DOCUMENTS, Node
from throughline.elements.writing.tests.test_schema import doc, paragraph

FILE = "0190a1b2-0000-7000-8000-000000000000"


def shown(*content: Node, **ways: Any) -> str:
    return to_html(checked(doc(*content)), image_url=lambda file: f"/files/{file}", **ways)


def cell(kind: str, text: str, **attrs: int) -> Node:
    return {"type": kind, "attrs": attrs, "content": [paragraph(text)]}


def table(*rows: list[Node]) -> Node:
    return {"type": "table", "content": [{"type": "table_row", "content": row} for row in rows]}


def test_a_table_says_what_its_header_cells_head() -> None:
    found = shown(
        table(
            [cell("table_header", "Group"), cell("table_header", "Asked", colspan=2)],
            [cell("table_header", "Families"), cell("table_cell", "yes"), cell("table_cell", "no")],
        )
    )
    assert (
        '<thead>\n<tr><th scope="col">Group</th><th scope="col" colspan="2">Asked</th></tr>\n</thead>'
        in found
    )
    assert '<tbody>\n<tr><th scope="row">Families</th><td>yes</td><td>no</td></tr>\n</tbody>' in found


def test_a_picture_has_its_words_and_its_caption_and_without_its_file_its_words_stand_there() -> None:
    node = {"type": "image", "attrs": {"file": FILE, "alt": 'A "map"', "caption": "Our <places>"}}
    assert shown(node) == (
        f'<figure><img src="/files/{FILE}" alt="A &quot;map&quot;" loading="lazy">'
        "<figcaption>Our &lt;places&gt;</figcaption></figure>"
    )
    gone = to_html(checked(doc(node)), image_url=lambda _file: "")
    assert gone == "<figure><p>A &quot;map&quot;</p><figcaption>Our &lt;places&gt;</figcaption></figure>"


def test_a_quotation_names_the_voice_it_comes_from() -> None:
    quote = {
        "type": "quote",
        "attrs": {"voice": "Salma", "group": "learners"},
        "content": [paragraph("Ask us.")],
    }
    assert shown(quote) == (
        '<blockquote>\n<p>Ask us.</p>\n<footer>— <cite>Salma</cite>, <span class="group">learners</span></footer>\n'
        "</blockquote>"
    )


def test_footnotes_are_numbered_and_lead_there_and_back() -> None:
    note = {"type": "footnote", "attrs": {"text": "A study", "url": "https://example.org/a"}}
    found = shown(paragraph("One", note), paragraph("Two", note), notes="es")
    for number in (1, 2):
        assert f'href="#es-{number}" id="es-{number}-from"' in found
        assert f'<li id="es-{number}">A study <a class="source" href="https://example.org/a">' in found
        assert f'href="#es-{number}-from" role="doc-backlink"' in found


def test_headings_move_down_with_the_page_around_them() -> None:
    heading = {
        "type": "heading",
        "attrs": {"level": 2, "key": "vision"},
        "content": paragraph("V")["content"],
    }
    assert shown(heading, heading_offset=1) == '<h3 data-section="vision">V</h3>'
    assert shown(heading, heading_offset=9).startswith("<h6")


def test_a_mark_is_opened_once_for_as_long_as_it_lasts() -> None:
    link = {"type": "link", "attrs": {"href": "https://example.org/?a=1&b=2"}}
    found = shown(
        paragraph(
            {"type": "text", "text": "a", "marks": [link]},
            {"type": "text", "text": "b", "marks": [link, {"type": "strong"}]},
            {"type": "text", "text": "c", "marks": [{"type": "strong"}, {"type": "em"}]},
        )
    )
    href = "https://example.org/?a=1&amp;b=2"
    assert found == (
        f'<p><a href="{href}" rel="noopener noreferrer">a<strong>b</strong></a><strong><em>c</em></strong></p>'
    )


class Balance(HTMLParser):
    """Whether every element that was opened is closed in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in {"br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(DOCUMENTS)
@settings(max_examples=15, deadline=None)
def test_whatever_is_written_the_page_around_it_stays_whole(document: Node) -> None:
    found = shown(*document["content"])
    balance = Balance()
    balance.feed(found)
    balance.close()
    assert balance.open == []
    ids = re.findall(r'\bid="([^"]+)"', found)
    assert len(ids) == len(set(ids))
