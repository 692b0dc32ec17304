"""How somebody wants to hear of what they have taken on."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.plans.models import Reminder
from throughline.ui.forms import ChoicePills

_A_MONDAY = date(2026, 3, 2)


def _hours() -> Iterator[tuple[int, str]]:
    for hour in range(24):
        yield hour, date_format(datetime.combine(_A_MONDAY, time(hour)), "TIME_FORMAT")


def _hours_or_none() -> list[tuple[int | str, str]]:
    return [("", _("none")), *_hours()]


def _weekdays() -> list[tuple[int, str]]:
    return [(day, date_format(_A_MONDAY + timedelta(days=day), "l")) for day in range(7)]


class ReminderForm(forms.Form):
    """When the letter comes, and when none does."""

    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Reminder.Rhythm.choices, widget=ChoicePills
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the week"),
        help_text=gettext_lazy("For once a week."),
        choices=_weekdays,
        coerce=int,
    )
    hour = forms.TypedChoiceField(label=gettext_lazy("At"), choices=_hours, coerce=int)
    quiet_from = forms.TypedChoiceField(
        label=gettext_lazy("Quiet from"), choices=_hours_or_none, coerce=int, required=False, empty_value=None
    )
    quiet_until = forms.TypedChoiceField(
        label=gettext_lazy("Quiet until"),
        help_text=gettext_lazy("An email that was held up waits until quiet hours are over."),
        choices=_hours_or_none,
        coerce=int,
        required=False,
        empty_value=None,
    )

    @staticmethod
    def initial_of(held: Reminder) -> dict[str, Any]:
        """What stands in the form at first."""
        return {
            "rhythm": held.rhythm,
            "weekday": held.weekday,
            "hour": held.hour,
            "quiet_from": "" if held.quiet_from is None else held.quiet_from,
            "quiet_until": "" if held.quiet_until is None else held.quiet_until,
        }


class DoneForm(forms.Form):
    """A word about how it went, if there is one."""

    text = forms.CharField(
        label=gettext_lazy("How did it go?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
