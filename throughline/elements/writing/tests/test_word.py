"""Word files as people have them: tracked changes, comments, lists that go on, merged cells, notes."""

from io import BytesIO
from typing import Any

import docx

from throughline.elements.writing.docx import to_docx
from throughline.elements.writing.reading.anchors import anchored
from throughline.elements.writing.reading.docx import read_docx
from throughline.elements.writing.reading.fitting import fitted
from throughline.elements.writing.reading.found import Comment, Loose
from throughline.elements.writing.schema import SCHEMA, checked, plain_text
from throughline.elements.writing.tests.documents import Node
from throughline.elements.writing.tests.test_fixpoint import NOW
from throughline.elements.writing.tests.test_schema import doc, paragraph
from throughline.elements.writing.tests.word_files import W, numbered, p, run, style, word_file


def read(body: str, **parts: str) -> tuple[Node, Loose, list[Comment]]:
    loose = read_docx(word_file(body, **parts))
    document = fitted(loose)
    comments = anchored(document, loose.comments)
    return checked(document), loose, comments


def shape(node: Node) -> Any:
    """Kinds, numbers and words alone."""
    if node["type"] in {"paragraph", "heading"}:
        return plain_text(node)
    start = node.get("attrs", {}).get("start")
    return {node["type"] + (f" {start}" if start else ""): [shape(each) for each in node.get("content", ())]}


def test_headings_are_known_by_style_by_what_it_is_based_on_and_by_outline() -> None:
    document, _loose, _comments = read(
        p("One", style("berschrift1"))
        + p("Two", style("Mine"))
        + p("Three", '<w:outlineLvl w:val="1"/>')
        + p("Deep", '<w:outlineLvl w:val="6"/>')
        + p("Round and round", style("Loop"))
    )
    assert [(each["type"], each.get("attrs", {}).get("level")) for each in document["content"]] == [
        ("heading", 2),
        ("heading", 2),
        ("heading", 3),
        ("heading", 4),
        ("paragraph", None),
    ]


def test_a_list_goes_on_counting_after_a_paragraph_and_begins_anew_where_it_says_so() -> None:
    document, loose, _comments = read(
        p("a", numbered(1))
        + p("b", numbered(1))
        + p("x", numbered(1, 1))
        + p("between")
        + p("c", numbered(1))
        + p("y", numbered(1, 1))
        + p("anew", numbered(3))
        + p("dot", numbered(2))
    )
    assert [shape(each) for each in document["content"]] == [
        {
            "ordered_list 1": [
                {"list_item": ["a"]},
                {"list_item": ["b", {"ordered_list 1": [{"list_item": ["x"]}]}]},
            ]
        },
        "between",
        {"ordered_list 3": [{"list_item": ["c", {"ordered_list 1": [{"list_item": ["y"]}]}]}]},
        {"ordered_list 1": [{"list_item": ["anew"]}]},
        {"bullet_list": [{"list_item": ["dot"]}]},
    ]
    assert loose.lost["letters"] == 2


def test_tracked_changes_are_taken_as_accepted() -> None:
    who = 'w:id="1" w:author="A"'
    document, loose, _comments = read(
        p(
            run("Keep ")
            + f"<w:ins {who}>{run('new')}</w:ins><w:del {who}><w:r><w:delText>old</w:delText></w:r></w:del>"
        )
        + p(f"<w:moveFrom {who}>{run('moved')}</w:moveFrom>" + run("left"))
        + p(f"<w:moveTo {who}>{run('moved')}</w:moveTo>")
        + p("first ", f"<w:rPr><w:del {who}/></w:rPr>")
        + p("and second")
    )
    assert plain_text(document) == "Keep new\nleft\nmoved\nfirst and second"
    assert loose.lost["deletions"] == 2


def test_comments_keep_author_words_and_the_range_they_stand_on() -> None:
    body = p(
        run("We ")
        + '<w:commentRangeStart w:id="7"/>'
        + run("listen 😀")
        + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
        + run(" first.")
    )
    comments = f'<w:comments {W}><w:comment w:id="7" w:author="Salma" w:date="2026-01-02T03:04:05Z">{p("To whom?")}</w:comment></w:comments>'
    document, _loose, found = read(body, comments=comments)
    assert [(each.author, each.text, each.about) for each in found] == [("Salma", "To whom?", "listen 😀")]
    node = SCHEMA.node_from_json(document)
    assert node.text_between(found[0].start, found[0].end) == "listen 😀"


def test_footnotes_and_endnotes_become_notes_with_their_source() -> None:
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p(run("A study"))}{p(run("of schools"))}</w:footnote></w:footnotes>'
    )
    ends = f'<w:endnotes {W}><w:endnote w:id="2">{p("At the end")}</w:endnote></w:endnotes>'
    document, _loose, _comments = read(
        p(run("One") + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'),
        footnotes=notes,
        endnotes=ends,
    )
    assert [each["attrs"]["text"] for each in document["content"][0]["content"][1:]] == [
        "A study\nof schools",
        "At the end",
    ]


def test_tables_keep_their_header_rows_and_merged_cells() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    wide, down = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    table = (
        f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('H', wide)}</w:tr>"
        f"<w:tr>{cell('down', down)}{cell('b')}</w:tr><w:tr>{cell('', '<w:vMerge/>')}{cell('c')}</w:tr>"
        f'<w:tr><w:trPr><w:del w:id="1" w:author="A"/></w:trPr>{cell("gone")}{cell("gone")}</w:tr></w:tbl>'
    )
    document, _loose, _comments = read(table)
    rows = document["content"][0]["content"]
    told = [
        [(c["type"], c["attrs"]["colspan"], c["attrs"]["rowspan"], plain_text(c)) for c in row["content"]]
        for row in rows
    ]
    assert told == [
        [("table_header", 2, 1, "H")],
        [("table_cell", 1, 2, "down"), ("table_cell", 1, 1, "b")],
        [("table_cell", 1, 1, "c")],
    ]


def test_links_and_fields_lead_where_they_may_and_the_contents_are_left_out() -> None:
    rels = (
        '<Relationship Id="l1" Type="x/hyperlink" Target="https://example.org/a" TargetMode="External"/>'
        '<Relationship Id="l2" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
        '<Relationship Id="i1" Type="x/image" Target="https://example.org/x.png" TargetMode="External"/>'
    )
    steps = "".join(
        f"<w:r>{each}</w:r>"
        for each in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText> HYPERLINK "https://example.org/f" </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>field</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    picture = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/><a:blip r:link="i1"/></wp:inline></w:drawing></w:r>'
    document, loose, _comments = read(
        p("Contents 3", style("Verzeichnis1"))
        + p(
            f'<w:hyperlink r:id="l1">{run("good")}</w:hyperlink><w:hyperlink r:id="l2">{run(" bad ")}</w:hyperlink>{steps}{picture}'
        ),
        rels=rels,
    )
    hrefs = [
        each.get("marks", [{}])[0].get("attrs", {}).get("href") for each in document["content"][0]["content"]
    ]
    assert hrefs == ["https://example.org/a", None, "https://example.org/f"]
    assert (loose.lost["links"], loose.lost["contents"]) == (1, 1)
    assert loose.elsewhere == ["https://example.org/x.png"]


def test_what_hangs_beside_the_text_comes_behind_and_what_has_no_place_is_counted() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wps:txbx><w:txbxContent>"
        f"{p('in the box')}</w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = (
        p(run("Text") + box)
        + p("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>")
        + p(run("secret", "<w:vanish/>") + run("seen", '<w:highlight w:val="yellow"/>'))
        + '<w:sectPr><w:cols w:num="2"/></w:sectPr>'
    )
    document, loose, _comments = read(body)
    assert plain_text(document) == "Text\nin the box\na+b\nseen"
    assert {
        "boxes": 1,
        "equations": 1,
        "hidden": 1,
        "highlights": 1,
        "columns": 1,
    }.items() <= loose.lost.items()


def test_others_open_our_files_and_find_headings_lists_and_notes() -> None:
    """python-docx stands for other people's software."""
    document = checked(
        doc(
            {
                "type": "heading",
                "attrs": {"level": 2, "key": "vision"},
                "content": paragraph("Vision")["content"],
            },
            {
                "type": "ordered_list",
                "attrs": {"start": 3},
                "content": [{"type": "list_item", "content": [paragraph("three")]}],
            },
            paragraph("x", {"type": "footnote", "attrs": {"text": "note", "url": ""}}),
        )
    )
    made = to_docx(
        document, title="Our text", language="es", right_to_left=False, image=lambda _f: None, made_at=NOW
    )
    opened = docx.Document(BytesIO(made))
    assert [(each.style.name, each.text) for each in opened.paragraphs if each.style] == [
        ("Title", "Our text"),
        ("Heading 1", "Vision"),
        ("List Paragraph", "three"),
        ("Normal", "x"),
    ]
    assert (opened.core_properties.title, opened.core_properties.language) == ("Our text", "es")
    assert made == to_docx(
        document, title="Our text", language="es", right_to_left=False, image=lambda _f: None, made_at=NOW
    )
