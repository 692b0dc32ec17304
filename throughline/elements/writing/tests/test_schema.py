import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings

from throughline.elements.writing import rules
from throughline.elements.writing.schema import (
    EMPTY,
    SCHEMA,
    SPEC,
    blocks,
    canonical,
    checked,
    fingerprint,
    plain_text,
    textblocks,
)
from throughline.elements.writing.tests.documents import DOCUMENTS, Node


def doc(*content: Node) -> Node:
    return {"type": "doc", "content": list(content)}


def paragraph(*content: Any) -> Node:
    inside = [{"type": "text", "text": each} if isinstance(each, str) else each for each in content]
    return {"type": "paragraph", "content": inside} if inside else {"type": "paragraph"}


def linked(href: object) -> Node:
    return doc(
        paragraph({"type": "text", "text": "here", "marks": [{"type": "link", "attrs": {"href": href}}]})
    )


def with_attrs(kind: str, **attrs: object) -> Node:
    node: Node = {"type": kind, "attrs": attrs}
    if kind == "footnote":
        return doc(paragraph(node))
    if kind in {"table_cell", "table_header"}:
        node["content"] = [paragraph("x")]
        return doc({"type": "table", "content": [{"type": "table_row", "content": [node]}]})
    if kind == "quote":
        node["content"] = [paragraph("x")]
    if kind == "ordered_list":
        node["content"] = [{"type": "list_item", "content": [paragraph("x")]}]
    return doc(node)


@given(DOCUMENTS)
@settings(max_examples=20, deadline=None)
def test_what_is_checked_is_what_prosemirror_reads_and_writes(document: Node) -> None:
    found = checked(document)
    node = SCHEMA.node_from_json(found)
    node.check()
    assert node.to_json() == found
    assert checked(found) == found
    assert json.loads(canonical(found)) == found


def test_it_knows_the_same_nodes_marks_and_order_of_marks_as_the_schema() -> None:
    assert {*rules.INSIDE, "text"} == set(SPEC["nodes"])
    assert list(rules.MARKS) == list(SPEC["marks"]) == list(SCHEMA.marks)


def test_an_empty_text_is_one_empty_paragraph() -> None:
    assert checked(EMPTY) == EMPTY
    assert plain_text(EMPTY) == ""


def test_what_was_left_out_is_filled_in_and_pieces_of_text_are_joined() -> None:
    given_marks = [{"type": "em"}, {"type": "strong"}]
    found = checked(
        doc(
            {"type": "heading", "content": [{"type": "text", "text": "A"}, {"type": "text", "text": "B"}]},
            paragraph({"type": "text", "text": "x", "marks": given_marks}),
        )
    )
    assert found["content"][0] == {
        "type": "heading",
        "attrs": {"level": 2, "key": ""},
        "content": [{"type": "text", "text": "AB"}],
    }
    assert found["content"][1]["content"][0]["marks"] == [{"type": "strong"}, {"type": "em"}]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://example.org",
        "https://example.org/\n",
        "java\tscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "/here",
        "https://",
        "http:",
        "https://[half",
        "mailto:",
        "",
        None,
        7,
        ["https://example.org"],
        "https://example.org/" + "a" * 2000,
    ],
)
def test_a_link_leads_to_the_web_or_to_a_mailbox_or_is_refused(href: object) -> None:
    with pytest.raises(ValidationError, match="https"):
        checked(linked(href))


@pytest.mark.parametrize(
    ("kind", "attrs"),
    [
        ("heading", {"level": 1}),
        ("heading", {"level": 5}),
        ("heading", {"level": True}),
        ("heading", {"level": "2"}),
        ("heading", {"level": 2.0}),
        ("heading", {"key": "Not a key"}),
        ("heading", {"key": "a" * 61}),
        ("heading", {"key": None}),
        ("heading", {"style": "x"}),
        ("ordered_list", {"start": -1}),
        ("ordered_list", {"start": 10_000}),
        ("table_cell", {"colspan": 0}),
        ("table_cell", {"rowspan": 51}),
        ("table_header", {"colspan": "2"}),
        ("quote", {"voice": "a" * 201}),
        ("quote", {"voice": "a\nb"}),
        ("quote", {"group": ["x"]}),
        ("image", {"file": "../secret"}),
        ("image", {"file": "0190A1B2-0000-7000-8000-000000000000"}),
        ("image", {"file": None}),
        ("image", {"alt": "without a file"}),
        ("image", {"file": "0190a1b2-0000-7000-8000-000000000000", "src": "https://example.org/x.png"}),
        ("footnote", {"text": "x", "url": "mailto:a@example.org"}),
        ("footnote", {"text": "x", "url": "javascript:x"}),
        ("footnote", {"text": "\x00"}),
    ],
)
def test_an_attribute_has_a_value_of_its_kind_or_is_refused(kind: str, attrs: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        checked(with_attrs(kind, **attrs))


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "doc",
        {"type": "paragraph"},
        {"type": "doc"},
        {"type": "doc", "content": []},
        {"type": "doc", "content": {"0": paragraph()}},
        doc({"type": "text", "text": "bare"}),
        doc({"type": "script", "content": []}),
        doc({"type": ["paragraph"]}),
        doc(doc(paragraph())),
        doc({"type": "bullet_list"}),
        doc({"type": "bullet_list", "content": [paragraph()]}),
        doc({"type": "bullet_list", "content": [{"type": "list_item", "content": [with_attrs("heading")]}]}),
        doc({"type": "table", "content": [{"type": "table_row"}]}),
        doc({"type": "quote", "content": [{"type": "heading"}]}),
        doc(paragraph({"type": "text", "text": ""})),
        doc(paragraph({"type": "text", "text": "x", "onclick": "y"})),
        doc(paragraph({"type": "text", "text": "x", "marks": [{"type": "blink"}]})),
        doc(paragraph({"type": "text", "text": "x", "marks": [{"type": "em"}, {"type": "em"}]})),
        doc(paragraph({"type": "text", "text": "x", "marks": {"type": "em"}})),
        doc({"type": "paragraph", "marks": [{"type": "em"}]}),
        doc({"type": "paragraph", "html": "<b>"}),
        doc(paragraph({"type": "image", "attrs": {"file": "0190a1b2-0000-7000-8000-000000000000"}})),
        doc(
            {
                "type": "image",
                "attrs": {"file": "0190a1b2-0000-7000-8000-000000000000"},
                "content": [paragraph()],
            }
        ),
        doc(paragraph("a\x00b")),
        doc(paragraph("a\nb")),
        doc(paragraph("half \ud83d")),
        doc(paragraph("\ufffe")),
    ],
)
def test_what_is_none_of_ours_is_refused_with_a_sentence(document: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        checked(document)
    assert refused.value.messages[0].endswith(".")


def nested(levels: int) -> Node:
    inner: Node = paragraph("deep")
    for _level in range(levels):
        inner = {
            "type": "bullet_list",
            "content": [{"type": "list_item", "content": [paragraph("x"), inner]}],
        }
    return doc(inner)


def test_five_levels_of_lists_are_kept_and_more_are_refused_however_deep() -> None:
    checked(nested(5))
    with pytest.raises(ValidationError, match="five levels"):
        checked(nested(6))
    with pytest.raises(ValidationError, match="five levels"):
        checked(nested(400))


def test_too_many_nodes_and_too_many_bytes_are_refused() -> None:
    with pytest.raises(ValidationError, match="too long"):
        checked(doc(*[paragraph()] * rules.MOST_NODES))
    with pytest.raises(ValidationError, match="too long"):
        checked(doc(paragraph("é" * (rules.MOST_BYTES // 2))))
    checked(doc(*[paragraph("x")] * (rules.MOST_NODES // 2 - 1)))


def test_a_block_is_named_by_what_it_says_wherever_it_stands() -> None:
    found = blocks(checked(doc(paragraph("one"), paragraph("two"), paragraph("one"))))
    assert [each.path for each in found] == [(0,), (1,), (2,)]
    assert found[0].fingerprint == found[2].fingerprint != found[1].fingerprint
    assert found[0].fingerprint == fingerprint(paragraph("one"))
    assert len(found[0].fingerprint) == 16


def test_textblocks_are_found_however_deep_and_the_plain_text_has_a_line_for_each() -> None:
    document = checked(nested(2))
    assert [each.path for each in textblocks(document)] == [(0, 0, 0), (0, 0, 1, 0, 0), (0, 0, 1, 0, 1)]
    assert plain_text(document) == "x\nx\ndeep"
    assert plain_text(paragraph("a", {"type": "hard_break"}, "b")) == "a\nb"


def test_people_count_as_the_browser_counts() -> None:
    node = SCHEMA.node_from_json(checked(doc(paragraph("😀"))))
    assert node.content.size == 4  # two for the paragraph, two for one character outside the basic plane
