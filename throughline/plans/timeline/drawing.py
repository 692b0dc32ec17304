"""The picture of the timeline: drawn on the server, every bar a link, states told by shape as well as by color. Pure.

Planned is an outline, under way is hatched, done is solid, given up is dotted; what is late carries a flag. The list by
month beside it says the same.
"""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from throughline.plans.timeline.layout import HEAD, NAMES, ROW, WIDTH, Layout, Placed
from throughline.records.drawing.text import wrapped, xml_attribute, xml_text

NAME_EMS, LANE_EMS = 19.5, 60.0  # what fits before a bar, and across the picture
PITCH = 5


def draw_timeline(
    layout: Layout,
    *,
    title: str,
    today: date,
    today_label: str,
    month_name: Callable[[date], str],
    labels: Mapping[UUID, str],
    href: Callable[[UUID], str],
    lane_href: Callable[[str], str],
) -> str:
    """The whole picture as one SVG element. `labels` are what a screen reader hears of each bar."""
    window, height = layout.window, layout.height
    parts = [
        f'<svg class="timeline" viewBox="0 0 {WIDTH:g} {height:.0f}" role="group" '
        f'aria-label="{xml_attribute(title)}" focusable="false">'
        f'<defs><pattern id="under-way" width="{PITCH}" height="{PITCH}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path class="hatch" d="M0 0h2v{PITCH}h-2z"/></pattern></defs>'
    ]
    parts += _months(layout, month_name)
    if window.first <= today <= window.last:
        x = window.x(today)
        parts.append(
            f'<path class="today" d="M{x:.1f} {HEAD - 6:g}V{height:.0f}"/>'
            f'<text class="today" x="{x:.1f}" y="10" text-anchor="middle">{xml_text(today_label)}</text>'
        )
    for row in layout.heads:
        name = _cut(row.lane.name, LANE_EMS)
        link = lane_href(row.lane.key)
        words = f'<text class="lane" x="0" y="{row.y + 17:.1f}">{name}</text>'
        parts.append(f'<path class="lane" d="M0 {row.y:.1f}H{WIDTH:g}"/>')
        parts.append(f'<a href="{xml_attribute(link)}">{words}</a>' if link else words)
    parts += [_bar(each, labels[each.bar.id], href(each.bar.id)) for each in layout.bars]
    return "".join(parts) + "</svg>"


def _months(layout: Layout, month_name: Callable[[date], str]) -> list[str]:
    months = layout.window.months()
    every = max(1, -(-len(months) // 12))
    parts = []
    for at, month in enumerate(months):
        x = layout.window.x(month)
        named = at % every == 0
        parts.append(f'<path class="month" d="M{x:.1f} {HEAD - (8 if named else 2):g}V{layout.height:.0f}"/>')
        if named:
            parts.append(
                f'<text class="month" x="{x + 4:.1f}" y="{HEAD - 6:g}">{xml_text(month_name(month))}</text>'
            )
    return parts


def _bar(placed: Placed, label: str, href: str) -> str:
    bar, x, y = placed.bar, placed.x, placed.y
    late = " late" if bar.is_late else ""
    parts = [
        f'<a href="{xml_attribute(href)}" class="bar {bar.state}{late}"><title>{xml_text(label)}</title>'
    ]
    if placed.named:
        middle = y + placed.height / 2
        parts.append(
            f'<rect class="touch" x="0" y="{middle - ROW / 2:.1f}" width="{WIDTH:g}" height="{ROW:g}"/>'
            f'<text x="12" y="{middle + 4.5:.1f}">{_cut(bar.title, NAME_EMS)}</text>'
        )
    if bar.starts_on is None or bar.due_on is None:
        parts.append(_mark(placed))
    else:
        shape = f'x="{x:.1f}" y="{y:.1f}" width="{placed.width:.1f}" height="{placed.height:g}" rx="3"'
        parts.append(f'<rect class="shape" {shape}/>')
        if bar.state == "under-way":
            parts.append(f'<rect class="hatched" {shape} fill="url(#under-way)"/>')
    if bar.is_late:
        end = max(NAMES, x + placed.width)
        parts.append(
            f'<path class="flag" d="M{end:.1f} {y - 2:.1f}v{placed.height + 2:g}M{end:.1f} {y - 2:.1f}l7 3l-7 3z"/>'
        )
    return "".join(parts) + "</a>"


def _mark(placed: Placed) -> str:
    """A day alone: a diamond on the day it is due, a triangle on the day it starts."""
    half = placed.height / 2
    x, y = placed.x + placed.width / 2, placed.y + half
    if placed.bar.due_on is None:
        return f'<path class="shape" d="M{x - half:.1f} {y - half:.1f}l{2 * half:g} {half:g}l-{2 * half:g} {half:g}z"/>'
    return f'<path class="shape" d="M{x:.1f} {y - half:.1f}l{half:g} {half:g}l-{half:g} {half:g}l-{half:g} -{half:g}z"/>'


def _cut(words: str, ems: float) -> str:
    return xml_text(next(iter(wrapped(words, ems, 1)), ""))
