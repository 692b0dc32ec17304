"""The spread in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.frameworks.tree import StepLabel
from throughline.journeys.spread.consensus import Agreement
from throughline.journeys.spread.queries import Spread

_WORDS = {
    Agreement.AGREE: gettext_lazy("agree"),
    Agreement.LEAN: gettext_lazy("mixed"),
    Agreement.SPLIT: gettext_lazy("split"),
    Agreement.NONE: gettext_lazy("no ratings"),
}
_WORD_ALONE = {
    Agreement.AGREE: gettext_lazy("You see it much the same way."),
    Agreement.LEAN: gettext_lazy("Your views differ somewhat."),
    Agreement.SPLIT: gettext_lazy("You see it in different ways. Ask each other for an example."),
    Agreement.NONE: gettext_lazy("No one has rated this."),
}


def word_label(word: str) -> str:
    """The word for how far people agree, in the reader's language."""
    return str(_WORDS[Agreement(word)])


def counts_sentence(spread: Spread, labels: tuple[StepLabel, ...]) -> str:
    """How many chose each step: what the picture shows, for those who do not see it."""
    if spread.counts is None:
        return ""
    said = _("%(label)s: %(count)s")
    return " · ".join(
        said % {"label": label.label, "count": count}
        for label, count in zip(labels, spread.counts, strict=True)
    )


def meaning(spread: Spread) -> list[str]:
    """What the spread says, and why it may be worth talking about."""
    if spread.counts is None:
        return [str(_WORD_ALONE[spread.word])]
    said = []
    if spread.cannot_say:
        said.append(
            ngettext("One person can’t say.", "%(count)s people can’t say.", spread.cannot_say)
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


def heading(spread: Spread) -> str:
    """“How eight of us see it”: how many chose a step."""
    if spread.counts is None:
        return _("How we see it")
    count = spread.reading.n
    return ngettext("How one of us sees it", "How %(count)s of us see it", count) % {"count": count}


def remarks_heading(spread: Spread) -> str:
    """How many comments there are; empty where there is none."""
    count = len(spread.remarks)
    return ngettext("%(count)s comment", "%(count)s comments", count) % {"count": count} if count else ""
