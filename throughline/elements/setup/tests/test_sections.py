"""A text follows its outline and loses no word; the templates are whole in both languages."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.elements.groups import NAMES
from throughline.elements.models import ElementKind
from throughline.elements.setup.sections import following, heading, words_in
from throughline.elements.setup.templates_read import LANGUAGES, template_of
from throughline.elements.writing.schema import EMPTY, checked

KEYS = ("why", "voices", "keep", "vision")


def outline(*keys: str) -> list[dict[str, str]]:
    return [{"key": key, "title": f"About {key}"} for key in keys]


def paragraph(words: str) -> dict[str, Any]:
    return (
        {"type": "paragraph", "content": [{"type": "text", "text": words}]}
        if words
        else {"type": "paragraph"}
    )


def titles(document: dict[str, Any]) -> list[str]:
    blocks = document["content"]
    return [each["content"][0]["text"] for each in blocks if each["type"] == "heading"]


def test_a_text_that_begins_gets_the_headings_of_its_outline() -> None:
    document = checked(following(EMPTY, [], outline("why", "keep")))
    assert titles(document) == ["About why", "About keep"]
    assert words_in(document) == {"why": 0, "keep": 0}


def test_a_heading_follows_its_section_until_somebody_writes_their_own() -> None:
    document = following(EMPTY, [], outline("why", "keep"))
    renamed = [{"key": "why", "title": "Why now"}, {"key": "keep", "title": "Keep"}]
    document["content"][2] = heading("What we love", "keep")
    assert titles(following(document, outline("why", "keep"), renamed)) == ["Why now", "What we love"]


def test_what_was_written_moves_with_its_section_and_stays_when_that_is_removed() -> None:
    blocks = [
        heading("About why", "why"),
        paragraph("One two"),
        heading("About keep", "keep"),
        paragraph("Three"),
    ]
    document = {"type": "doc", "content": blocks}
    moved = following(document, outline("why", "keep"), outline("keep", "why"))
    assert titles(moved) == ["About keep", "About why"]
    assert words_in(moved) == {"why": 2, "keep": 1}
    fewer = following(document, outline("why", "keep"), outline("why"))
    assert titles(fewer) == ["About why", "About keep"]
    assert words_in(fewer) == {"why": 2 + 2 + 1}


blocks_of_texts = st.lists(
    st.one_of(
        st.sampled_from([heading(f"About {key}", key) for key in KEYS]),
        st.sampled_from([heading("Mine", "vision"), heading("Loose", "")]),
        st.sampled_from(["Said here.", "More of it.", ""]).map(paragraph),
    ),
    max_size=8,
)
outlines = st.lists(st.sampled_from(KEYS), unique=True, max_size=4)


@given(blocks_of_texts, outlines, outlines)
def test_no_paragraph_is_ever_lost(blocks: list[dict[str, Any]], one: list[str], other: list[str]) -> None:
    document = {"type": "doc", "content": blocks or [paragraph("")]}
    after = following(document, outline(*one), outline(*other))
    said = sorted(str(each) for each in blocks if each["type"] == "paragraph" and each.get("content"))
    assert said == sorted(
        str(each) for each in after["content"] if each["type"] == "paragraph" and each.get("content")
    )
    assert checked(after)
    assert following(after, outline(*other), outline(*other)) == after


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ElementKind.values)
def test_every_template_is_whole(kind: str, language: str) -> None:
    template, base = template_of(kind, language), template_of(kind)
    assert [each.key for each in template.sections] == [each.key for each in base.sections]
    assert 5 <= len(template.sections) <= 9
    assert set(template.who) <= NAMES.keys()
    for each in template.outline():
        assert all(each[name].strip() for name in ("title", "prompt", "example", "done", "who"))
        assert len(each["title"]) <= 60
    if language != "en":
        mine = [each.prompt for each in template.sections]
        assert all(one != other.prompt for one, other in zip(mine, base.sections, strict=True))
