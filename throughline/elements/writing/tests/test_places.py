"""Positions in a text are those of its steps, and a step is a splice of its line."""

from hypothesis import given, settings
from hypothesis import strategies as st
from prosemirror.transform import Step

from throughline.elements.editing.steps import node_of
from throughline.elements.writing.places import (
    gathered,
    line_of,
    segment_at,
    segments,
    spliced,
    splices,
    spread,
)
from throughline.elements.writing.schema import SCHEMA, checked
from throughline.elements.writing.tests.documents import DOCUMENTS
from throughline.elements.writing.tests.steps import history


@settings(max_examples=25, deadline=None)
@given(DOCUMENTS)
def test_the_line_has_a_character_for_every_position(document: dict[str, object]) -> None:
    document = checked(document)
    node, line = node_of(document), line_of(document)
    assert len(line) == node.content.size
    for segment in segments(line):
        inside = node.resolve(segment.start)
        assert inside.parent.inline_content
        assert (inside.start(), inside.end()) == (segment.start, segment.end)
        assert segment_at(line, segment.start) == segment == segment_at(line, segment.end)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_what_steps_do_to_the_text_splices_do_to_the_line(data: st.DataObject) -> None:
    changes, documents = history(data)
    line = line_of(documents[0])
    for steps, after in zip(changes, documents[1:], strict=True):
        line = spliced(line, steps)
        assert line == line_of(after)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_splices_lie_where_the_librarys_own_maps_do(data: st.DataObject) -> None:
    for steps in history(data)[0]:
        for told in steps:
            ranges = Step.from_json(SCHEMA, told).get_map().ranges
            ours = [(each.start, each.end - each.start, len(each.new)) for each in reversed(splices(told))]
            theirs = [tuple(ranges[at : at + 3]) for at in range(0, len(ranges), 3)]
            assert ours == theirs


def test_wide_characters_count_twice() -> None:
    assert len(spread("a𝒳🏫")) == 5
    assert gathered(spread("a𝒳🏫 ñ")) == "a𝒳🏫 ñ"
