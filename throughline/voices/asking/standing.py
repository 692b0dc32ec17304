"""How a listening stands, in words: what comes next, what each group can expect, how many have answered and never who."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.kit import clock
from throughline.ui.checklist import Task, in_turn
from throughline.ui.times import day_in_words
from throughline.voices.asking.outlook import Outlook
from throughline.voices.models import Asked, Listening


class GroupLine(NamedTuple):
    """A group on the first page. `share`: how many of a hundred invited have answered, None where that is not shown."""

    asked: Asked
    expected: Outlook
    minutes: str
    visible: str
    tone: str
    promise: str
    answered: str
    share: int | None


def coming(listening: Listening) -> str:
    """What comes next, in a sentence."""
    if listening.archived_at:
        return _("It is put away.")
    if listening.state == Listening.State.DRAFT:
        return _("Nobody is asked yet. It can be opened once its questions and groups are chosen.")
    if listening.state == Listening.State.CLOSED:
        if listening.keep_until is None:
            return _("Whoever has begun may finish for some minutes. Then everything is counted.")
        if listening.round is not None and listening.round.spread_opened_at is None:
            return _("Results open together with the team’s own spread.")
        return _(
            "Read the results with those who were asked, and tell everyone what was heard and what will be done."
        )
    if listening.state == Listening.State.PAUSED:
        return _("No answers are taken until it goes on. What somebody has begun is kept.")
    return _days_left(listening)


def _days_left(listening: Listening) -> str:
    today, starts, ends = clock.today(), listening.opens_on, listening.closes_on
    if starts and starts > today:
        return _("Answers are taken from %(day)s.") % {"day": day_in_words(starts)}
    if ends is None or ends < today:
        return _("Its last day has passed. It closes by itself.")
    days = (ends - today).days
    if days == 0:
        return _("Today is the last day.")
    said = ngettext(
        "Answers are taken for %(n)d more day, until %(day)s.",
        "Answers are taken for %(n)d more days, until %(day)s.",
        days,
    )
    return said % {"n": days, "day": day_in_words(ends)}


def minutes_in_words(expected: Outlook) -> str:
    """How many questions one person sees, and how long that takes."""
    seen = expected.load.steps + expected.load.open
    said = ngettext("%(n)d question", "%(n)d questions", seen) % {"n": seen}
    long = ngettext("about %(n)d minute", "about %(n)d minutes", expected.load.minutes)
    found = f"{said}, {long % {'n': expected.load.minutes}}"
    if expected.blocks > 1:
        found += " · " + _("each person sees one of %(blocks)d parts of %(all)d questions") % {
            "blocks": expected.blocks,
            "all": expected.steps,
        }
    return found


def visible_in_words(listening: Listening, expected: Outlook) -> tuple[str, str]:
    """Whether results of the group will be visible, and the tone in which that is said."""
    if expected.visible is None:
        return _("Say how many are invited, to see whether anything can be shown."), "warn"
    told = {"answers": expected.each_question, "threshold": listening.threshold}
    together = ", ".join(expected.together)
    if expected.visible and together:
        return _("Shown together with: %(groups)s.") % {"groups": together}, "success"
    if expected.visible:
        return _("About %(answers)d answers to each question: results will be visible.") % told, "success"
    return (
        _("About %(answers)d answers to each question, and nothing is shown below %(threshold)d.") % told,
        "error",
    )


def promise_in_words(expected: Outlook) -> tuple[str, str]:
    """The word that this group is given, and the reason."""
    if expected.anonymous:
        return _("anonymous"), _("Enough answers are expected that nobody can be told from them.")
    return _("confidential"), _("Too few answers are expected, or nobody knows how many, to promise more.")


def answered_in_words(answered: int, invited: int | None, threshold: int) -> str:
    """How many have answered; below the threshold only that they are few."""
    if answered == 0:
        return _("Nobody has answered yet.")
    if answered < threshold:
        return _("Fewer than %(threshold)d have answered.") % {"threshold": threshold}
    if invited is None:
        return ngettext("%(n)d has answered.", "%(n)d have answered.", answered) % {"n": answered}
    return _("%(answered)d of %(invited)d invited have answered.") % {
        "answered": answered,
        "invited": invited,
    }


def group_lines(
    listening: Listening, expected: Mapping[str, Outlook], answers: Mapping[UUID, int]
) -> list[GroupLine]:
    """Group by group."""
    lines = []
    for each in expected.values():
        answered, invited = answers.get(each.asked.pk, 0), each.asked.invited
        shown = answered >= listening.threshold and bool(invited)
        sentence, tone = visible_in_words(listening, each)
        lines.append(
            GroupLine(
                asked=each.asked,
                expected=each,
                minutes=minutes_in_words(each),
                visible=sentence,
                tone=tone,
                promise=promise_in_words(each)[0],
                answered=answered_in_words(answered, invited, listening.threshold),
                share=min(100, answered * 100 // invited) if shown and invited else None,
            )
        )
    return lines


def steps_to_open(listening: Listening, expected: Mapping[str, Outlook], school: str) -> list[Task]:
    """What is done, one after the other, before it can be opened."""

    def to(name: str) -> str:
        return reverse(f"voices:{name}", kwargs={"school": school, "listening_id": listening.pk})

    chosen, groups, again = len(listening.competencies), len(expected), _("Change")
    enough = all(each.visible is not False for each in expected.values())
    about = ngettext("%(n)d competency is chosen.", "%(n)d competencies are chosen.", chosen) % {"n": chosen}
    who = ngettext("%(n)d group is asked.", "%(n)d groups are asked.", groups) % {"n": groups}
    if not enough:
        who += " " + _("One of them is too small for anything to be shown of it.")
    ends = listening.closes_on
    return in_turn(
        [
            Task(
                bool(chosen),
                _("Choose what it is about"),
                about if chosen else _("The questions come along with it, for each group its own."),
                to("about"),
                _("Choose"),
                again,
            ),
            Task(
                bool(groups) and enough,
                _("Choose who is asked"),
                who if groups else _("Learners first. You see at once what will be visible."),
                to("groups"),
                _("Choose"),
                again,
            ),
            Task(
                ends is not None,
                _("Say until when, and whom to turn to"),
                _("Until %(day)s.") % {"day": day_in_words(ends)}
                if ends
                else _("And how long answers are kept."),
                to("held"),
                _("Say it"),
                again,
            ),
        ]
    )
