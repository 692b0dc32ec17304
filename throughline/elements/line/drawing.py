"""The picture of the throughline: drawn on the server, every point a link, broken places marked by shape. Pure.

Nothing is told by color alone: a broken thread is a stub that ends in a ring, a criterion without described levels is a
hollow dot, a competency's standing is the mark that the credit profile uses. The table beside it says the same.
"""

from collections.abc import Mapping
from uuid import UUID

from throughline.elements.line.graph import Column, Line, broken
from throughline.elements.line.layout import HEAD, LEADING, PADDING, WIDTH, Box, laid_out, lefts
from throughline.records.drawing.paint import hue_index
from throughline.records.drawing.text import wrapped, xml_attribute, xml_text

STUB = 17.0
MANY_THREADS = 80  # above which each is drawn more faintly
DOTS = 6  # criteria that are drawn; more are counted in the table


def draw_line(
    line: Line,
    *,
    title: str,
    heads: Mapping[Column, str],
    labels: Mapping[UUID, str],
    hrefs: Mapping[UUID, str],
    chosen: UUID | None = None,
) -> str:
    """The whole picture as one SVG element. `labels` are what a screen reader hears of each point, `hrefs` where
    each leads."""
    layout = laid_out(line)
    height = layout.height
    parts = [
        f'<svg class="throughline" viewBox="-{STUB:g} 0 {WIDTH + 2 * STUB:g} {height:.0f}" role="group" '
        f'aria-label="{xml_attribute(title)}" focusable="false">'
    ]
    parts += [
        f'<text class="head" x="{left:g}" y="{HEAD - 24}">{xml_text(heads[column])}</text>'
        for column, left in lefts(line).items()
    ]
    parts.append(f'<g class="threads{" many" if len(line.threads) > MANY_THREADS else ""}">')
    parts += [_thread(layout.boxes[start], layout.boxes[end]) for start, end in line.threads]
    parts.append("</g>")
    parts += [
        f'<text class="group hue-{hue_index(each.hue)}" x="{each.x:g}" y="{each.y:.1f}">'
        f"{xml_text(wrapped(each.name, 17, 1)[0])}</text>"
        for each in layout.groups
    ]
    parts += [
        _point(
            layout.boxes[point.id], broken(line, point), labels[point.id], hrefs[point.id], point.id == chosen
        )
        for point in line.points
    ]
    return "".join(parts) + "</svg>"


def _thread(start: Box, end: Box) -> str:
    far = end.point.column - start.point.column > 1
    x1, x2 = start.x + start.width, end.x
    bend = (x2 - x1) / 2
    hue = hue_index(start.point.hue or end.point.hue)
    return (
        f'<path class="thread hue-{hue}{" far" if far else ""}" d="M{x1:g} {start.middle:.1f}'
        f'C{x1 + bend:g} {start.middle:.1f} {x2 - bend:g} {end.middle:.1f} {x2:g} {end.middle:.1f}"/>'
    )


def _point(box: Box, breaks: tuple[bool, bool], label: str, href: str, chosen: bool) -> str:
    point = box.point
    state = " chosen" if chosen else ""
    current = ' aria-current="true"' if chosen else ""
    state += " gap" if point.gaps or any(breaks) else ""
    parts = [
        f'<a href="{xml_attribute(href)}" class="point hue-{hue_index(point.hue)}{state}"'
        f"{current}>"
        f"<title>{xml_text(label)}</title>"
        f'<rect x="{box.x:g}" y="{box.y:.1f}" width="{box.width:g}" height="{box.height:g}" rx="5"/>'
    ]
    if breaks[0]:
        parts.append(_stub(box.x, box.middle, -1))
    if breaks[1]:
        parts.append(_stub(box.x + box.width, box.middle, 1))
    shift = 0.0
    if point.standing:
        parts.append(_standing(box.x + PADDING, box.middle - 6, point.standing))
        shift = 18.0
    first = box.middle - (len(box.lines) - 1) * LEADING / 2 + 4.5
    parts += [
        f'<text x="{box.x + PADDING + shift:g}" y="{first + at * LEADING:.1f}">{xml_text(words)}</text>'
        for at, words in enumerate(box.lines)
    ]
    for at, (_name, described) in enumerate(reversed(point.criteria[:DOTS])):
        x = box.x + box.width - PADDING - 3 - at * 9
        parts.append(
            f'<circle class="{"dot" if described else "dot hollow"}" cx="{x:g}" cy="{box.middle:.1f}" r="3"/>'
        )
    return "".join(parts) + "</a>"


def _stub(x: float, y: float, way: int) -> str:
    """A thread that ends in the open: a short dashed line and a ring."""
    end = x + way * (STUB - 6)
    return (
        f'<path class="stub" d="M{x:g} {y:.1f}H{end - way * 4:g}"/>'
        f'<circle class="stub" cx="{end:g}" cy="{y:.1f}" r="3.6"/>'
    )


def _standing(x: float, y: float, standing: str) -> str:
    parts = [f'<rect class="mark {standing}" x="{x:g}" y="{y:.1f}" width="12" height="12" rx="2.5"/>']
    if standing == "in-progress":
        parts.append(
            f'<path class="mark" d="M{x + 1:g} {y + 6:.1f}L{x + 6:g} {y + 1:.1f}M{x + 1.5:g} {y + 10.5:.1f}'
            f'L{x + 10.5:g} {y + 1.5:.1f}M{x + 6:g} {y + 11:.1f}L{x + 11:g} {y + 6:.1f}"/>'
        )
    return "".join(parts)
