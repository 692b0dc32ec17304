"""What the spread of ratings promises: every person is one dot, at any size of team, and words say the same."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.journeys.spread.drawing import TALLEST, WIDTH, draw_spread, packing

STEPS = ("not yet", "trying", "usual", "how we work")


def drawn(counts: list[int], *, mine: int | None = None, agreed: int | None = None) -> ET.Element:
    svg = draw_spread(
        counts, STEPS, title="How we see it", description="One, four.", mine=mine, agreed=agreed
    )
    return ET.fromstring(svg)  # noqa: S314


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def places(root: ET.Element) -> list[tuple[float, float]]:
    """Where every dot stands, the reader's own among them."""
    paths = "".join(path.attrib["d"] for path in of_class(root, "dots"))
    found = [(float(x), float(y)) for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)h0", paths)]
    return found + [(float(ring.attrib["cx"]), float(ring.attrib["cy"])) for ring in of_class(root, "ring")]


@settings(max_examples=80)
@given(st.lists(st.integers(0, 75), min_size=4, max_size=4), st.sampled_from([None, 1, 2, 3, 4]))
def test_every_rater_is_one_dot_on_the_right_step(counts: list[int], mine: int | None) -> None:
    root = drawn(counts, mine=mine)
    dots = places(root)
    per_step = [sum((step - 1) * 150 < x < step * 150 for x, _ in dots) for step in range(1, 5)]
    assert per_step == counts
    assert len(set(dots)) == len(dots)
    height = float(root.attrib["viewBox"].split()[3])
    assert all(0 < x < WIDTH and 0 < y < height for x, y in dots)


@pytest.mark.parametrize(
    ("counts", "columns", "counted"),
    [
        ([1, 4, 1, 2], 1, False),
        ([0, 12, 0, 0], 1, False),
        ([0, 13, 0, 0], 2, True),
        ([0, 60, 0, 0], 5, True),
        ([12, 30, 10, 9], 10, True),
        ([0, 300, 0, 0], 10, True),
    ],
)
def test_larger_teams_are_packed_closer(counts: list[int], columns: int, counted: bool) -> None:
    pack = packing(counts)
    assert (pack.columns, pack.counted) == (columns, counted)
    assert pack.rows(max(counts)) * pack.pitch <= TALLEST
    assert 2 * pack.radius < pack.pitch


def test_counts_stand_above_the_columns_once_they_cannot_be_seen() -> None:
    assert not of_class(drawn([1, 4, 1, 2]), "count")
    assert [text.text for text in of_class(drawn([3, 0, 40, 90]), "count")] == ["3", "40", "90"]


def test_my_own_rating_is_a_ring_among_the_dots() -> None:
    root = drawn([1, 4, 1, 2], mine=2)
    assert len(of_class(root, "ring")) == 1
    assert 150 < float(of_class(root, "ring")[0].attrib["cx"]) < 300
    assert not of_class(drawn([1, 4, 1, 2]), "ring")
    assert not of_class(drawn([1, 0, 1, 2], mine=2), "ring")


def test_the_agreed_step_is_framed() -> None:
    agreed = of_class(drawn([1, 4, 1, 2], agreed=3), "agreed")
    assert [of_class(step, "label")[0].text for step in agreed] == ["usual"]
    assert of_class(agreed[0], "frame")
    assert not of_class(drawn([1, 4, 1, 2]), "frame")


def test_the_picture_says_its_title_and_sentence() -> None:
    root = drawn([1, 4, 1, 2])
    texts = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert root.get("role") == "img"
    assert texts[root.attrib["aria-labelledby"]] == "How we see it"
    assert texts[root.attrib["aria-describedby"]] == "One, four."
    assert "desc" not in draw_spread([1, 2], ["no", "yes"], title="t")


def test_words_are_escaped_and_nothing_offends_a_strict_content_security_policy() -> None:
    svg = draw_spread([1, 2], ["<b>&", 'a "quoted" step'], title="</title><script>", description="&\x00")
    root = ET.fromstring(svg)  # noqa: S314
    assert not list(root.iter("script"))
    assert of_class(root, "label")[0].text == "<b>&"
    assert "style=" not in svg
    assert "#" not in svg


def test_long_step_names_are_broken_into_lines() -> None:
    svg = draw_spread([1] * 4, ["how we all work together here every day", *STEPS[1:]], title="t")
    assert svg.count('class="label"') == 6


def test_a_name_for_each_step_is_needed() -> None:
    with pytest.raises(ValueError, match="zip"):
        draw_spread([1, 2, 3], ["one"], title="t")


def test_nobody_rated_gives_the_bare_scale() -> None:
    root = drawn([0, 0, 0, 0])
    assert not places(root)
    assert len(of_class(root, "label")) == 4
