"""What a page of a comparison shows and folds away: nothing of either text is lost, and nothing that changed is folded."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.elements.history.comparing import compare
from throughline.elements.history.showing import WORTH, stretches
from throughline.elements.talk.tests.conftest import doc

TEXTS = st.lists(st.sampled_from(["One.", "Two <i>.", "Three & more.", "Four."]), max_size=14)


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS)
def test_every_row_is_shown_or_folded_once_and_in_order(old: list[str], new: list[str]) -> None:
    found = compare(doc(*old), doc(*new))
    for sides in (True, False):
        told = stretches(found, "en", sides=sides)
        count, rows = 0, []
        for each in told:
            assert bool(each.summary) != bool(each.rows)
            count += len(each.rows) + each.folded.count("<p ")
            rows += [shown.row for shown in each.rows]
            if each.summary:
                assert each.folded.count("<p ") >= WORTH
        assert count == len(found.rows)
        assert rows == [row for row in found.rows if row in rows]
        assert {row.number for row in found.rows if row.number} <= {row.number for row in rows}


def test_both_views_write_what_went_and_what_came() -> None:
    found = compare(doc("Every <i> learner."), doc("Every <i> child."))
    [[both]] = [each.rows for each in stretches(found, "en", sides=False)]
    [[apart]] = [each.rows for each in stretches(found, "en", sides=True)]
    assert re.findall(r"<(del|ins) class", both.both) == ["del", "ins"]
    assert "&lt;i&gt;" in both.both
    assert ("learner" in apart.old, "child" in apart.old) == (True, False)
    assert ("learner" in apart.new, "child" in apart.new) == (False, True)


def test_two_that_are_alike_are_one_fold() -> None:
    same = doc(*(f"Paragraph {number}" for number in range(10)))
    [only] = stretches(compare(same, same), "en", sides=False)
    assert only.summary == "10 paragraphs unchanged"
