"""Every pair of colours that meets on a page can be read, in both themes."""

import re
from collections.abc import Iterator

import pytest

from throughline.ui.tests.css import CSS, TOKEN, block, contrast, tokens

GROUNDS = ("paper", "card", "sunk", "tint")
TEXTS = (
    "ink",
    "quiet",
    "action",
    "action-strong",
    "error",
    "good",
    "warn",
    *(f"hue-{n}" for n in range(1, 6)),
)
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    *((f"hue-{n}", f"tint-{n}") for n in range(1, 6)),
    *(("ink", f"tint-{n}") for n in range(1, 6)),
    *(("quiet", f"tint-{n}") for n in range(1, 6)),
    *(
        (text, f"{tone}-tint")
        for tone in ("info", "good", "warn", "error")
        for text in ("ink", "quiet", "action")
    ),
    *((tone, f"{tone}-tint") for tone in ("good", "warn", "error")),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("paper", "error"),
    ("paper", "action"),
]
SHAPES = [("edge", ground) for ground in GROUNDS[:2]] + [("focus", ground) for ground in GROUNDS]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    found = tokens(theme)
    assert contrast(found[f"--{text}"], found[f"--{ground}"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_of_fields_and_the_focus_ring_can_be_seen(theme: str, shape: str, ground: str) -> None:
    found = tokens(theme)
    assert contrast(found[f"--{shape}"], found[f"--{ground}"]) >= 3


def test_dark_is_the_same_whether_the_device_or_the_person_asks_for_it() -> None:
    css = (CSS / "tokens.css").read_text()
    device = TOKEN.findall(block(css, ':root:not([data-theme="light"])'))
    person = TOKEN.findall(block(css, ':root[data-theme="dark"]'))
    assert device == person
    assert {name for name, _ in TOKEN.findall(block(css, ":root"))} == {name for name, _ in device}


def test_a_theme_changes_colours_and_nothing_else() -> None:
    """The browser tests ask the dark theme only for what hangs on colours."""
    for path in CSS.parents[3].glob("*/static/**/*.css"):
        css = path.read_text()
        if path.name != "tokens.css":
            assert "prefers-color-scheme" not in css and "data-theme" not in css, path
            continue
        for selector in (':root:not([data-theme="light"])', ':root[data-theme="dark"]'):
            for line in filter(None, map(str.strip, block(css, selector).splitlines())):
                name, _colon, value = line.rstrip(";").partition(": ")
                if name == "color-scheme":
                    continue
                colours = re.sub(r"#[0-9a-f]{6}|rgb\([^)]*\)", "", value).strip()
                assert name.startswith("--") and (not colours or name == "--shadow"), line


def test_a_width_changes_everything_but_colours() -> None:
    """The browser tests ask for what hangs on colours at one width only, but of what no other width shows."""
    colours = re.compile(r"(?<![\w-])(?:color|background|opacity|filter|fill|stroke|mix-blend-mode)[\w-]*:")
    seen = 0
    for path in CSS.parents[3].glob("*/static/**/*.css"):
        for inside in _within_widths(path.read_text()):
            seen += 1
            assert colours.findall(inside) == [], path
    assert seen > 20


def _within_widths(css: str) -> Iterator[str]:
    """What each rule says that asks how wide (or high) there is room."""
    for asked in re.finditer(r"@(?:media|container)[^{]*(?:width|height|-size)[^{]*\{", css):
        depth, end = 1, asked.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[asked.end() : end - 1]


def test_components_take_their_colours_from_tokens() -> None:
    allowed = {"tokens.css", "profile.css", "spread.css"}
    for sheet in CSS.glob("*.css"):
        if sheet.name not in allowed:
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", sheet.read_text()), sheet.name


def test_sides_are_named_by_the_direction_of_the_text() -> None:
    physical = re.compile(
        r"(margin|padding|border|inset)-(left|right|top|bottom)|[\s;](left|right|top|bottom):|text-align: (left|right)|float:"
    )
    for sheet in CSS.glob("*.css"):
        assert not physical.search(sheet.read_text()), sheet.name
