"""What stands on a paper form before its questions: the same as on the first page, and what is different on paper.

On paper somebody sees a whole sheet, and may know the hand. So the form says who does, and does not say *anonymous*.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.voices.answering.notices import Point, kept, own_words
from throughline.voices.answering.queries import Questionnaire


def points(whole: Questionnaire) -> list[Point]:
    """What is told, the most important first."""
    told = _simply(whole) if whole.asked.young else _plainly(whole)
    return [Point(title, text) for title, text in told if text]


def how(whole: Questionnaire) -> list[str]:
    """How to fill it in."""
    if whole.asked.young:
        return [
            _("Put a cross in one box for each question. Do not write your name."),
            _("Wrong box? Fill it in all black, and put a cross in another one."),
        ]
    return [
        _("Put a cross in one box for each question, with a dark pen. Please do not write your name."),
        _("A wrong box? Fill it in completely, and put a cross in another one."),
    ]


def minutes(whole: Questionnaire) -> str:
    """How long one sheet takes."""
    number = whole.minutes
    return ngettext("About %(n)d minute.", "About %(n)d minutes.", number) % {"n": number}


def _plainly(whole: Questionnaire) -> list[tuple[str, str]]:
    return [
        (_("How long it takes"), minutes(whole)),
        (
            _("You don’t have to"),
            _(
                "Taking part is up to you, and so is each question. Nothing follows for anyone who says nothing."
            ),
        ),
        (_("Who sees it"), _who_sees(whole)),
        (_("What you write yourself"), own_words(whole)),
        (
            _("How long it is kept"),
            " ".join((_("This sheet is destroyed when it has been entered."), kept(whole))),
        ),
        (
            _("If you change your mind"),
            _(
                "Until you hand in this sheet you can tear it up. Once it is entered nobody can find your answers among the "
                "others, so they can’t be changed or taken out any more."
            ),
        ),
    ]


def _who_sees(whole: Questionnaire) -> str:
    told = {"least": whole.listening.threshold}
    said = (
        _(
            "One person on the leadership team enters this sheet. They see it as a whole and might know your hand: print in "
            "capital letters if you like. They tell nobody. Entered answers are counted with those of others, and nothing is "
            "shown about fewer than %(least)d people."
        )
        % told
    )
    if whole.anonymous:
        return said
    few = _("Few people are asked here, so it is confidential, and we do not call it anonymous.")
    return f"{said} {few}"


def _simply(whole: Questionnaire) -> list[tuple[str, str]]:
    return [
        (_("How long?"), minutes(whole)),
        (
            _("Do I have to?"),
            _("No. You can leave out any question, and you can stop. Nobody will be cross with you."),
        ),
        (
            _("Who sees it?"),
            _(
                "One grown-up puts what you say here into a computer. They tell nobody. After that nobody can see which answers "
                "are yours."
            ),
        ),
        (_("What if I write something?"), own_words(whole)),
        (
            _("Can I take it back?"),
            _("Yes, until you hand in this sheet. After that nobody can find it again."),
        ),
        (_("What happens to it?"), " ".join((_("The sheet is torn up."), kept(whole)))),
    ]
