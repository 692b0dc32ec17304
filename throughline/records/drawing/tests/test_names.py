"""Where names stand in the credit profile, and how words are measured and broken without a font."""

import re

from throughline.records.drawing import geometry
from throughline.records.drawing.names import name_lines
from throughline.records.drawing.text import em_width, halved, wrapped


def numbers_in(path: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", path)]


def test_names_stand_upright_in_both_halves_and_fit_their_arc() -> None:
    upper, lower = name_lines("Alignment", 0.0, 1.5, True)[0], name_lines("Alignment", 2.5, 4.0, True)[0]
    assert numbers_in(upper.path)[0] < numbers_in(upper.path)[-2]
    assert numbers_in(lower.path)[0] < numbers_in(lower.path)[-2]
    sizes = [
        lines[0].size
        for width in (0.9, 0.52, 0.47)
        if (lines := name_lines("Graduate Profile", 0, width, True))
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) > 1
    assert name_lines("Graduate Profile", 0.0, 0.2, True) == ()


def test_a_long_name_takes_two_lines_that_read_from_the_top() -> None:
    name = "Culturally Sustaining Citizenship and Service"
    for start, outside_first in ((0.0, True), (2.6, False)):
        first, second = name_lines(name, start, start + 1.04, True)
        assert f"{first.words} {second.words}" == name
        radii = [numbers_in(line.path)[2] for line in (first, second)]
        assert (radii[0] > radii[1]) is outside_first


def test_a_sector_without_advanced_items_keeps_its_name_close() -> None:
    near, far = name_lines("Alignment", 0, 1.5, False)[0], name_lines("Alignment", 0, 1.5, True)[0]
    assert numbers_in(near.path)[2] < geometry.OUTER_FOOT + 20 < geometry.RIM < numbers_in(far.path)[2]


def test_words_are_measured_and_broken_near_enough() -> None:
    assert em_width("illi") < em_width("MWMW")
    assert em_width("学校") == 2.0
    assert em_width("e\u0301") == em_width("e")
    assert wrapped("one two three four", 4.2, 9) == ("one two", "three", "four")
    assert wrapped("one two three four", 2.5, 2) == ("one", "two …")
    assert halved("Alphabetical Beta Gamma") == ("Alphabetical", "Beta Gamma")
    assert halved("Alone") == ("Alone",)
