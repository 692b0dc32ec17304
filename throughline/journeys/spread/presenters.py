"""Spreads and evidence, made ready for templates."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.tree import StepLabel, Tree
from throughline.journeys.models import RoundItem
from throughline.journeys.spread.change_words import again_in_words, moved_in_words
from throughline.journeys.spread.drawing import draw_spread
from throughline.journeys.spread.queries import Remark, Spread
from throughline.journeys.spread.second_ratings import Second
from throughline.journeys.spread.words import counts_sentence, heading, meaning, remarks_heading, word_label
from throughline.journeys.words import outcome_in_words, step_words
from throughline.ui.pieces import pill


@dataclass(frozen=True, slots=True)
class ShownSpread:
    """A spread as a page shows it. `picture` is empty where only the word may appear."""

    spread: Spread
    heading: str
    pill: SafeString
    picture: SafeString
    counts: str
    meaning: list[str]
    remarks: SafeString
    remarks_heading: str
    names: list[tuple[str, tuple[str, ...]]]
    mine: str
    rare: bool
    settled: str


@dataclass(frozen=True, slots=True)
class Step:
    """A described step, and who or how many chose it as far as that may be said."""

    number: int
    label: str
    text: str
    chosen: str


def described_steps(spread: Spread, framework: Tree) -> list[Step]:
    """The steps of a competency in words. Where only the word may appear, nothing says who chose which."""
    return [
        Step(number, each.label, step_words(spread.competency, framework, number), _chosen(spread, number))
        for number, each in enumerate(framework.step_labels, start=1)
    ]


def _chosen(spread: Spread, step: int) -> str:
    if spread.counts is None:
        return ""
    if spread.names:
        return ", ".join(f"\u2068{name}\u2069" for name in spread.names[step - 1])
    count = spread.counts[step - 1]
    return ngettext("%(count)s of us", "%(count)s of us", count) % {"count": count} if count else ""


@dataclass(frozen=True, slots=True)
class ShownSecond:
    """Rating again as a page shows it: how it stands in words, and the second picture once it may show."""

    open: bool
    words: str
    picture: ShownSpread | None
    moved: list[str]


def shown_second(
    first: Spread, second: Second | None, labels: tuple[StepLabel, ...], *, agreed: int | None = None
) -> ShownSecond | None:
    """The second picture of a competency beside its first; None where nobody asked for one."""
    if second is None:
        return None
    words = again_in_words(second)
    if second.spread is None:
        return ShownSecond(second.open, words, None, [])
    return ShownSecond(
        second.open,
        words,
        shown(second.spread, labels, agreed=agreed, after=True),
        moved_in_words(first, second.spread, labels),
    )


_NOTHING = mark_safe("")
_AUTHOR = ' <span class="quiet small">— <bdi>{}</bdi></span>'
_pill = lru_cache(maxsize=64)(pill)  # four words in every language
TONES = {"agree": "good", "lean": "", "split": "warn", "none": ""}


def shown(
    spread: Spread, labels: tuple[StepLabel, ...], *, agreed: int | None = None, after: bool = False
) -> ShownSpread:
    """A spread in words and as a picture, as much of it as may be shown. `after`: as it stands after talking.

    The picture marks nobody's own dot: any page of a meeting may stand on a wall.
    """
    counts, state = counts_sentence(spread, labels), RoundItem.State(spread.item.state)
    picture, title = "", _("After talking") if after else heading(spread)
    if spread.counts is not None:
        picture = draw_spread(
            spread.counts,
            [label.label for label in labels],
            title=f"{spread.competency.name}: {title}",
            description=counts,
            agreed=agreed,
        )
    return ShownSpread(
        spread=spread,
        heading=title,
        pill=_pill(word_label(spread.word), TONES[spread.word]),
        picture=mark_safe(picture),  # noqa: S308  (the drawing escapes every word it is given)
        counts=counts,
        meaning=meaning(spread),
        remarks=_listed(spread.remarks),
        remarks_heading=remarks_heading(spread),
        names=[(label.label, people) for label, people in zip(labels, spread.names, strict=False) if people],
        mine=_mine(spread, labels),
        rare=spread.rare,
        settled="" if state is RoundItem.State.OPEN else outcome_in_words(state),
    )


def _listed(remarks: tuple[Remark, ...]) -> SafeString:
    """Comments as a list; nothing where there is none."""
    if not remarks:
        return _NOTHING
    rows = format_html_join(
        "",
        '<li><q dir="auto">{}</q>{}</li>',
        ((each.text, format_html(_AUTHOR, each.name) if each.name else _NOTHING) for each in remarks),
    )
    return format_html('<ul class="remarks">{}</ul>', rows)


def _mine(spread: Spread, labels: tuple[StepLabel, ...]) -> str:
    if spread.mine is None:
        return ""
    if spread.mine.step is None:
        return _("You said you can’t say.")
    return _("You chose “%(label)s”.") % {"label": labels[spread.mine.step - 1].label}
