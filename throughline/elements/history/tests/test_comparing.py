"""Two texts are compared word by word, and nothing of either is lost in it."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.elements.history.comparing import Comparison, compare, pieces_between
from throughline.elements.talk.tests.conftest import doc
from throughline.elements.writing.schema import checked, textblocks
from throughline.elements.writing.tests.documents import DOCUMENTS, WORDS
from throughline.elements.writing.tests.steps import history


def sides(found: Comparison) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """The paths of the old and of the new paragraphs in the rows."""
    return (
        [row.old.path for row in found.rows if row.old and row.kind != "moved-here"],
        [row.new.path for row in found.rows if row.new],
    )


def check(old: dict[str, Any], new: dict[str, Any]) -> None:
    found = compare(old, new)
    assert sides(found) == (
        [block.path for block in textblocks(old)],
        [block.path for block in textblocks(new)],
    )
    for row in found.rows:
        if row.old and row.kind != "moved-away":
            assert "".join(words for kind, words in row.pieces if kind != "new") == row.old.text
        if row.new:
            assert "".join(words for kind, words in row.pieces if kind != "gone") == row.new.text
    numbers = [row.number for row in found.rows if row.number]
    assert numbers == list(range(1, found.changes + 1))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_both_sides_can_be_put_together_again(data: st.DataObject) -> None:
    _changes, documents = history(data)
    check(documents[0], documents[-1])
    check(documents[-1], checked(data.draw(DOCUMENTS)))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=6).map(" ".join), st.lists(WORDS, max_size=6).map(" ".join))
def test_words_can_be_put_together_again(old: str, new: str) -> None:
    pieces = list(pieces_between(old, new))
    assert "".join(words for kind, words in pieces if kind != "new") == old
    assert "".join(words for kind, words in pieces if kind != "gone") == new


def test_what_became_of_each_paragraph_is_told() -> None:
    old = doc("We begin in spring with those who want to.", "Every learner is known well.", "An end.")
    new = doc(
        "Every learner is seen and known well.",
        "Something quite different.",
        "We begin in spring with those who want to.",
    )
    found = compare(old, new)
    assert [row.kind for row in found.rows] == ["moved-here", "added", "same", "moved-away", "removed"]
    assert found.rows[0].pieces == (
        ("same", "Every learner is "),
        ("new", "seen and "),
        ("same", "known well."),
    )
    assert (found.counts["words-new"], found.counts["words-gone"]) == (5, 2)


def test_a_change_of_marks_alone_is_called_formatting() -> None:
    strong = doc("Every learner")
    strong["content"][0]["content"][0]["marks"] = [{"type": "strong"}]
    [row] = compare(doc("Every learner"), strong).rows
    assert (row.kind, row.pieces) == ("formatted", (("same", "Every learner"),))
