"""What a listening still needs before it can be opened. Pure rules over rows that were read."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from throughline.kit import clock
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Asked, Listening, Question


def asks_learners_in_words(listening: Listening, asked: Asked) -> bool:
    """Learners are asked in their own words only where somebody reads them every school day; others always."""
    return not BY_CODE[asked.group].children or listening.reader_id is not None


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
    if listening.closes_on is None:
        missing.append(_("Say until when it is open."))
    elif listening.closes_on < clock.today():
        missing.append(_("Its last day has passed."))
    return list(dict.fromkeys(missing))
