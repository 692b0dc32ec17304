"""Every character of a text has exactly one author: whoever wrote it, not whoever touched what is around it."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.elements.editing.steps import node_of, steps_between
from throughline.elements.history.authorship import Ledger, from_runs, measured
from throughline.elements.talk.tests.conftest import doc
from throughline.elements.writing.places import Splice, line_of, segments
from throughline.elements.writing.schema import EMPTY
from throughline.elements.writing.tests.steps import history


def steps(before: dict[str, Any], after: dict[str, Any]) -> list[Any]:
    return [step.to_json() for step in steps_between(node_of(before), node_of(after))]


def ledger(*told: tuple[str, dict[str, Any]]) -> Ledger:
    """Texts one after the other, each with its author."""
    found, before = Ledger(), EMPTY
    for by, after in told:
        found.take(steps(before, after), by)
        before = after
    return found


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_every_character_has_exactly_one_author(data: st.DataObject) -> None:
    changes, documents = history(data)
    found = ledger(("ann", documents[0]))
    for number, change in enumerate(changes):
        found.take(change, f"by {number % 3}")
    assert found.line == line_of(documents[-1])
    assert len(found.who) == len(found.line) == sum(length for length, _author in found.runs)
    assert from_runs(found.runs) == found.who
    assert all(0 <= place < len(found.authors) for place in found.who)
    inside = sum((found.words_between(each.start, each.end) for each in segments(found.line)), Counter[str]())
    assert inside == found.words()


def test_words_that_stay_keep_their_author() -> None:
    found = ledger(
        ("ann", doc("Every learner is known well.")),
        ("bob", doc("Here every learner is known very well.")),
    )
    assert found.words() == {"ann": 5, "bob": 2} or found.words() == {"ann": 4, "bob": 3}


def test_a_paragraph_that_is_moved_or_comes_back_keeps_its_author() -> None:
    one, two = "Every learner is known well here.", "We begin in spring with those who want to."
    moved = ledger(("ann", doc(one, two)), ("bob", doc(two, one)))
    assert moved.words() == {"ann": 15}
    back = ledger(("ann", doc(one, two)), ("bob", doc(two)), ("cem", doc(one, two)))
    assert back.words() == {"ann": 15}


def test_typing_letter_by_letter_counts_words() -> None:
    found, more = Ledger(), Counter[str]()
    for place, letter in enumerate("so it is"):
        step = {"stepType": "replace", "from": 1 + place, "to": 1 + place}
        step["slice"] = {"content": [{"type": "text", "text": letter}]}
        added, removed = found.take([step], "ann")
        more.update(added=added, removed=removed)
    assert (more["added"], more["removed"], found.words()) == (3, 0, {"ann": 3})
    assert measured("\x01so it is\x01", Splice(4, 6, "")) == (0, 1)
    assert measured("\x01so it is\x01", Splice(4, 6, "he was")) == (2, 1)
