"""The picture, its legend and its table say the same, in words that stand alone."""

import re
from datetime import date
from xml.etree import ElementTree as ET

from django.template import Context, Template
from django.utils import translation

from throughline.frameworks.tree import Tree
from throughline.records.drawing.profile import draw_profile
from throughline.records.profile.picture import in_words, legend_of, picture_of, table_of
from throughline.records.queries import Profile, ProfileItem

ALL = Template(
    "{% load records %}{% credit_profile picture %}{% profile_legend picture %}{% profile_table table %}"
)


def profile(tree: Tree, *standings: str, recheck: int = -1, aside: int = -1) -> Profile:
    items = tuple(
        ProfileItem(
            competency, standing, None, None, place == recheck, "Not <ours>" if place == aside else None
        )
        for place, (competency, standing) in enumerate(zip(tree.competencies, standings, strict=True))
    )
    return Profile(tree, items, date(2026, 3, 3))


def labels(tree: Tree, *standings: str, earlier: Profile | None = None, **marks: int) -> list[str]:
    drawn = picture_of(profile(tree, *standings, **marks), title="Now", earlier=earlier)
    return [block.label for sector in drawn.sectors for block in sector.blocks]


def test_accessible_names_are_whole(grown: Tree) -> None:
    before = profile(grown, "not-started", "in-progress", "earned", "not-started")
    told = labels(
        grown, "earned", "in-progress", "in-progress", "not-started", earlier=before, recheck=2, aside=3
    )
    assert told == [
        "Competency 0, foundational, earned (before: not started)",
        "Competency 1, advanced, in progress",
        "Competency 2, foundational, in progress (before: earned), to re-check",
        "Competency 3, advanced, left out, not counted",
    ]
    assert labels(grown, *["earned"] * 4, recheck=0)[0] == "Competency 0, foundational, earned, to re-check"


def test_the_centre_counts_in_words_and_leaves_out_what_is_not_there(grown: Tree) -> None:
    shown = profile(grown, "earned", "earned", "in-progress", "not-started", aside=3)
    assert picture_of(shown, title="Now").centre == (
        ("1 of 2", "foundational earned"),
        ("1 of 1", "advanced earned"),
    )
    assert in_words(shown) == (
        "1 of 2 foundational competencies are earned. 1 of 1 advanced competency is earned. "
        "1 competency is left out and not counted."
    )
    foundational = Profile(
        grown, tuple(each for each in shown.items if each.competency.level == "foundational"), shown.on
    )
    assert foundational.count("advanced") == (0, 0)
    assert "advanced" not in in_words(foundational)


def test_the_legend_names_what_occurs_and_nothing_else(grown: Tree) -> None:
    def words(picture: Profile, earlier: Profile | None = None) -> list[str]:
        return [entry.words for entry in legend_of(picture_of(picture, title="Now", earlier=earlier))]

    plain = profile(grown, "earned", "earned", "not-started", "not-started")
    assert words(plain) == ["earned", "not started"]
    full = profile(grown, "earned", "in-progress", "not-started", "earned", recheck=1, aside=3)
    assert words(full, plain) == [
        "earned",
        "in progress",
        "not started",
        "left out, not counted",
        "to re-check",
        "inner strip: where it stood before",
    ]
    assert words(plain, plain) == words(plain)


def test_the_table_says_what_the_picture_says(grown: Tree) -> None:
    before = profile(grown, "not-started", "in-progress", "earned", "not-started")
    now = profile(grown, "earned", "in-progress", "in-progress", "not-started", recheck=2, aside=3)
    table = table_of(now, caption="Now", earlier=before, link=lambda each: f"/{each.code}")
    rows = [row for group in table.groups for row in group.rows]
    assert [group.name for group in table.groups] == ["Purpose", "Practice"]
    assert [(row.number, row.name, row.href, row.level) for row in rows] == [
        (1, "Competency 0", "/c0", "foundational"),
        (2, "Competency 1", "/c1", "advanced"),
        (1, "Competency 2", "/c2", "foundational"),
        (2, "Competency 3", "/c3", "advanced"),
    ]
    assert [(row.standing, row.was, row.recheck, row.set_aside) for row in rows] == [
        ("earned", "not started", False, None),
        ("in progress", "", False, None),
        ("in progress", "earned", True, None),
        ("left out", "not started", False, "Not <ours>"),
    ]
    drawn = [
        block for sector in picture_of(now, title="Now", earlier=before).sectors for block in sector.blocks
    ]
    assert [(block.number, block.name, block.recheck) for block in drawn] == [
        (row.number, row.name, row.recheck) for row in rows
    ]


def test_rendered_table_is_a_table_with_caption_and_headings(grown: Tree) -> None:
    now = profile(grown, "earned", "in-progress", "not-started", "not-started", aside=3)
    html = ALL.render(
        Context({"picture": picture_of(now, title="Now"), "table": table_of(now, caption="Where we stand")})
    )
    assert "Not &lt;ours&gt;" in html
    table = ET.fromstring(re.search(r"<table.*</table>", html, re.DOTALL).group())  # type: ignore[union-attr]  # noqa: S314
    assert table.findtext("caption") == "Where we stand"
    assert [each.get("scope") for each in table.iter("th")] == [
        *["col"] * 4,
        *(["rowgroup", "row", "row"] * 2),
    ]
    assert len(list(table.iter("tr"))) == 1 + 2 + 4


def test_a_picture_of_its_own_is_well_formed_and_has_title_and_description(grown: Tree) -> None:
    now = profile(grown, "earned", "in-progress", "not-started", "not-started")
    svg = ET.fromstring(draw_profile(picture_of(now, title="A <b>", standalone=True)))  # noqa: S314
    texts = [each.text for each in svg.iter() if each.tag.endswith(("}title", "}desc"))]
    assert texts[:2] == ["A <b>", in_words(now)]


def test_words_follow_the_language_in_force(grown: Tree) -> None:
    with translation.override("es"):
        assert len(labels(grown, "earned", "in-progress", "not-started", "not-started")) == 4
