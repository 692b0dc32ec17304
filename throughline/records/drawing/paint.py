"""What the pictures are painted with: colours, the hatch, and the little clock that says *check again*.

Inside a page a picture takes its colours from the design system's custom properties, so it follows the theme
without a style attribute (a strict Content-Security-Policy refuses those). A standalone file (PDF, preview, a
download) carries concrete colours in presentation attributes, because PDF and raster renderers know neither custom
properties nor media queries; a browser that opens the file in the dark gets a style block on top.
"""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Literal

Standing = Literal["not-started", "in-progress", "earned"]
HUES = 5
NO_HUE = 0
DOTS = 'stroke-dasharray="0.1 5.2" stroke-linecap="round"'


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role. `hues[0]` is for marks that stand for no domain, as in a legend."""

    paper: str
    ink: str
    quiet: str
    hues: tuple[str, ...]
    serif: str = ""
    sans: str = ""

    def hue(self, index: int) -> str:
        """The colour of a domain by its place, from 1; the hues begin again when they run out."""
        return self.hues[hue_index(index)]


SERIF = "'Source Serif 4','Source Serif Pro',Georgia,serif"
SANS = "'Source Sans 3','Source Sans Pro',system-ui,sans-serif"
EMBEDDED = Palette(
    "var(--ground)", "var(--ink)", "var(--quiet)", ("var(--quiet)", *(f"var(--hue-{i})" for i in range(1, 6)))
)
LIGHT = Palette(
    "#FBFAF6",
    "#22302F",
    "#5A6866",
    ("#5A6866", "#0B6E5F", "#6B4A9E", "#8F5B00", "#1D5FA6", "#A02C6B"),
    SERIF,
    SANS,
)
DARK = Palette(
    "#141B1B",
    "#E9EEEC",
    "#A5B3B0",
    ("#A5B3B0", "#54C4B0", "#BBA2EB", "#E2AE55", "#86B6F2", "#F093C4"),
    SERIF,
    SANS,
)
WHITE_PAPER = Palette("#FFFFFF", LIGHT.ink, LIGHT.quiet, LIGHT.hues, SERIF, SANS)


def hue_index(index: int) -> int:
    """1 to 5, over and over; 0 stays 0 (no domain)."""
    return (index - 1) % HUES + 1 if index else NO_HUE


def dark_style() -> str:
    """A style block that repaints a standalone picture for a dark screen: one rule for each colour in use."""
    pairs = {
        LIGHT.paper: DARK.paper,
        LIGHT.ink: DARK.ink,
        **dict(zip(LIGHT.hues, DARK.hues, strict=True)),
    }
    rules = "".join(
        f'[{kind}="{light}"]{{{kind}:{dark}}}' for light, dark in pairs.items() for kind in ("fill", "stroke")
    )
    return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"


def hatch(identity: str, hue: int, palette: Palette, pitch: float) -> str:
    """The pattern of *in progress*: diagonal lines of the hue, `pitch` apart, over a breath of it."""
    colour, tile = palette.hue(hue), f"M0 0h{pitch:g}v{pitch:g}h-{pitch:g}z"
    return (
        f'<pattern id="{identity}" class="hatch hue-{hue_index(hue)}" width="{pitch:g}" height="{pitch:g}" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="{tile}" fill="{palette.paper}"/><path d="{tile}" fill="{colour}" fill-opacity=".1"/>'
        f'<path d="M0 0h{pitch * 0.32:.2f}v{pitch:g}h-{pitch * 0.32:.2f}z" fill="{colour}"/></pattern>'
    )


def clock(x: float, y: float, radius: float, palette: Palette) -> str:
    """The mark of *check again*: a small clock, told by its shape, in ink so that it holds in greyscale."""
    hand = radius * 0.52
    minute, hour = (x + hand * sin(radians(120)), y - hand * cos(radians(120))), (x, y - hand * 1.15)
    return (
        f'<g class="recheck" stroke="{palette.ink}" stroke-width="{max(1.1, radius * 0.17):.1f}" '
        f'stroke-linecap="round"><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{palette.paper}"/>'
        f'<path fill="none" d="M{hour[0]:.1f} {hour[1]:.1f}L{x:.1f} {y:.1f}L{minute[0]:.1f} {minute[1]:.1f}"/></g>'
    )


def standing_mark(
    standing: Standing, hue: int = NO_HUE, recheck: bool = False, set_aside: bool = False
) -> str:
    """A standing as a 16-pixel mark to stand before its word (so it is hidden from screen readers).

    `hue` is the domain's, or 0 for a legend. The hatch is three drawn lines: a mark needs no ids, so a page may
    hold a hundred of them.
    """
    state = "set-aside" if set_aside else standing
    colour = EMBEDDED.hue(hue)
    fill = colour if state == "earned" else "none"
    outline = 'stroke-dasharray="0.1 2.55" stroke-linecap="round"' if set_aside else ""
    parts = [
        f'<svg class="standing-mark {state} hue-{hue_index(hue)}" viewBox="0 0 16 16" width="16" height="16" '
        'aria-hidden="true" focusable="false">'
        f'<rect x="1" y="1" width="14" height="14" rx="3" fill="{fill}" stroke="{colour}" '
        f'stroke-width="1.5" {outline}/>'
    ]
    if state == "in-progress":
        parts.append(
            f'<path d="M2.2 8.6 8.6 2.2M2.6 13.4 13.4 2.6M7.4 13.8 13.8 7.4" stroke="{colour}" stroke-width="1.7"/>'
        )
    if recheck:
        parts.append(clock(11.6, 4.4, 3.9, EMBEDDED))
    return "".join(parts) + "</svg>"
