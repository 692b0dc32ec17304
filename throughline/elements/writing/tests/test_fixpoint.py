"""Whatever is written in one of the formats is read from it again as it was, up to what `tidied` says of every text."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from PIL import Image

from throughline.elements.writing.docx import to_docx
from throughline.elements.writing.html import to_html
from throughline.elements.writing.markdown import to_markdown
from throughline.elements.writing.reading.anchors import anchored
from throughline.elements.writing.reading.docx import read_docx
from throughline.elements.writing.reading.fitting import fitted, tidied
from throughline.elements.writing.reading.found import Loose
from throughline.elements.writing.reading.html import read_html
from throughline.elements.writing.reading.markdown import read_markdown
from throughline.elements.writing.reading.typed import read_typed
from throughline.elements.writing.schema import checked
from throughline.elements.writing.tests.documents import DOCUMENTS, Node

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def a_picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (3, 2), "teal").save(kept, "PNG")
    return kept.getvalue()


PICTURE = a_picture()
WORDS_LIKE_A_VOICE = {
    "type": "paragraph",
    "content": [
        {"type": "text", "text": "We say"},
        {"type": "hard_break"},
        {"type": "text", "text": "-- nothing"},
    ],
}
NOTE = {"type": "footnote", "attrs": {"text": "Note", "url": ""}}


def by_html(document: Node) -> Loose:
    import base64

    source = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
    return read_html(f"<h1>Title</h1>{to_html(document, image_url=lambda _file: source)}")


def by_docx(document: Node) -> Loose:
    made = to_docx(
        document, title="Title", language="en", right_to_left=False, image=lambda _file: PICTURE, made_at=NOW
    )
    return read_docx(made)


def by_markdown(document: Node) -> Loose:
    written = to_markdown(document, title="Title", image_url=lambda _file: "images/1.png")
    return read_markdown(written, {"images/1.png": PICTURE})


def by_form(document: Node) -> Loose:
    names = {file: f"picture-{file[-8:]}" for file in pictures_of(document)}
    written = to_markdown(document, title="", image_url=lambda file: names[file], typed=True)
    typed = read_typed(written, {name: file for file, name in names.items()})
    assert typed.wrong() == {}
    return typed.loose


def pictures_of(node: Node) -> list[str]:
    inside = [file for inner in node.get("content", ()) for file in pictures_of(inner)]
    return [*inside, node["attrs"]["file"]] if node["type"] == "image" else inside


def named_in_order(document: Node) -> Any:
    """The same with the first file called 1, the second 2 …: every reader names them anew."""
    count = 0

    def walk(node: Node) -> None:
        nonlocal count
        if node["type"] == "image":
            count += 1
            node["attrs"]["file"] = str(count)
        for inner in node.get("content", ()):
            walk(inner)

    copy = json.loads(json.dumps(document))
    walk(copy)
    return copy


def read_again(loose: Loose) -> Node:
    document = fitted(loose)
    anchored(document, loose.comments)
    return checked(document)


@pytest.mark.parametrize("way", [by_html, by_docx, by_markdown])
def test_what_is_taken_along_comes_back_as_it_was(way: Callable[[Node], Loose]) -> None:
    @given(DOCUMENTS)
    @example(
        {
            "type": "doc",
            "content": [{"type": "paragraph", "content": [NOTE, {"type": "text", "text": ": so"}]}],
        }
    )
    @settings(max_examples=25, deadline=None)
    def check(document: Node) -> None:
        tidy = checked(tidied(checked(document)))
        loose = way(tidy)
        assert named_in_order(read_again(loose)) == named_in_order(tidy)
        assert loose.title == "Title"
        assert all(picture.content == PICTURE for picture in loose.pictures.values())
        assert not +loose.lost

    check()


@given(DOCUMENTS)
@example(
    {
        "type": "doc",
        "content": [
            {
                "type": "quote",
                "attrs": {"voice": "-- a|b", "group": "c | d\\"},
                "content": [WORDS_LIKE_A_VOICE],
            },
            {"type": "quote", "attrs": {"voice": "", "group": ""}, "content": [WORDS_LIKE_A_VOICE]},
        ],
    }
)
@settings(max_examples=40, deadline=None)
def test_what_a_form_shows_is_read_from_it_as_it_was(document: Node) -> None:
    tidy = checked(tidied(checked(document)))
    loose = by_form(tidy)
    assert read_again(loose) == tidy
    assert not +loose.lost


@given(DOCUMENTS)
@settings(max_examples=25, deadline=None)
def test_to_tidy_a_text_loses_no_word_and_does_not_go_on(document: Node) -> None:
    from throughline.elements.writing.schema import plain_text

    document = checked(document)
    tidy = tidied(document)
    assert checked(tidy) == tidy
    assert tidied(tidy) == tidy
    assert "".join(plain_text(tidy).split()) == "".join(plain_text(document).split())
