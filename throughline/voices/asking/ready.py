"""What a listening still needs before it can be opened. Pure rules over rows that were read."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.voices.asking.outlook import Outlook, outlooks
from throughline.voices.asking.promise import asks_learners_in_words
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Asked, Listening, Question


def what_is_missing(
    listening: Listening, groups: Sequence[Asked], questions: Sequence[Question]
) -> list[str]:
    """Sentence by sentence; nothing when it is ready."""
    missing = []
    if not groups:
        missing.append(_("Choose at least one group to ask."))
    for asked in groups:
        mine = [each for each in questions if each.asked_id == asked.pk]
        name = str(BY_CODE[asked.group].name)
        if not mine:
            missing.append(_("%(group)s have no question yet.") % {"group": name})
        if any(each.kind == Question.Kind.OPEN for each in mine) and asks_learners_in_words(listening, asked):
            without = [code for code in listening.languages if not listening.contact.get(code)]
            if without:
                missing.append(
                    _("Say whom to turn to, in each language: it stands beside every open question.")
                )
    for each in outlooks(listening, groups, questions).values():
        if each.visible is False:
            missing.append(_too_few(listening, each))
    if listening.closes_on is None:
        missing.append(_("Say until when it is open."))
    elif listening.closes_on < clock.today():
        missing.append(_("Its last day has passed."))
    return list(dict.fromkeys(missing))


def _too_few(listening: Listening, each: Outlook) -> str:
    told = {
        "group": str(each.asked.get_group_display()),
        "answers": each.answers or 0,
        "threshold": listening.threshold,
    }
    return (
        _(
            "%(group)s: about %(answers)d answers can be expected, and nothing is shown below %(threshold)d. "
            "What cannot be shown is not asked: count this group with another one, or hold a conversation with it instead."
        )
        % told
    )
