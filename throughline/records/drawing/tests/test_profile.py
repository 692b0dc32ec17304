"""What the credit profile promises: its order, its links, its shapes, and that it is safe and always drawn."""

import re
from dataclasses import replace
from math import atan2, degrees
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.records.drawing import geometry
from throughline.records.drawing.paint import DARK, LIGHT
from throughline.records.drawing.profile import (
    Block,
    ProfilePicture,
    Sector,
    Standing,
    draw_profile,
    standing_mark,
)

JOURNEY = (
    ("Purpose & Vision", 3, 2),
    ("Graduate Profile", 2, 1),
    ("Learning Model", 4, 2),
    ("Alignment", 4, 2),
    ("Sustainability", 2, 2),
)


def sector(name: str, hue: int, foundational: int, advanced: int, **facts: Any) -> Sector:
    blocks = []
    for i in range(1, foundational + advanced + 1):
        level = "foundational" if i <= foundational else "advanced"
        told = {
            "standing": "not-started",
            "href": f"/items/{hue}-{i}",
            "label": f"{name} {i}, {level}",
        } | facts
        blocks.append(Block(i, f"Item {i}", level, **told))  # type: ignore[arg-type]
    return Sector(name, hue, tuple(blocks))


def picture(**changes: Any) -> ProfilePicture:
    sectors = tuple(sector(name, hue, f, a) for hue, (name, f, a) in enumerate(JOURNEY, 1))
    plain = ProfilePicture(
        "Where we stand",
        "Six earned.",
        sectors,
        (("6 of 15", "foundational earned"), ("1 of 9", "advanced earned")),
    )
    return replace(plain, **changes)


def one(**facts: Any) -> ProfilePicture:
    return picture(sectors=(sector("Only", 1, 1, 0, **facts),))


def parsed(profile: ProfilePicture) -> ET.Element:
    return ET.fromstring(re.sub(r' xmlns="[^"]+"', "", draw_profile(profile)))  # noqa: S314


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def numbers_in(path: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", path)]


def angle(x: float, y: float) -> float:
    return degrees(atan2(x, -y)) % 360


def test_sectors_are_as_wide_as_their_items() -> None:
    wedges = geometry.wedges(tuple((f, a) for _, f, a in JOURNEY))
    assert [degrees(w.end - w.start) for w in wedges] == pytest.approx([75, 45, 90, 90, 60])
    assert wedges[0].start == 0
    assert [(len(w.inner), len(w.outer)) for w in wedges] == [(3, 2), (2, 1), (4, 2), (4, 2), (2, 2)]


def test_blocks_stand_inside_their_sector_and_band() -> None:
    root, start = parsed(picture()), 0.0
    for element, (_, foundational, advanced) in zip(of_class(root, "sector"), JOURNEY, strict=True):
        end = start + (foundational + advanced) * 15
        faces = [numbers_in(face.attrib["d"])[:2] for face in of_class(element, "face")]
        assert all(start < angle(*corner) < end for corner in faces)
        radii = [(x * x + y * y) ** 0.5 for x, y in faces]
        assert all(radius < geometry.INNER_RIM for radius in radii[:foundational])
        assert all(radius > geometry.OUTER_FOOT for radius in radii[foundational:])
        start = end


def test_a_gap_is_as_wide_at_the_rim_as_at_the_hub() -> None:
    edge = geometry.Edge(1.0, 4.0)
    for radius in (geometry.HUB, geometry.RIM):
        x, y = geometry.point(radius, edge.at(radius) - 1.0)
        assert x == pytest.approx(4.0)
        assert y < 0


def test_links_come_in_the_order_of_the_framework() -> None:
    links = list(parsed(picture()).iter("a"))
    expected = [(hue, i) for hue, (_, f, a) in enumerate(JOURNEY, 1) for i in range(1, f + a + 1)]
    assert [link.get("href") for link in links] == [f"/items/{hue}-{i}" for hue, i in expected]
    assert links[3].get("aria-label") == "Purpose & Vision 4, advanced"
    assert links[3].findtext("title") == "Purpose & Vision 4, advanced"


def test_a_block_that_leads_nowhere_is_no_link_and_the_picture_then_an_image() -> None:
    assert parsed(picture()).get("role") == "group"
    quiet = parsed(one(href=""))
    assert quiet.get("role") == "img"
    assert not list(quiet.iter("a"))
    assert of_class(quiet, "block")[0].findtext("title") == "Only 1, foundational"


def test_the_picture_says_its_title_and_description() -> None:
    root = parsed(picture())
    texts = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert texts[root.attrib["aria-labelledby"]] == "Where we stand"
    assert texts[root.attrib["aria-describedby"]] == "Six earned."
    assert parsed(picture(description="")).get("aria-describedby") is None
    assert [text.text for text in of_class(root, "count")] == ["6 of 15", "1 of 9"]


def test_each_state_has_its_own_class_and_paint() -> None:
    paints = set()
    for facts in (
        {"standing": "not-started"},
        {"standing": "in-progress"},
        {"standing": "earned"},
        {"standing": "earned", "set_aside": True},
    ):
        face = of_class(parsed(one(**facts)), "face")[0]
        state = "set-aside" if "set_aside" in facts else facts["standing"]
        assert state in face.attrib["class"].split()
        paints.add((re.sub(r"#p\w+", "#", face.attrib["fill"]), face.get("stroke-dasharray")))
    assert len(paints) == 4


def test_in_progress_points_to_a_hatch_that_is_there() -> None:
    root = parsed(one(standing="in-progress"))
    patterns = {f"url(#{pattern.get('id')})" for pattern in root.iter("pattern")}
    assert of_class(root, "face")[0].get("fill") in patterns


@pytest.mark.parametrize(
    ("standing", "earlier", "strips"),
    [
        ("earned", "not-started", ["not-started"]),
        ("in-progress", "earned", ["earned"]),
        ("not-started", "in-progress", ["in-progress"]),
        ("earned", "earned", []),
        ("earned", None, []),
    ],
)
def test_then_and_now_keeps_the_earlier_standing_as_a_strip(
    standing: Standing, earlier: Standing | None, strips: list[str]
) -> None:
    root = parsed(one(standing=standing, earlier=earlier))
    assert [strip.attrib["class"].split()[1] for strip in of_class(root, "was")] == strips
    assert of_class(root, "face")[0].attrib["class"].split()[1] == standing


def test_a_set_aside_item_shows_no_change() -> None:
    assert not of_class(parsed(one(standing="earned", earlier="not-started", set_aside=True)), "was")


def test_an_item_to_check_again_carries_a_clock() -> None:
    assert len(of_class(parsed(one(standing="earned", recheck=True)), "recheck")) == 1
    assert not of_class(parsed(one(standing="earned")), "recheck")


def test_numbers_leave_the_blocks_when_a_sector_is_full() -> None:
    def shown(items: int) -> list[str | None]:
        return [n.text for n in of_class(parsed(picture(sectors=(sector("Area", 1, items, 0),))), "number")]

    assert shown(12) == [str(i) for i in range(1, 13)]
    assert shown(13) == []


def test_every_word_is_escaped() -> None:
    nasty = '"><script>alert(1)</script>&\x00\x1f\ud800'
    blocks = (Block(1, nasty, "foundational", "earned", href='/x?a=1&b="2"', label=nasty),)
    profile = ProfilePicture(nasty, nasty, (Sector(nasty, 1, blocks),), ((nasty, nasty),))
    for shown in (profile, replace(profile, standalone=True)):
        root = parsed(shown)
        assert not list(root.iter("script"))
        link = next(root.iter("a"))
        assert link.get("href") == '/x?a=1&b="2"'
        assert link.get("aria-label") == '"><script>alert(1)</script>&'


def test_arabic_names_are_drawn_as_they_are() -> None:
    root = parsed(picture(sectors=(sector("العربية والتواصل", 1, 3, 2),)))
    assert of_class(root, "name")[0].findtext("textPath") == "العربية والتواصل"


def test_inside_a_page_nothing_offends_a_strict_content_security_policy() -> None:
    svg = draw_profile(picture())
    assert "style=" not in svg
    assert "<style" not in svg
    assert not re.search(r'\s(width|height)="\d+', svg[: svg.index(">")])
    assert "#0B6E5F" not in svg


def test_a_file_of_its_own_has_concrete_colours() -> None:
    svg = draw_profile(picture(standalone=True, size=900))
    assert 'xmlns="http://www.w3.org/2000/svg" width="900" height="900"' in svg
    assert "var(" not in svg
    assert "prefers-color-scheme:dark" in svg
    assert LIGHT.hue(1) in svg
    assert DARK.hue(1) in svg
    light = draw_profile(picture(standalone=True, theme="light"))
    assert "<style" not in light
    assert "var(" not in light
    ET.fromstring(light)  # noqa: S314


def test_two_pictures_on_one_page_do_not_share_ids() -> None:
    def ids(profile: ProfilePicture) -> set[str]:
        return set(re.findall(r' id="([^"]+)"', draw_profile(profile)))

    assert len(ids(picture())) == len(re.findall(r' id="', draw_profile(picture())))
    assert ids(picture()) == ids(picture())
    assert not ids(picture()) & ids(picture(title="Where we stood"))
    assert not ids(picture()) & ids(picture(key="again"))


@pytest.mark.parametrize("sectors", [(), (Sector("Nothing yet", 1, ()),)])
def test_no_items_give_an_empty_ring(sectors: tuple[Sector, ...]) -> None:
    root = parsed(picture(sectors=sectors))
    assert len(of_class(root, "empty")[0]) == 3
    assert not of_class(root, "block")


def test_an_empty_sector_takes_no_room_among_others() -> None:
    root = parsed(picture(sectors=(sector("A", 1, 2, 0), Sector("B", 2, ()), sector("C", 3, 0, 2))))
    assert len(of_class(root, "sector")) == 2
    assert len(of_class(root, "block")) == 4


def test_eighty_items_are_drawn() -> None:
    root = parsed(picture(sectors=tuple(sector(f"Area {hue}", hue, 10, 6) for hue in range(1, 6))))
    assert len(of_class(root, "face")) == 80
    assert not of_class(root, "number")


def test_hues_begin_again_after_the_fifth() -> None:
    root = parsed(picture(sectors=tuple(sector(f"Area {hue}", hue, 2, 1) for hue in range(1, 8))))
    assert [s.attrib["class"].split()[1] for s in of_class(root, "sector")] == [
        f"hue-{h}" for h in (1, 2, 3, 4, 5, 1, 2)
    ]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=9))
def test_any_shape_of_framework_is_drawn(shape: list[tuple[int, int]]) -> None:
    sectors = tuple(sector(f"Area {i}", i, f, a) for i, (f, a) in enumerate(shape, 1))
    root = parsed(picture(sectors=sectors))
    assert len(of_class(root, "face")) == sum(map(sum, shape))
    assert "nan" not in draw_profile(picture(sectors=sectors))


def test_marks_tell_the_states_apart_without_colour() -> None:
    standings: tuple[Standing, ...] = ("not-started", "in-progress", "earned")
    marks = [standing_mark(standing, 2) for standing in standings]
    marks += [standing_mark("earned", 2, recheck=True), standing_mark("earned", 2, set_aside=True)]
    assert len(set(marks)) == 5
    for mark in marks:
        root = ET.fromstring(mark)  # noqa: S314
        assert root.get("aria-hidden") == "true"
        assert " id=" not in mark
        assert "style" not in mark
    assert "var(--hue-2)" in marks[0]
    assert "var(--quiet)" in standing_mark("earned", 0)
