"""Passages are carried through changes as the library of the editor carries them, however they are carried in between."""

from hypothesis import given, settings
from hypothesis import strategies as st
from prosemirror.transform import Mapping, Step

from throughline.elements.talk.anchors import Passage, carried
from throughline.elements.writing.places import line_of
from throughline.elements.writing.schema import SCHEMA
from throughline.elements.writing.tests.steps import history


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_passage_stands_where_applying_the_steps_says(data: st.DataObject) -> None:
    changes, documents = history(data)
    size = len(line_of(documents[0]))
    steps = [step for change in changes for step in change]
    theirs = Mapping([Step.from_json(SCHEMA, step).get_map() for step in steps])
    passages = []
    for _each in range(8):
        start = data.draw(st.integers(0, size - 1))
        passages.append(Passage(start, data.draw(st.integers(start + 1, size))))
    for before, now in zip(passages, carried(passages, steps), strict=True):
        start, end = theirs.map(before.start, 1), theirs.map(before.end, -1)
        assert now == (Passage(start, end) if start < end else Passage(end, end, gone=True))
    cut = data.draw(st.integers(0, len(steps)))
    assert carried(carried(passages, steps[:cut]), steps[cut:]) == carried(passages, steps)
