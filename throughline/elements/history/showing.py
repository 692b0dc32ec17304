"""A comparison as its page shows it: what changed with a paragraph on either side, and what stayed folded away.

A long text has hundreds of rows with dozens of pieces each, so they are put together here and not piece by piece in a template.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.elements.history.comparing import GONE, NEW, SAME, Comparison, Row

AROUND = 1  # paragraphs shown on either side of a change
WORTH = 3  # so many in a row are folded; fewer take no more room than the words that fold them

Words = Callable[[Iterable[tuple[str, str]]], SafeString]


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its words: of both texts in one, or of each for itself."""

    row: Row
    both: SafeString | str = ""
    old: SafeString | str = ""
    new: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows in a row that are shown, or the summary and the paragraphs of those that stayed and are folded."""

    rows: Sequence[Shown] = ()
    summary: str = ""
    folded: SafeString | str = ""


def stretches(found: Comparison, language: str, *, sides: bool) -> list[Stretch]:
    """The whole comparison in order. `language` is that of the text."""
    return [
        _folded(rows, language) if fold else Stretch([*_shown(rows, sides=sides)])
        for fold, rows in _cut(found.rows)
    ]


def _cut(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Pieces of the rows, and whether each is folded."""
    changed = [place for place, row in enumerate(rows) if row.number]
    near = {place + by for place in changed for by in range(-AROUND, AROUND + 1)}
    shown: list[Row] = []
    for is_near, numbered in groupby(enumerate(rows), key=lambda each: each[0] in near):
        piece = [row for _place, row in numbered]
        if is_near or len(piece) < WORTH:
            shown += piece
            continue
        if shown:
            yield False, shown
            shown = []
        yield True, piece
    if shown:
        yield False, shown


def _shown(rows: Iterable[Row], *, sides: bool) -> Iterator[Shown]:
    both, old, new = _writer(GONE, NEW), _writer(GONE), _writer(NEW)
    for row in rows:
        if sides:
            yield Shown(row, old=old(row.pieces), new=new(row.pieces))
        else:
            yield Shown(row, both=both(row.pieces))


def _folded(rows: Sequence[Row], language: str) -> Stretch:
    told = ngettext("%(count)s paragraph unchanged", "%(count)s paragraphs unchanged", len(rows))
    lines = ((language, _class(row), _lines(words)) for row in rows for _kind, words in row.pieces)
    return Stretch(
        summary=told % {"count": len(rows)},
        folded=format_html_join("", '<p dir="auto" lang="{}"{}>{}</p>', lines),
    )


def _class(row: Row) -> SafeString | str:
    return mark_safe(' class="heading"') if row.shown and row.shown.kind == "heading" else ""


def _writer(*kinds: str) -> Words:
    """What writes pieces as HTML: those that stayed and those of these kinds, marked for the eye and said for the ear."""
    around = '<{}><span class="visually-hidden">{} </span>', '<span class="visually-hidden"> {}</span></{}>'
    end = _("end]")
    marks = {
        GONE: (
            format_html(around[0], mark_safe('del class="removed"'), _("[removed:")),
            format_html(around[1], end, "del"),
        ),
        NEW: (
            format_html(around[0], mark_safe('ins class="added"'), _("[added:")),
            format_html(around[1], end, "ins"),
        ),
        SAME: ("", ""),
    }
    written = {SAME, *kinds}

    def write(pieces: Iterable[tuple[str, str]]) -> SafeString:
        parts = []
        for kind, words in pieces:
            if words and kind in written:
                before, after = marks[kind]
                parts.append(f"{before}{_lines(words)}{after}")
        return SafeString("".join(parts))

    return write


def _lines(words: str) -> SafeString:
    """The words with their line breaks."""
    return SafeString(escape(words).replace("\n", "<br>"))
