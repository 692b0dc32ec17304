"""What somebody is told before they answer: what for, who sees it, how long it takes and is kept, that nobody has to.

In plain words for each group, and in simpler ones for learners under twelve. Sentences are whole, so that every language
can say them in its own order.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.ui.times import day_in_words
from throughline.voices.answering.queries import Questionnaire
from throughline.voices.groups import BY_CODE

# What for, group by group.
WHY: dict[str, str | Promise] = {
    "learner": gettext_lazy(
        "You know best what learning here is like. What you say helps decide what changes next."
    ),
    "family": gettext_lazy(
        "You see what school is like for your child. What you say helps decide what changes next."
    ),
    "educator": gettext_lazy(
        "You see every day what helps learners here and what stands in their way. What you say helps decide what changes next."
    ),
    "leader": gettext_lazy(
        "You see what the school intends and what becomes of it. What you say stands beside what everybody else says."
    ),
    "community": gettext_lazy(
        "You see the school from outside and meet its learners. What you say helps decide what changes next."
    ),
    "board": gettext_lazy(
        "You answer for the school as a whole. What you say stands beside what everybody else says."
    ),
    "alumni": gettext_lazy(
        "You know what your time here was worth afterwards. What you say helps those who learn here now."
    ),
    "partner": gettext_lazy(
        "You meet learners at work and see what they bring along. What you say helps decide what changes next."
    ),
}
WHY_SIMPLE = gettext_lazy("You know what it is like to learn here. Tell us, so that we can make it better.")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that somebody is told."""

    title: str
    text: str


def why(whole: Questionnaire) -> str:
    """What it is for, in one or two sentences."""
    return str(WHY_SIMPLE if whole.asked.young else WHY[whole.asked.group])


def points(whole: Questionnaire, *, in_a_letter: bool = False) -> list[Point]:
    """What is told below it, the most important first; a letter says nothing of the device, which nobody holds yet."""
    told = _simply(whole) if whole.asked.young else _plainly(whole) + ([] if in_a_letter else _here())
    return [Point(title, text) for title, text in told if text]


def _plainly(whole: Questionnaire) -> list[tuple[str, str]]:
    return [
        (_("How long it takes"), _long(whole)),
        (
            _("You don’t have to"),
            _(
                "Taking part is up to you, and so is each question. Nothing follows for anyone who says nothing."
            ),
        ),
        (_("Who sees it"), f"{_who_sees(whole)} {_codes(whole)}".strip()),
        (_("What you write yourself"), own_words(whole)),
        (_("How long it is kept"), kept(whole)),
        (
            _("If you change your mind"),
            _(
                "Until you hand in you can delete everything. Afterwards nobody can find your answers among the others, "
                "so they can’t be changed or taken out any more."
            ),
        ),
    ]


def _here() -> list[tuple[str, str]]:
    return [
        (
            _("On this device"),
            _(
                "So that you can stop and go on until tomorrow, this browser keeps a random number. What you answer is not "
                "kept on the device, and we write down neither where you are nor which device you use."
            ),
        ),
    ]


def _simply(whole: Questionnaire) -> list[tuple[str, str]]:
    told = {"least": whole.listening.threshold}
    safe = (
        _("Nobody can see which answers are yours. We only count how many children gave an answer.")
        if whole.anonymous
        else _(
            "We tell nobody what you said. But only a few children are asked, so somebody could guess. We never show "
            "the answers of fewer than %(least)d people."
        )
        % told
    )
    return [
        (_("How long?"), _long(whole)),
        (
            _("Do I have to?"),
            _("No. You can leave out any question, and you can stop. Nobody will be cross with you."),
        ),
        (_("Who sees it?"), safe),
        (_("What if I write something?"), own_words(whole)),
        (
            _("Can I take it back?"),
            _("Yes, until you press the last button. After that nobody can find it again."),
        ),
        (_("What happens to it?"), kept(whole)),
    ]


def _long(whole: Questionnaire) -> str:
    minutes = whole.minutes
    most = max((part_count(whole, block) for block in range(1, whole.asked.blocks + 1)), default=1)
    first = ngettext("About %(n)d minute.", "About %(n)d minutes.", minutes) % {"n": minutes}
    pages = ngettext("It has %(n)d page.", "It has %(n)d pages.", most) % {"n": most}
    return f"{first} {pages}"


def part_count(whole: Questionnaire, block: int) -> int:
    """How many pages somebody in this block sees."""
    return len(whole.parts(block))


def _who_sees(whole: Questionnaire) -> str:
    told: dict[str, Any] = {"least": whole.listening.threshold}
    if whole.anonymous:
        return (
            _(
                "Your answers are anonymous. They are counted together with those of others: nobody sees what one person "
                "answered, and nothing is shown about fewer than %(least)d people."
            )
            % told
        )
    return (
        _(
            "Your answers are confidential. Nobody is told who said what, and nothing is shown about fewer than %(least)d "
            "people. But few people are asked here, so we do not call it anonymous."
        )
        % told
    )


def _codes(whole: Questionnaire) -> str:
    if not whole.asked.by_code:
        return ""
    return _("A code lets each person answer once. It is not kept with the answers.")


def own_words(whole: Questionnaire) -> str:
    """Whoever reads what children write is named; others are told that it is read by somebody first."""
    if not whole.asks_in_words:
        return ""
    reader = whole.listening.reader
    if BY_CODE[whole.asked.group].children and reader is not None:
        told = {"name": f"\u2068{reader.name}\u2069"}
        if whole.asked.young:
            return _("%(name)s reads it, to be able to help. It does not say that it was you.") % told
        return (
            _(
                "%(name)s reads what learners write, every school day, to be able to help. It does not say who wrote it, and "
                "names are taken out before the team sees it."
            )
            % told
        )
    return _(
        "It is parted from your other answers. Somebody takes out names before the team reads it, after all is closed."
    )


def kept(whole: Questionnaire) -> str:
    """How long single answers are kept."""
    days = whole.listening.days_kept
    if whole.asked.young:
        return ngettext(
            "At most %(n)d day after the end we throw the answers away and keep only the numbers.",
            "At most %(n)d days after the end we throw the answers away and keep only the numbers.",
            days,
        ) % {"n": days}
    return ngettext(
        "Single answers are deleted at the latest %(n)d day after this closes. Only what they add up to stays.",
        "Single answers are deleted at the latest %(n)d days after this closes. Only what they add up to stays.",
        days,
    ) % {"n": days}


def until(whole: Questionnaire) -> str:
    """The last day, as a sentence; nothing where there is none."""
    day = whole.listening.closes_on
    return _("You can answer until %(day)s.") % {"day": day_in_words(day)} if day else ""
