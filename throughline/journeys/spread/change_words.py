"""What moved after talking, and how an earlier moment looks from today, in sentences without numbers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.frameworks.tree import StepLabel
from throughline.journeys.spread.consensus import dispute_key
from throughline.journeys.spread.looking_back import Look, View
from throughline.journeys.spread.queries import Shown, Spread
from throughline.journeys.spread.second_ratings import Second
from throughline.journeys.spread.words import word_label
from throughline.journeys.words import round_title

Labels = tuple[StepLabel, ...]


def moved_in_words(alone: Spread, after: Spread, labels: Labels) -> list[str]:
    """What the talk did to the picture: how far people agree, where the middle lies, who stands far from it (how many)."""
    words = {"before": word_label(alone.word), "now": word_label(after.word)}
    if Shown.WORD in (alone.shown, after.shown):
        if alone.word == after.word:
            return [_("After talking, the picture is the same: %(now)s.") % words]
        return [_("On your own: %(before)s. After talking: %(now)s.") % words]
    if (alone.counts, alone.cannot_say) == (after.counts, after.cannot_say):
        return [_("The picture is the same as before talking.")]
    said = [_nearer(alone, after, words)]
    before, now = middle_label(_middle(alone), labels), middle_label(_middle(after), labels)
    if before and now and before != now:
        said.append(_("The middle moved from %(before)s to %(now)s.") % {"before": before, "now": now})
    elif now:
        said.append(_("The middle stays at %(now)s.") % {"now": now})
    if after.reading.far < alone.reading.far:
        said.append(_("Fewer of us are far from the middle than before."))
    elif after.reading.far > alone.reading.far:
        said.append(_("More of us are far from the middle than before."))
    return said


def _nearer(alone: Spread, after: Spread, words: dict[str, str]) -> str:
    if alone.word != after.word:
        return _("On your own: %(before)s. After talking: %(now)s.") % words
    width, before = dispute_key(after.reading)[1], dispute_key(alone.reading)[1]
    if width == before:
        return _("We agree as closely as before: %(now)s.") % words
    if width > before:  # the key is the width with its sign turned
        return _("We’re closer together than before, though still: %(now)s.") % words
    return _("We’re further apart than before, though still: %(now)s.") % words


def _middle(spread: Spread) -> tuple[int, ...]:
    median = spread.reading.median
    if median is None:
        return ()
    low = int(median)
    return (low,) if median == low else (low, low + 1)


def middle_label(steps: tuple[int, ...], labels: Labels) -> str:
    """The step in the middle by its name, or the two between which the middle lies."""
    if not steps:
        return ""
    names = [labels[step - 1].label for step in steps]
    if len(names) == 1:
        return _("“%(step)s”") % {"step": names[0]}
    return _("between “%(low)s” and “%(high)s”") % {"low": names[0], "high": names[1]}


def again_in_words(second: Second) -> str:
    """How many have rated again, and why nothing shows where nothing does."""
    numbers = {"answered": second.answered, "asked": second.asked}
    if second.open:
        return _("%(answered)s of %(asked)s have rated again. Nobody can see who.") % numbers
    if second.spread is None:
        return _(
            "Too few people rated again to show the result without giving anyone away. The first ratings stay as they are."
        )
    if second.answered < second.asked:
        return _("If someone didn’t rate again, their first rating still counts.")
    return ""


@dataclass(frozen=True, slots=True)
class ToldView:
    """One of three views side by side: when, the word, the middle."""

    when: str
    word: str
    middle: str


@dataclass(frozen=True, slots=True)
class ToldLook:
    """Then as rated then, then as seen today, now; and what that says."""

    views: tuple[ToldView, ...]
    shift: str


def look_in_words(look: Look, labels: Labels) -> ToldLook | None:
    """The three views beside each other; None where too few looked back."""
    if look.today is None:
        return None
    earlier = round_title(look.earlier)
    views = (
        _told(_("%(round)s, as rated then") % {"round": earlier}, look.then, labels),
        _told(_("%(round)s, as we see it today") % {"round": earlier}, look.today, labels),
        _told(_("Now"), look.now, labels),
    )
    return ToldLook(views, shift_in_words(look.then.middle, look.today.middle))


def _told(when: str, view: View, labels: Labels) -> ToldView:
    return ToldView(when, word_label(view.word), middle_label(view.middle, labels))


def shift_in_words(then: tuple[int, ...], today: tuple[int, ...]) -> str:
    """Whether the yardstick moved, as far as it can be told."""
    if not then or not today:
        return ""
    if sum(today) * len(then) == sum(then) * len(today):
        return _("Looking back, we see that time the same way we did then.")
    if sum(today) * len(then) < sum(then) * len(today):
        return _("Looking back, we’d put that time lower than we did then: we expect more of ourselves now.")
    return _("Looking back, we’d put that time higher than we did then: we now see what was already there.")


def look_in_a_sentence(look: Look, labels: Labels) -> str:
    """The three views in one sentence for a report; empty where too few looked back."""
    told = look_in_words(look, labels)
    if told is None:
        return ""
    said = [
        (_("%(when)s: %(word)s, the middle %(middle)s") if view.middle else _("%(when)s: %(word)s"))
        % {"when": view.when, "word": view.word, "middle": view.middle}
        for view in told.views
    ]
    return _("%(views)s.") % {"views": " · ".join(said)}
