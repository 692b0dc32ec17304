"""The credit profile: the signature picture of a record at a date, drawn on the server as SVG.

One function for a school, a group, a learner, a roll-up and a then/now pair. What it draws is given to it in full
(`ProfilePicture`): names already translated, standings already folded, links already made. It decides nothing and
asks nobody, so a page, a PDF, a preview and a test get the same picture from the same input.

States are never told by colour alone: *not started* is an outline, *in progress* hatched, *earned* solid, *set
aside* a dotted outline. Two further facts have a shape of their own: a small clock (its evidence is due to be
checked again) and, for then/now, a strip at the inner edge that keeps the earlier standing where it differs.
Geometry and shares follow the product's look-and-feel page; a table with the same content always stands beside it.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Literal, NamedTuple

from throughline.records.drawing import geometry
from throughline.records.drawing.names import name_lines
from throughline.records.drawing.paint import (
    DOTS,
    EMBEDDED,
    LIGHT,
    WHITE_PAPER,
    Palette,
    Standing,
    clock,
    dark_style,
    hatch,
    hue_index,
    standing_mark,
)
from throughline.records.drawing.text import em_width, wrapped, xml_attribute, xml_text

COARSE, FINE, FINE_ABOVE = (
    7.2,
    5.4,
    40,
)  # distance of the hatch lines, and the number of items that refines it

__all__ = ["Block", "ProfilePicture", "Sector", "Standing", "draw_profile", "standing_mark"]


@dataclass(frozen=True, slots=True)
class Block:
    """One item of the framework. `label` is its accessible name, translated: "Timely Support, foundational, earned".

    `set_aside`: not counted here, whatever its standing. `recheck`: its evidence has passed its date. `earlier`: its
    standing at the date compared with.
    """

    number: int
    name: str
    level: Literal["foundational", "advanced"]
    standing: Standing
    set_aside: bool = False
    recheck: bool = False
    earlier: Standing | None = None
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sector:
    """A domain (credit area) and its items in the framework's order; `hue` is its place among them, from 1."""

    name: str
    hue: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ProfilePicture:
    """All that a credit profile shows.

    `centre` holds counts in words, such as ("6 of 15", "foundational earned"). `standalone` makes a file instead
    of a part of a page, `size` units wide; its theme "auto" follows the reader's screen, "light" is for white
    paper. `key` tells apart two equal pictures on one page.
    """

    title: str
    description: str
    sectors: tuple[Sector, ...]
    centre: tuple[tuple[str, str], ...] = ()
    size: int = 640
    standalone: bool = False
    theme: Literal["auto", "light"] = "auto"
    key: str = ""


class _Pen(NamedTuple):
    """What the parts of one picture share."""

    prefix: str
    palette: Palette
    standalone: bool

    def font(self, serif: bool = False) -> str:
        """The attribute that names a font, in files only: a page's style sheet does it for the others."""
        return (
            f' font-family="{self.palette.serif if serif else self.palette.sans}"' if self.standalone else ""
        )

    def hatched(self, hue: int) -> str:
        return f"{self.prefix}-h{hue_index(hue)}"


def draw_profile(profile: ProfilePicture) -> str:
    """The credit profile as one SVG element; an empty framework gives an empty ring."""
    palette = (WHITE_PAPER if profile.theme == "light" else LIGHT) if profile.standalone else EMBEDDED
    pen = _Pen(_prefix(profile), palette, profile.standalone)
    counts = tuple(_counts(sector) for sector in profile.sectors)
    shown = [pair for pair in zip(profile.sectors, geometry.wedges(counts), strict=True) if pair[0].blocks]
    parts = [_opening(profile, pen), _patterns(shown, pen)]
    if not shown:
        parts.append(_empty_ring(palette))
    parts.append(_centre(profile.centre, pen))
    parts += [_sector(sector, wedge, place, pen) for place, (sector, wedge) in enumerate(shown)]
    parts.append("</svg>")
    return "".join(parts)


def _prefix(profile: ProfilePicture) -> str:
    """Start of every id in the picture, made of its content: two pictures on one page do not clash."""
    content = repr((profile.title, profile.description, profile.key, profile.standalone, profile.sectors))
    return f"p{blake2b(content.encode(errors='replace'), digest_size=5).hexdigest()}"


def _counts(sector: Sector) -> tuple[int, int]:
    advanced = sum(block.level == "advanced" for block in sector.blocks)
    return len(sector.blocks) - advanced, advanced


def _opening(profile: ProfilePicture, pen: _Pen) -> str:
    linked = any(block.href for sector in profile.sectors for block in sector.blocks)
    # role="img" would hide the links from a screen reader
    role = "group" if linked else "img"
    half = geometry.HALF
    extent = f"{-half:g} {-half:g} {2 * half:g} {2 * half:g}"
    name, words = f"{pen.prefix}-t", f"{pen.prefix}-d"
    described = f' aria-describedby="{words}"' if profile.description else ""
    parts = [f'<svg class="profile" role="{role}" aria-labelledby="{name}"{described} viewBox="{extent}"']
    if profile.standalone:
        parts.append(f' xmlns="http://www.w3.org/2000/svg" width="{profile.size}" height="{profile.size}"')
    parts.append(f'><title id="{name}">{xml_text(profile.title)}</title>')
    if profile.description:
        parts.append(f'<desc id="{words}">{xml_text(profile.description)}</desc>')
    if profile.standalone and profile.theme == "auto":
        paper = f'<path d="M{-half:g} {-half:g}H{half:g}V{half:g}H{-half:g}z" fill="{LIGHT.paper}"/>'
        parts += [dark_style(), paper]
    return "".join(parts)


def _patterns(shown: list[tuple[Sector, geometry.Wedge]], pen: _Pen) -> str:
    hues = sorted({hue_index(sector.hue) for sector, _ in shown})
    fine = sum(len(sector.blocks) for sector, _ in shown) > FINE_ABOVE
    drawn = "".join(hatch(pen.hatched(hue), hue, pen.palette, FINE if fine else COARSE) for hue in hues)
    return f"<defs>{drawn}</defs>"


def _empty_ring(palette: Palette) -> str:
    radii = (geometry.HUB, geometry.INNER_RIM, geometry.RIM)
    rings = "".join(f'<circle r="{radius:g}"/>' for radius in radii)
    return f'<g class="empty" fill="none" stroke="{palette.quiet}" stroke-opacity=".5">{rings}</g>'


def _centre(lines: tuple[tuple[str, str], ...], pen: _Pen) -> str:
    """Counts and their words in the hub, the first the largest, each line shrunk until it fits its chord."""
    sizes = [(36.0 if i == 0 else 27.0, 17.0 if i == 0 else 16.0) for i in range(len(lines))]
    heights = [count * 0.92 + word * 1.28 for count, word in sizes]
    y = -(sum(heights) + 12 * (len(lines) - 1)) / 2
    parts = ['<g class="centre" text-anchor="middle">']
    for (count, words), (count_size, word_size), height in zip(lines, sizes, heights, strict=True):
        base = y + count_size * 0.78
        parts.append(_line(count, base, count_size, pen, serif=True))
        parts.append(_line(words, base + word_size * 1.28, word_size, pen, serif=False))
        y += height + 12
    return "".join(parts) + "</g>"


def _line(text: str, y: float, size: float, pen: _Pen, *, serif: bool) -> str:
    chord = 2 * (max(0.0, (geometry.HUB - 10) ** 2 - y**2)) ** 0.5
    fitted = max(9.0, min(size, chord / max(em_width(text), 0.1)))
    kind, colour = ("count", pen.palette.ink) if serif else ("words", pen.palette.quiet)
    weight = ' font-weight="600"' if serif else ""
    return (
        f'<text class="{kind}" y="{y:.1f}" font-size="{round(fitted, 1):g}"{weight} fill="{colour}"'
        f"{pen.font(serif)}>{xml_text(text)}</text>"
    )


def _sector(sector: Sector, wedge: geometry.Wedge, place: int, pen: _Pen) -> str:
    inner, outer = iter(wedge.inner), iter(wedge.outer)
    parts = [f'<g class="sector hue-{hue_index(sector.hue)}">', _name(sector, wedge, place, pen)]
    parts += [
        _block(block, next(outer if block.level == "advanced" else inner), sector.hue, pen)
        for block in sector.blocks
    ]
    return "".join(parts) + "</g>"


def _name(sector: Sector, wedge: geometry.Wedge, place: int, pen: _Pen) -> str:
    parts = []
    for i, line in enumerate(name_lines(sector.name, wedge.start, wedge.end, bool(wedge.outer))):
        identity = f"{pen.prefix}-n{place}-{i}"
        parts.append(
            f'<path id="{identity}" d="{line.path}" fill="none"/>'
            f'<text class="name" font-size="{line.size:g}" font-weight="600" '
            f'fill="{pen.palette.hue(sector.hue)}"{pen.font(serif=True)} text-anchor="middle" aria-hidden="true">'
            f'<textPath href="#{identity}" startOffset="50%">{xml_text(line.words)}</textPath></text>'
        )
    return "".join(parts)


def _block(block: Block, spot: geometry.Spot, hue: int, pen: _Pen) -> str:
    label = block.label or block.name
    state = "set-aside" if block.set_aside else block.standing
    earlier = None if block.set_aside or block.earlier == block.standing else block.earlier
    opening, closing = f'<g class="block {state}">', "</g>"
    if block.href:
        opening = f'<a class="block {state}" href="{xml_attribute(block.href)}" aria-label="{xml_attribute(label)}">'
        closing = "</a>"
    parts = [opening, f"<title>{xml_text(label)}</title>"]
    if earlier:
        parts.append(_piece("was", earlier, spot.strip, hue, pen))
    parts.append(_piece("face", state, spot.body if earlier else spot.whole, hue, pen))
    if spot.number:
        parts.append(_number(block, state, spot, hue, pen, spot.body_middle if earlier else spot.middle))
    if block.recheck:
        parts.append(clock(*spot.mark, spot.mark_radius, pen.palette))
    if not pen.standalone:
        parts.append(_caption(block.name, label))
    return "".join(parts) + closing


def _piece(kind: str, state: str, path: str, hue: int, pen: _Pen) -> str:
    colour = pen.palette.hue(hue)
    fill, outline = pen.palette.paper, 'stroke-width="1.9"'
    if state == "earned":
        fill = colour
    elif state == "in-progress":
        fill = f"url(#{pen.hatched(hue)})"
    elif state == "set-aside":
        colour, outline = pen.palette.quiet, f'stroke-width="2.1" {DOTS}'
    return f'<path class="{kind} {state}" d="{path}" fill="{fill}" stroke="{colour}" {outline}/>'


def _number(
    block: Block, state: str, spot: geometry.Spot, hue: int, pen: _Pen, place: tuple[float, float]
) -> str:
    x, y = place
    colour = pen.palette.quiet if state == "set-aside" else pen.palette.hue(hue)
    disc = ""
    if state == "in-progress":
        disc = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{spot.number * 0.76:.1f}" fill="{pen.palette.paper}"/>'
    elif state == "earned":
        colour = pen.palette.paper
    return (
        f'{disc}<text class="number" x="{x:.1f}" y="{y + spot.number * 0.335:.1f}" font-size="{spot.number:g}" '
        f'font-weight="600" text-anchor="middle" fill="{colour}"{pen.font()}>{block.number}</text>'
    )


@lru_cache(maxsize=4096)
def _caption(name: str, label: str) -> str:
    """The label again, for the hub, shown by the style sheet while its block is pointed at or has the focus."""
    rest = label.removeprefix(name).lstrip(" ,،、·:;-–—") if label.startswith(name) else ""
    title, detail = (name, rest) if rest else (label, "")
    rows = [("serif", line, 21.0) for line in wrapped(title, 8.6, 4)]
    rows += [("words", line, 15.0) for line in wrapped(detail, 12.6, 3)]
    y = -sum(size * 1.22 for _, _, size in rows) / 2
    parts = ['<g class="caption" display="none" aria-hidden="true" text-anchor="middle">']
    for kind, line, size in rows:
        y += size * 1.22
        colour, weight = (EMBEDDED.ink, ' font-weight="600"') if kind == "serif" else (EMBEDDED.quiet, "")
        parts.append(
            f'<text class="{kind}" y="{y - size * 0.3:.1f}" font-size="{size:g}"{weight} fill="{colour}">'
            f"{xml_text(line)}</text>"
        )
    return "".join(parts) + "</g>"
