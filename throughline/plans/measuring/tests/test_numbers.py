"""Numbers typed in the local way, when a value is due, and the line that is drawn. Pure."""

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from throughline.plans.measuring.numbers import NoNumber, in_words, number_typed
from throughline.plans.measuring.picture import HEIGHT, WIDTH, Drawn, Point, line
from throughline.plans.measuring.rhythm import months_after, read_next

VALUES = st.decimals(-99_999_999, 99_999_999, places=3)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        (" 72 % ", "72"),
        ("1 234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("-3,25", "-3.25"),
        ("\u22127", "-7"),
        ("0,125", "0.125"),
        ("12.345", "12.345"),
    ],
)
def test_a_number_is_read_in_either_way(typed: str, meant: str) -> None:
    with override("en"):
        assert number_typed(typed) == Decimal(meant)


def test_where_only_the_language_knows_it_decides() -> None:
    with override("en"):
        assert (number_typed("1,234"), number_typed("1.234")) == (Decimal(1234), Decimal("1.234"))
    with override("es"):
        assert (number_typed("1.234"), number_typed("1,234")) == (Decimal(1234), Decimal("1.234"))


@pytest.mark.parametrize(
    "typed", ["", "many", "1.2.3", "12,34,5", "1e5", "NaN", "3/4", "1,5,", "9" * 12, "1.2345"]
)
def test_what_is_no_number_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(NoNumber) as told:
        number_typed(typed)
    assert str(told.value).endswith(".")


@given(VALUES, st.sampled_from(["en", "es"]))
def test_what_is_shown_can_be_typed_again(value: Decimal, language: str) -> None:
    with override(language):
        assert number_typed(in_words(value)) == value


def test_a_number_is_shown_as_the_reader_writes_it() -> None:
    with override("es"):
        assert (in_words(Decimal("72.500"), "%"), in_words(Decimal("12345.000"), "horas")) == (
            "72,5%",
            "12\u00a0345 horas",
        )
    with override("en"):
        assert in_words(Decimal("-1234.5")) == "\u22121234.5"


@given(DAYS, st.integers(1, 36))
def test_so_many_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_the_first_value_is_due_at_once_and_the_next_a_rhythm_later() -> None:
    begun = date(2027, 1, 31)
    assert read_next(None, begun, 1) == begun
    assert read_next(date(2027, 1, 31), begun, 1) == date(2027, 2, 28)


@given(
    st.lists(st.builds(Point, DAYS, VALUES), min_size=1, max_size=40), st.none() | VALUES, st.none() | VALUES
)
def test_everything_drawn_lies_in_the_picture(
    points: list[Point], baseline: Decimal | None, target: Decimal | None
) -> None:
    ordered = sorted(points, key=lambda each: each.on)
    drawn = line(Drawn(ordered, baseline, target, None), "A & <b>", "said")
    tree = ElementTree.fromstring(drawn)  # noqa: S314  (our own)
    assert tree.find("title").text == "A & <b>"  # type: ignore[union-attr]
    spots = [(float(each.get("cx", 0)), float(each.get("cy", 0))) for each in tree.findall("circle")]
    assert len(spots) == len(points)
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in spots)
    assert [x for x, _y in spots] == sorted(x for x, _y in spots)
    assert "style" not in drawn and "script" not in drawn


def test_a_higher_value_stands_higher_and_nothing_is_drawn_of_nothing() -> None:
    low, high = Point(date(2027, 1, 1), Decimal(1)), Point(date(2027, 2, 1), Decimal(9))
    tree = ElementTree.fromstring(line(Drawn([low, high]), "A"))  # noqa: S314  (our own)
    first, second = tree.findall("circle")
    assert float(first.get("cy", 0)) > float(second.get("cy", 0))
    assert line(Drawn([]), "A") == ""
