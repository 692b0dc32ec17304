"""The spread of ratings: one dot for each person, stacked on the described step that they chose.

People are drawn, not percentages: eight raters are eight dots, so nobody asks what a bar stands for, and the one
far voice is seen. Up to a dozen on a step the dots stand in one column; more are packed in several columns of
smaller dots; above sixty raters every step becomes a bar of rows of ten, still one dot for each person, with the
count above. Made for up to 300. Drawn on the server, with the counts as a sentence for those who do not see it; the
style sheet gives the colours (`spread.css`), since pages forbid style attributes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from math import ceil

from throughline.records.drawing.text import wrapped, xml_text

WIDTH = 600.0
FILL = 0.8  # share of a step's width that dots may take
TOP, FOOT = 12.0, 14.0
LABEL, LEADING = 16.0, 19.0
COUNT_ROOM = 24.0
ONE_COLUMN, ROWS_OF_TEN_ABOVE = 12, 60
TALLEST = 252.0


@dataclass(frozen=True, slots=True)
class Packing:
    """How dots are packed on every step of one picture: how many in a row, how far apart, how large."""

    columns: int
    pitch: float
    radius: float
    counted: bool

    def rows(self, held: int) -> int:
        """How many rows so many dots fill."""
        return ceil(held / self.columns)


def packing(counts: Sequence[int]) -> Packing:
    """One packing for the whole picture, so that a dot is the same size and the same person on every step."""
    tallest, room = max(counts, default=0), WIDTH / max(1, len(counts)) * FILL
    if tallest <= ONE_COLUMN and sum(counts) <= ROWS_OF_TEN_ABOVE:
        return Packing(1, 21.0, 9.0, False)
    if sum(counts) <= ROWS_OF_TEN_ABOVE:
        columns = ceil(tallest / ONE_COLUMN)
        pitch = min(17.0, room / columns)
        return Packing(columns, pitch, pitch * 0.42, True)
    pitch = min(12.0, room / 10, TALLEST / ceil(tallest / 10))
    return Packing(10, pitch, pitch * 0.4, True)


def draw_spread(
    counts: Sequence[int],
    labels: Sequence[str],
    *,
    title: str,
    description: str = "",
    mine: int | None = None,
    agreed: int | None = None,
) -> str:
    """The spread as one SVG image for a page.

    `counts[0]` raters stand on the first step, `labels[0]` is its name. `description` tells the counts as a
    sentence, already translated. `mine` marks one dot as the reader's own, `agreed` the step that the team agreed
    on, both counted from 1.
    """
    return _drawn(tuple(counts), tuple(labels), title, description, mine, agreed)


@lru_cache(maxsize=1024)
def _drawn(
    counts: tuple[int, ...],
    labels: tuple[str, ...],
    title: str,
    description: str,
    mine: int | None,
    agreed: int | None,
) -> str:
    """Kept, because nothing moves any more once a spread is open and everyone looks at it again and again."""
    pack = packing(counts)
    rows = max((pack.rows(held) for held in counts), default=0)
    axis = TOP + max(1, rows) * pack.pitch + (COUNT_ROOM if pack.counted else 0.0)
    step = WIDTH / max(1, len(counts))
    names = [wrapped(label, step / LABEL, 3) for label in labels]
    height = axis + FOOT + LEADING * max(map(len, names), default=0) + 14
    parts = [_opening(title, description, (counts, labels, mine, agreed), height)]
    parts.append(f'<path class="axis" d="M{step * 0.08:.1f} {axis:.1f}H{WIDTH - step * 0.08:.1f}"/>')
    for place, (held, lines) in enumerate(zip(counts, names, strict=True), 1):
        x = step * (place - 0.5)
        parts.append(_step(x, axis, lines, step, place == agreed))
        parts.append(_dots(x, axis, held, pack, place == mine))
    return "".join(parts) + "</svg>"


def _opening(title: str, description: str, content: object, height: float) -> str:
    prefix = (
        "s" + blake2b(repr((title, description, content)).encode(errors="replace"), digest_size=5).hexdigest()
    )
    described = f' aria-describedby="{prefix}-d"' if description else ""
    words = f'<desc id="{prefix}-d">{xml_text(description)}</desc>' if description else ""
    return (
        f'<svg class="spread" role="img" aria-labelledby="{prefix}-t"{described} '
        f'viewBox="0 0 {WIDTH:g} {height:.0f}"><title id="{prefix}-t">{xml_text(title)}</title>{words}'
    )


def _step(x: float, axis: float, lines: Sequence[str], width: float, agreed: bool) -> str:
    """The tick and the name of a step; the agreed one in a frame, with its stretch of the axis drawn strong."""
    parts = [f'<g class="step{" agreed" if agreed else ""}" text-anchor="middle">']
    if agreed:
        half = width * 0.46
        parts.append(f'<path class="chosen" d="M{x - half:.1f} {axis:.1f}h{2 * half:.1f}"/>')
        tall = LEADING * len(lines) + 9
        parts.append(
            f'<rect class="frame" x="{x - half:.1f}" y="{axis + FOOT - 3:.1f}" width="{2 * half:.1f}" '
            f'height="{tall:.1f}" rx="{min(16.0, tall / 2):.1f}"/>'
        )
    parts.append(f'<path class="tick" d="M{x:.1f} {axis - 5:.1f}v10"/>')
    for i, line in enumerate(lines):
        y = axis + FOOT + LEADING * (i + 0.8)
        parts.append(
            f'<text class="label" x="{x:.1f}" y="{y:.1f}" font-size="{LABEL:g}">{xml_text(line)}</text>'
        )
    return "".join(parts) + "</g>"


def _dots(x: float, axis: float, held: int, pack: Packing, mine: bool) -> str:
    """The dots of one step from the axis up, as one path of round points; the reader's own dot first, as a ring."""
    if held == 0:
        return ""
    across = min(held, pack.columns)
    places = [
        (
            x + (i % pack.columns - (across - 1) / 2) * pack.pitch,
            axis - (i // pack.columns + 0.5) * pack.pitch - 5,
        )
        for i in range(held)
    ]
    parts = []
    if mine:
        own_x, own_y = places.pop(0)
        parts.append(_own_dot(own_x, own_y, pack))
    if places:
        points = "".join(f"M{px:.1f} {py:.1f}h0" for px, py in places)
        parts.append(f'<path class="dots" d="{points}" stroke-width="{2 * pack.radius:.1f}"/>')
    if pack.counted:
        top = axis - pack.rows(held) * pack.pitch - 13
        parts.append(
            f'<text class="count" x="{x:.1f}" y="{top:.1f}" font-size="15" text-anchor="middle">{held}</text>'
        )
    return "".join(parts)


def _own_dot(x: float, y: float, pack: Packing) -> str:
    """The reader's own dot, a ring with a core: never so small that it could not be found among three hundred."""
    ring = max(pack.radius * 0.84, min(3.8, pack.pitch * 0.45))
    return (
        f'<g class="mine"><circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="{ring:.1f}" '
        f'stroke-width="{max(1.4, ring * 0.38):.1f}"/>'
        f'<circle class="core" cx="{x:.1f}" cy="{y:.1f}" r="{ring * 0.43:.1f}"/></g>'
    )
