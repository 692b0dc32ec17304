"""The spread in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.frameworks.tree import StepLabel
from throughline.journeys.consensus import Agreement
from throughline.journeys.spread import Spread


def word_label(word: str) -> str:
    """The word for how far people agree, in the reader's language."""
    return {
        Agreement.AGREE: _("agree"),
        Agreement.LEAN: _("lean"),
        Agreement.SPLIT: _("split"),
    }.get(Agreement(word), _("nobody rated"))


def counts_sentence(spread: Spread, labels: tuple[StepLabel, ...]) -> str:
    """How many chose each step: what the picture shows, for those who do not see it."""
    if spread.counts is None:
        return ""
    parts = [
        _("%(label)s: %(count)s") % {"label": label.label, "count": count}
        for label, count in zip(labels, spread.counts, strict=True)
    ]
    return " · ".join(parts)


def meaning(spread: Spread) -> list[str]:
    """What the spread says, and why it may be worth talking about."""
    if spread.counts is None:
        return [_word_alone(spread.word)]
    said = []
    if spread.cannot_say:
        said.append(
            ngettext("One member cannot say.", "%(count)s members cannot say.", spread.cannot_say)
            % {"count": spread.cannot_say}
        )
    if spread.reading.far:
        said.append(
            ngettext(
                "One of us is two steps or more from the middle, so this is worth talking about.",
                "%(count)s of us are two steps or more from the middle, so this is worth talking about.",
                spread.reading.far,
            )
            % {"count": spread.reading.far}
        )
    return said


def _word_alone(word: Agreement) -> str:
    return {
        Agreement.AGREE: _("People see it much the same way."),
        Agreement.LEAN: _("People lean the same way, with voices away from the middle."),
        Agreement.SPLIT: _("People see it in different ways. Ask each for an example."),
        Agreement.NONE: _("Nobody has rated this."),
    }[word]


def heading(spread: Spread) -> str:
    """“How eight of us see it”: how many chose a step."""
    if spread.counts is None:
        return _("How we see it")
    count = spread.reading.n
    return ngettext("How one of us sees it", "How %(count)s of us see it", count) % {"count": count}
