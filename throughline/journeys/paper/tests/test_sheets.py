"""What a typed row means, whatever the keyboard; codes that cannot be misread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.journeys.paper.sheets import (
    ALPHABET,
    SPARE,
    Row,
    Typed,
    Unreadable,
    differing,
    missing_sheets,
    new_code,
    read_code,
    read_row,
    shown,
)
from throughline.kit.ids import opaque_id


def test_digits_of_any_keyboard_mean_the_same() -> None:
    for three in ("3", "٣", "۳", "३", "３", " 3 "):
        assert read_row(Typed(three, three, "x")) == Row(3, "very", "x")
    for cannot in ("0", "c", "C", "٠"):
        assert read_row(Typed(cannot, "2", "x")) == Row(None, "", "x")


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=20), st.booleans())
def test_a_row_is_read_or_refused_and_never_guessed(
    step: str, confidence: str, comment: str, released: bool
) -> None:
    typed = Typed(step, confidence, comment, released)
    try:
        row = read_row(typed)
    except Unreadable as wrong:
        assert wrong.field in ("step", "confidence")
        return
    assert (row is None) == typed.is_empty
    if row is not None:
        assert row.step in (None, 1, 2, 3, 4)
        assert row.step is not None or row.confidence == ""
        assert not row.released or row.comment


def test_codes_are_read_however_they_are_typed() -> None:
    for _each in range(200):
        code = new_code()
        assert set(code) <= set(ALPHABET) and len(code) == 6
        for typed in (shown(code), shown(code).lower(), f" {code[:2]} {code[2:]} ", code):
            assert read_code(typed) == code
    assert not set("AEIOU01LS5") & set(ALPHABET)


def test_differing_rows_are_named_by_number_only() -> None:
    order = [opaque_id() for _each in range(3)]
    before = {order[0]: Row(1), order[1]: Row(2, "", "said")}
    assert differing(before, dict(before), order) == []
    assert differing(before, {order[0]: Row(2), order[1]: Row(2), order[2]: Row(1)}, order) == [1, 2, 3]


@pytest.mark.parametrize("printed", [0, 2, 9])
def test_sheets_are_made_up_to_a_few_more_than_people(printed: int) -> None:
    found = missing_sheets([(), (), ("a",)], [()] * printed)
    assert found.count(()) == max(0, 2 + SPARE - printed)
    assert found.count(("a",)) == 1 + SPARE
