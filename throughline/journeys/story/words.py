"""What a decision did, as a sentence of the story: to stand before the reason in the words of those who decided."""

from django.utils.translation import gettext_lazy as _

from throughline.records.models import Decision, StandingValue

_NOT = StandingValue.NOT_STARTED.value
_BEGUN = StandingValue.IN_PROGRESS.value
_EARNED = StandingValue.EARNED.value

IN_ROUND = {
    (_NOT, _BEGUN): _("%(name)s is in progress:"),
    (_NOT, _EARNED): _("%(name)s is earned:"),
    (_BEGUN, _EARNED): _("%(name)s went from in progress to earned:"),
    (_BEGUN, _NOT): _("%(name)s went from in progress to not started:"),
    (_EARNED, _BEGUN): _("%(name)s went from earned back to in progress:"),
    (_EARNED, _NOT): _("%(name)s went from earned to not started:"),
}
DATED = {
    (_NOT, _BEGUN): _("Since %(date)s, %(name)s has been in progress:"),
    (_NOT, _EARNED): _("Since %(date)s, %(name)s has been earned:"),
    (_BEGUN, _EARNED): _("On %(date)s, %(name)s went from in progress to earned:"),
    (_BEGUN, _NOT): _("On %(date)s, %(name)s went from in progress to not started:"),
    (_EARNED, _BEGUN): _("On %(date)s, %(name)s went from earned back to in progress:"),
    (_EARNED, _NOT): _("On %(date)s, %(name)s went from earned to not started:"),
}


def decided_in_words(decision: Decision, name: str, date: str) -> str:
    """A whole sentence for every step from one standing to another; without a date it stands in its round."""
    told = {"name": name, "date": date}
    step = (decision.before, decision.after)
    return str(DATED[step] if date else IN_ROUND[step]) % told
