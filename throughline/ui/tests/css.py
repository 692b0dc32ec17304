"""Reading the stylesheets: what the tokens say in each theme, and how far two colours stand apart."""

import re
from pathlib import Path

CSS = Path(__file__).parent.parent / "static" / "ui" / "css"
TOKEN = re.compile(r"(--[a-z0-9-]+):\s*(#[0-9a-f]{6});")


def block(css: str, selector: str) -> str:
    """What stands between the braces after `selector`."""
    start = css.index(selector + " {") + len(selector) + 2
    return css[start : css.index("}", start)]


def tokens(theme: str) -> dict[str, str]:
    """Every colour of `light` or `dark`."""
    css = (CSS / "tokens.css").read_text()
    light = dict(TOKEN.findall(block(css, ":root")))
    if theme == "light":
        return light
    return light | dict(TOKEN.findall(block(css, ':root[data-theme="dark"]')))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
