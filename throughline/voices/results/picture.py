"""How one unit answered one question, as a bar of its steps: a pure function from counts to SVG.

Each part of the bar has a pattern of its own, so that it is read in gray and on paper; the colors are those of the page
(`voices/results.css`). The counts stand beside it in a table, and as words for those who do not see it.
"""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from throughline.voices.figures.suppression import Part

WIDTH, HEIGHT, GAP = 320.0, 20.0, 2.0
LEAST_FOR_COUNT = 22.0  # narrower parts have their count in the table only


def bar(parts: Sequence[Part], about: str) -> SafeString:
    """The bar, from least to most favorable; nothing where no distribution is shown. `about` is read aloud."""
    shown = tuple((part.steps, part.count) for part in parts if part.count)
    return mark_safe(_drawn(shown, about)) if shown else mark_safe("")  # noqa: S308  (every word is escaped)


@lru_cache(maxsize=512)
def _drawn(parts: tuple[tuple[tuple[int, ...], int], ...], about: str) -> str:
    total, x, drawn = sum(count for _steps, count in parts), 0.0, []
    for steps, count in parts:
        width = WIDTH * count / total
        inner = max(1.0, width - GAP)
        drawn.append(
            f'<rect class="step-{steps[-1]}" x="{x:.1f}" width="{inner:.1f}" height="{HEIGHT:.0f}" rx="2"/>'
        )
        if width >= LEAST_FOR_COUNT:
            drawn.append(
                f'<text class="on-{steps[-1]}" x="{x + inner / 2:.1f}" y="{HEIGHT - 5.5:.1f}">{count}</text>'
            )
        x += width
    return (
        f'<svg class="answers-bar" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-label="{escape(about)}">'
        f"{''.join(drawn)}</svg>"
    )
