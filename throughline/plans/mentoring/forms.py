"""Forms of mentoring: bring two together, propose oneself, write down a meeting."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.kit import clock
from throughline.plans.choosing import ColleagueField, who
from throughline.plans.mentoring.actions import WORDS_LIMIT
from throughline.plans.mentoring.rhythm import MOST_WEEKS
from throughline.schools.models import Membership
from throughline.ui.forms import ChoicePills, date_input

MENTOR, MENTEE = "mentor", "mentee"


def _weeks() -> forms.IntegerField:
    return forms.IntegerField(label=_("Meet every … weeks"), min_value=1, max_value=MOST_WEEKS, initial=2)


class ArrangeForm(forms.Form):
    """Two colleagues and their rhythm."""

    mentor = ColleagueField(label=_("Mentor"))
    mentee = ColleagueField(label=_("Mentee"))
    every_weeks = _weeks()

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(people)
        for name in ("mentor", "mentee"):
            self.fields[name].offer(offered)  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What the verb `arrange_pair` wants to know."""
        two = {name: who(self, name) for name in ("mentor", "mentee")}
        return {**two, "every_weeks": self.cleaned_data["every_weeks"]}


class ProposeForm(forms.Form):
    """A colleague, which of the two one is, and the rhythm."""

    other = ColleagueField(label=_("Whom would you like to meet with?"))
    me = forms.ChoiceField(
        label=_("You are the"),
        choices=[(MENTEE, _("mentee")), (MENTOR, _("mentor"))],
        initial=MENTEE,
        widget=ChoicePills(),
    )
    every_weeks = _weeks()

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].offer(people)  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What the verb `propose_pair` wants to know."""
        said = self.cleaned_data
        as_mentor = said["me"] == MENTOR
        return {"other": who(self, "other"), "as_mentor": as_mentor, "every_weeks": said["every_weeks"]}


class MeetingForm(forms.Form):
    """That the two met, what is worth remembering, and when they meet next."""

    on = forms.DateField(label=_("We met on"), widget=date_input(), initial=clock.today)
    text = forms.CharField(
        label=_("A note for the two of you"),
        help_text=_("Sealed. The other one reads it too, and nobody else."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=WORDS_LIMIT,
        required=False,
    )
    next_on = forms.DateField(
        label=_("We meet next on"),
        help_text=_("Leave it empty to follow your rhythm."),
        widget=date_input(),
        required=False,
    )


class RhythmForm(forms.Form):
    """Every how many weeks."""

    every_weeks = _weeks()
